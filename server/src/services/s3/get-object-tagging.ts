import type { GetObjectTaggingCommandInput, GetObjectTaggingOutput } from '@aws-sdk/client-s3'
import { operation } from '../operation.ts'
import { objectArn } from './bucket-of.ts'
import type { S3Parts } from './parts.ts'
import { findObject } from './read-object.ts'
import { differences } from './unsupported.ts'

export const getObjectTagging = (parts: S3Parts) =>
  operation<GetObjectTaggingCommandInput, GetObjectTaggingOutput>({
    name: 'GetObjectTagging',
    kind: 'read',
    access: 'signed',
    resources: input => [objectArn(input)],
    differs: differences(['RequestPayer', 'VersionId']),
    async run(input, call) {
      const { object } = await findObject(parts, input, call)
      return { TagSet: [...(object.attributes.tags ?? [])] }
    },
  })
