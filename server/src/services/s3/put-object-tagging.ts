import type { PutObjectTaggingCommandInput, PutObjectTaggingOutput } from '@aws-sdk/client-s3'
import { operation } from '../operation.ts'
import { objectArn } from './bucket-of.ts'
import { tagObject } from './object-tags.ts'
import type { S3Parts } from './parts.ts'
import { requireTags } from './tags.ts'
import { differences, DIGESTS } from './unsupported.ts'

export const putObjectTagging = (parts: S3Parts) =>
  operation<PutObjectTaggingCommandInput, PutObjectTaggingOutput>({
    name: 'PutObjectTagging',
    kind: 'write',
    access: 'signed',
    resources: input => [objectArn(input)],
    differs: differences(['RequestPayer', 'VersionId'], DIGESTS),
    async run(input, call) {
      const tags = requireTags(input.Tagging?.TagSet ?? [], 'object')
      await tagObject(parts, input, call, tags.length === 0 ? undefined : tags)
      return {}
    },
  })
