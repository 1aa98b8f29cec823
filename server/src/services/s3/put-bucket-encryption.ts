import type { PutBucketEncryptionCommandInput } from '@aws-sdk/client-s3'
import { operation } from '../operation.ts'
import { bucketArn } from './bucket-of.ts'
import { setDocument } from './document.ts'
import { invalidArgument, malformedXml } from './faults.ts'
import type { S3Parts } from './parts.ts'
import { DIGESTS } from './unsupported.ts'

const ALGORITHMS: readonly string[] = ['AES256', 'aws:kms', 'aws:kms:dsse', 'aws:fsx']

export const putBucketEncryption = ({ buckets }: S3Parts) =>
  operation<PutBucketEncryptionCommandInput, void>({
    name: 'PutBucketEncryption',
    permission: 'PutEncryptionConfiguration',
    kind: 'write',
    access: 'signed',
    resources: input => [bucketArn(input)],
    differs: [
      ...DIGESTS,
      { member: 'ServerSideEncryptionConfiguration', how: 'kept and shown; objects are as safe as the disk that they are on' },
    ],
    async run(input, { tenant }) {
      const { Rules: rules = [] } = input.ServerSideEncryptionConfiguration ?? {}
      if (rules.length !== 1) throw malformedXml()
      const { SSEAlgorithm: algorithm, KMSMasterKeyID: key } = rules[0]?.ApplyServerSideEncryptionByDefault ?? {}
      if (algorithm !== undefined && !ALGORITHMS.includes(algorithm)) throw malformedXml()
      if (key !== undefined && algorithm?.startsWith('aws:kms') !== true) {
        const text = 'a KMSMasterKeyID is not applicable if the default sse algorithm is not aws:kms or aws:kms:dsse'
        throw invalidArgument(text, 'ApplyServerSideEncryptionByDefault')
      }
      await setDocument(buckets, input, tenant, 'encryption', input.ServerSideEncryptionConfiguration)
    },
  })
