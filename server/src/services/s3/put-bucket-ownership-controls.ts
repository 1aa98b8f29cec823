import type { PutBucketOwnershipControlsCommandInput } from '@aws-sdk/client-s3'
import { operation } from '../operation.ts'
import { bucketArn } from './bucket-of.ts'
import { isOwnership } from './ownership.ts'
import { setDocument } from './document.ts'
import { malformedXml } from './faults.ts'
import type { S3Parts } from './parts.ts'
import { DIGESTS } from './unsupported.ts'

export const putBucketOwnershipControls = ({ buckets }: S3Parts) =>
  operation<PutBucketOwnershipControlsCommandInput, void>({
    name: 'PutBucketOwnershipControls',
    kind: 'write',
    access: 'signed',
    resources: input => [bucketArn(input)],
    differs: [
      ...DIGESTS,
      { member: 'OwnershipControls', how: 'kept and shown; all objects are the bucket owner\'s' },
    ],
    async run(input, { tenant }) {
      const { Rules: rules = [] } = input.OwnershipControls ?? {}
      if (rules.length !== 1 || !isOwnership(rules[0]?.ObjectOwnership)) throw malformedXml()
      await setDocument(buckets, input, tenant, 'ownership', input.OwnershipControls)
    },
  })
