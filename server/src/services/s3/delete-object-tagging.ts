import type { DeleteObjectTaggingCommandInput, DeleteObjectTaggingOutput } from '@aws-sdk/client-s3'
import { operation } from '../operation.ts'
import { objectArn } from './bucket-of.ts'
import type { S3Parts } from './parts.ts'
import { findObject } from './read-object.ts'
import { differences } from './unsupported.ts'

export const deleteObjectTagging = (parts: S3Parts) =>
  operation<DeleteObjectTaggingCommandInput, DeleteObjectTaggingOutput>({
    name: 'DeleteObjectTagging',
    kind: 'write',
    access: 'signed',
    resources: input => [objectArn(input)],
    differs: differences(['VersionId'], [{ how: 'there is nothing to take away: objects have no tags' }]),
    async run(input, call) {
      await findObject(parts, input, call)
      return {}
    },
  })
