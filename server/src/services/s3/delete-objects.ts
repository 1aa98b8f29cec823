import type { DeletedObject, DeleteObjectsCommandInput, DeleteObjectsOutput, _Error as DeleteError } from '@aws-sdk/client-s3'
import { Fault } from '../../wire/fault.ts'
import { operation } from '../operation.ts'
import { bucketOf, objectArn } from './bucket-of.ts'
import { bareEtag } from './conditions.ts'
import { malformedXml } from './faults.ts'
import { requireKey } from './object-key.ts'
import type { S3Parts } from './parts.ts'
import { differences, refuseBypass } from './unsupported.ts'

const MOST_KEYS = 1000

export const deleteObjects = ({ buckets, objects }: S3Parts) =>
  operation<DeleteObjectsCommandInput, DeleteObjectsOutput>({
    name: 'DeleteObjects',
    permission: 'DeleteObject',
    kind: 'write',
    access: 'signed',
    resources: ({ Bucket, Delete }) => (Delete?.Objects ?? []).slice(0, MOST_KEYS).map(({ Key }) => objectArn({ Bucket, Key })),
    differs: differences(['MFA', 'RequestPayer', 'RequestCharged', 'BypassGovernanceRetention'], [
      { how: 'keys that the caller may not delete refuse the whole request' },
      { member: 'ChecksumAlgorithm', how: 'a checksum is checked where it is given, and not asked for' },
      { member: 'Delete.Objects.LastModifiedTime', how: 'without effect' },
      { member: 'Delete.Objects.Size', how: 'without effect' },
      { member: 'Deleted.DeleteMarker', how: 'never there' },
      { member: 'Deleted.DeleteMarkerVersionId', how: 'never there' },
    ]),
    async run(input, { tenant }) {
      const bucket = await bucketOf(buckets, input, tenant)
      refuseBypass(input.BypassGovernanceRetention)
      const { Objects: asked = [], Quiet: quiet = false } = input.Delete ?? {}
      if (asked.length === 0 || asked.length > MOST_KEYS) throw malformedXml()
      const errors: DeleteError[] = []
      const valid: { readonly key: string; readonly etag: string | undefined }[] = []
      for (const { Key, VersionId, ETag } of asked) {
        try {
          if (VersionId !== undefined && VersionId !== 'null') throw new Fault('NoSuchVersion', 'The specified version does not exist.')
          valid.push({ key: requireKey(Key), etag: ETag === undefined ? undefined : bareEtag(ETag) })
        } catch (error) {
          if (!(error instanceof Fault)) throw error
          errors.push({ Key, VersionId, Code: error.code, Message: error.message })
        }
      }
      const left = new Map((await objects.delete(bucket.id, valid)).map(({ key, why }) => [key, why]))
      const deleted: DeletedObject[] = []
      for (const { key, etag } of valid) {
        const why = left.get(key)
        if (why === 'differs' || (why === 'missing' && etag !== undefined)) {
          errors.push({ Key: key, Code: 'PreconditionFailed', Message: 'At least one of the pre-conditions you specified did not hold' })
        } else deleted.push({ Key: key })
      }
      return { Deleted: quiet ? [] : deleted, Errors: errors }
    },
  })
