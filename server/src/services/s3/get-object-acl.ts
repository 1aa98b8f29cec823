import type { GetObjectAclCommandInput, GetObjectAclOutput } from '@aws-sdk/client-s3'
import { operation } from '../operation.ts'
import { SHOWN_ACL_DIFFERENCES, shownAcl } from './acl.ts'
import { objectArn } from './bucket-of.ts'
import type { S3Parts } from './parts.ts'
import { findObject } from './read-object.ts'
import { differences } from './unsupported.ts'

export const getObjectAcl = (parts: S3Parts) =>
  operation<GetObjectAclCommandInput, GetObjectAclOutput>({
    name: 'GetObjectAcl',
    kind: 'read',
    access: 'signed',
    resources: input => [objectArn(input)],
    differs: differences(['RequestPayer', 'RequestCharged', 'VersionId'], SHOWN_ACL_DIFFERENCES),
    run: async (input, call) => shownAcl((await findObject(parts, input, call)).bucket),
  })
