import type { DeleteObjectTaggingCommandInput, DeleteObjectTaggingOutput } from '@aws-sdk/client-s3'
import { operation } from '../operation.ts'
import { objectArn } from './bucket-of.ts'
import { tagObject } from './object-tags.ts'
import type { S3Parts } from './parts.ts'
import { differences } from './unsupported.ts'

export const deleteObjectTagging = (parts: S3Parts) =>
  operation<DeleteObjectTaggingCommandInput, DeleteObjectTaggingOutput>({
    name: 'DeleteObjectTagging',
    kind: 'write',
    access: 'signed',
    resources: input => [objectArn(input)],
    differs: differences(['VersionId']),
    async run(input, call) {
      await tagObject(parts, input, call, undefined)
      return {}
    },
  })
