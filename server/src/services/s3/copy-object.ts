import type { CopyObjectCommandInput, CopyObjectOutput } from '@aws-sdk/client-s3'
import type { ChecksumAlgorithm } from '../../base/checksum.ts'
import type { ObjectAttributes, ObjectChecksum, ObjectPart, StoredObject } from '../../model/object.ts'
import { operation } from '../operation.ts'
import { readAttributes } from './attributes.ts'
import { bucketOf, objectArn } from './bucket-of.ts'
import { algorithmNamed, bareChecksum } from './checksums.ts'
import { requireWritten, writeCondition } from './conditions.ts'
import { sourceArn, sourceFailure, sourceObject, sourcePlace } from './copy-source.ts'
import { ENCRYPTED } from './encryption.ts'
import { expirationOf } from './expiration.ts'
import { invalidArgument, invalidRequest } from './faults.ts'
import { requireKey } from './object-key.ts'
import type { S3Parts } from './parts.ts'
import { bodyOf, newBlob, receiveBody } from './receive-body.ts'
import { mayTag } from './tags.ts'
import { differences, refuseUnsupported } from './unsupported.ts'

export const copyObject = (parts: S3Parts) =>
  operation<CopyObjectCommandInput, CopyObjectOutput>({
    name: 'CopyObject',
    permission: 'PutObject',
    kind: 'data',
    access: 'signed',
    resources: input => [objectArn(input)],
    also: input => [{ permission: 'GetObject', resource: sourceArn(input.CopySource ?? '') }, ...mayTag(input.Tagging, objectArn(input))],
    differs: differences(
      [
        'ServerSideEncryption', 'SSECustomerAlgorithm', 'ACL', 'ObjectLockMode', 'SSEKMSKeyId', 'SSEKMSEncryptionContext',
        'BucketKeyEnabled', 'RequestPayer', 'RequestCharged', 'VersionId', 'StorageClass',
      ],
      [
        { member: 'AnnotationDirective', how: 'without effect' },
        { member: 'CopySourceVersionId', how: 'never there' },
      ],
    ),
    async run(input, { tenant, now }) {
      const key = requireKey(input.Key)
      const bucket = await bucketOf(parts.buckets, input, tenant)
      const place = await sourcePlace(parts, input, tenant)
      refuseUnsupported(input)
      const directive = input.MetadataDirective ?? 'COPY'
      if (directive !== 'COPY' && directive !== 'REPLACE') {
        throw invalidArgument('Unknown metadata directive.', 'x-amz-metadata-directive', directive)
      }
      const tagging = input.TaggingDirective ?? 'COPY'
      if (tagging !== 'COPY' && tagging !== 'REPLACE') throw invalidArgument('Unknown tagging directive.', 'x-amz-tagging-directive', tagging)
      const same = place.bucket.id === bucket.id && place.key === key
      const changes = [input.StorageClass, input.WebsiteRedirectLocation, input.ServerSideEncryption, bucket.documents.encryption]
      const unchanged = directive === 'COPY' && changes.every(change => change === undefined || change === null)
      if (same && unchanged) {
        const what = "metadata, storage class, website redirect location or encryption attributes"
        throw invalidRequest(
          `This copy request is illegal because it is trying to copy an object to itself without changing the object's ${what}.`,
        )
      }
      const source = await sourceObject(parts, place, input, now)
      const said = readAttributes(input)
      const attributes: ObjectAttributes = {
        ...(directive === 'REPLACE' ? said : source.attributes),
        storageClass: said.storageClass,
        websiteRedirect: said.websiteRedirect,
        uploadId: undefined,
        tags: (tagging === 'REPLACE' ? said : source.attributes).tags,
      }
      const copied = await copyBytes(parts, source, algorithmNamed(input.ChecksumAlgorithm)).catch((error: unknown) => {
        throw sourceFailure(error, place)
      })
      const { size } = source
      const { version, etag, checksum, blobs } = copied
      const object = { key, version, size, etag, modifiedAt: now, attributes: { ...attributes, checksum }, parts: blobs }
      const names = blobs.map(({ blob }) => blob)
      try {
        requireWritten(await parts.objects.put(bucket, object, writeCondition(input)), bucket.name, key)
      } catch (error) {
        await parts.bodies.remove(names)
        throw error
      }
      await parts.bodies.settle(names)
      return {
        CopyObjectResult: { ETag: `"${etag}"`, LastModified: new Date(now), ...bareChecksum(checksum) },
        ...ENCRYPTED,
        ...expirationOf(bucket, object),
      }
    },
  })

interface Copied {
  readonly version: string
  readonly etag: string
  readonly checksum: ObjectChecksum | undefined
  readonly blobs: readonly ObjectPart[]
}

/** The file as it is, or read anew: what was put in parts becomes whole, with the ETag of what is, and may get another checksum. */
const copyBytes = async (parts: S3Parts, source: StoredObject, asked: ChecksumAlgorithm | undefined): Promise<Copied> => {
  const { checksum } = source.attributes
  const algorithm = asked ?? algorithmNamed(checksum?.algorithm)
  const [only] = source.parts
  const whole = !source.etag.includes('-') && (checksum === undefined || checksum.type === 'FULL_OBJECT')
  if (whole && (asked === undefined || asked === checksum?.algorithm)) {
    const version = newBlob(parts.entropy)
    if (only !== undefined) await parts.bodies.copy(only.blob, version)
    return { version, etag: source.etag, checksum, blobs: only === undefined ? [] : [{ ...only, blob: version }] }
  }
  const bytes = await parts.bodies.read(source.parts, 0, source.size)
  const { blob, size, etag, checksum: fresh } = await receiveBody(parts, {}, bodyOf(bytes), { algorithm })
  return { version: blob ?? newBlob(parts.entropy), etag, checksum: fresh, blobs: blob === undefined ? [] : [{ blob, size }] }
}
