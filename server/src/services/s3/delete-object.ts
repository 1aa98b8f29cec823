import type { DeleteObjectCommandInput, DeleteObjectOutput } from '@aws-sdk/client-s3'
import { operation } from '../operation.ts'
import { bucketOf, objectArn } from './bucket-of.ts'
import { bareEtag } from './conditions.ts'
import { preconditionFailed } from './faults.ts'
import { requireKey, requireNullVersion } from './object-key.ts'
import type { S3Parts } from './parts.ts'
import { differences, refuseBypass } from './unsupported.ts'

export const deleteObject = ({ buckets, objects }: S3Parts) =>
  operation<DeleteObjectCommandInput, DeleteObjectOutput>({
    name: 'DeleteObject',
    kind: 'write',
    access: 'signed',
    resources: input => [objectArn(input)],
    differs: differences(['MFA', 'RequestPayer', 'RequestCharged', 'BypassGovernanceRetention', 'VersionId', 'DeleteMarker'], [
      { member: 'IfMatchLastModifiedTime', how: 'without effect' },
      { member: 'IfMatchSize', how: 'without effect' },
    ]),
    async run(input, { tenant }) {
      const key = requireKey(input.Key)
      const bucket = await bucketOf(buckets, input, tenant)
      requireNullVersion(input.VersionId)
      refuseBypass(input.BypassGovernanceRetention)
      const etag = input.IfMatch === undefined ? undefined : bareEtag(input.IfMatch)
      const [left] = await objects.delete(bucket.id, [{ key, etag }])
      if (left?.why === 'differs' || (left !== undefined && etag !== undefined)) throw preconditionFailed('If-Match')
      return {}
    },
  })
