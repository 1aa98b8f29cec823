import type { PutObjectAclCommandInput, PutObjectAclOutput } from '@aws-sdk/client-s3'
import { operation } from '../operation.ts'
import { ACL_DIFFERENCES, requireOwnAcl } from './acl.ts'
import { objectArn } from './bucket-of.ts'
import type { S3Parts } from './parts.ts'
import { findObject } from './read-object.ts'
import { differences } from './unsupported.ts'

export const putObjectAcl = (parts: S3Parts) =>
  operation<PutObjectAclCommandInput, PutObjectAclOutput>({
    name: 'PutObjectAcl',
    kind: 'write',
    access: 'signed',
    resources: input => [objectArn(input)],
    differs: differences(['RequestPayer', 'RequestCharged', 'VersionId'], ACL_DIFFERENCES),
    async run(input, call) {
      // What headers and body grant is looked at here; a reader's refusals are of other members.
      const { Bucket, Key, VersionId, ExpectedBucketOwner } = input
      requireOwnAcl((await findObject(parts, { Bucket, Key, VersionId, ExpectedBucketOwner }, call)).bucket, input)
      return {}
    },
  })
