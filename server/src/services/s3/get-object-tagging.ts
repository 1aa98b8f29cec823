import type { GetObjectTaggingCommandInput, GetObjectTaggingOutput } from '@aws-sdk/client-s3'
import { operation } from '../operation.ts'
import { objectArn } from './bucket-of.ts'
import type { S3Parts } from './parts.ts'
import { findObject } from './read-object.ts'
import { differences } from './unsupported.ts'

/** The AWS CLI asks for them before it copies an object in parts, infrastructure code after it has put one. */
export const getObjectTagging = (parts: S3Parts) =>
  operation<GetObjectTaggingCommandInput, GetObjectTaggingOutput>({
    name: 'GetObjectTagging',
    kind: 'read',
    access: 'signed',
    resources: input => [objectArn(input)],
    differs: differences(['RequestPayer', 'VersionId'], [{ member: 'TagSet', how: 'empty: objects have no tags, and who gives them some is refused' }]),
    async run(input, call) {
      await findObject(parts, input, call)
      return { TagSet: [] }
    },
  })
