import type { CopyObjectCommandInput, CopyObjectOutput } from '@aws-sdk/client-s3'
import type { ObjectAttributes, ObjectPart } from '../../model/object.ts'
import { operation } from '../operation.ts'
import { readAttributes } from './attributes.ts'
import { bucketOf, objectArn } from './bucket-of.ts'
import { shownChecksum } from './checksums.ts'
import { requireWritten, writeCondition } from './conditions.ts'
import { sourceArn, sourceFailure, sourceObject, sourcePlace } from './copy-source.ts'
import { invalidArgument, invalidRequest } from './faults.ts'
import { requireKey } from './object-key.ts'
import type { S3Parts } from './parts.ts'
import { newBlob } from './receive-body.ts'
import { differences, refuseUnsupported } from './unsupported.ts'

export const copyObject = (parts: S3Parts) =>
  operation<CopyObjectCommandInput, CopyObjectOutput>({
    name: 'CopyObject',
    permission: 'PutObject',
    kind: 'data',
    access: 'signed',
    resources: input => [objectArn(input)],
    also: input => [{ permission: 'GetObject', resource: sourceArn(input.CopySource ?? '') }],
    differs: differences(
      [
        'ServerSideEncryption', 'SSECustomerAlgorithm', 'ACL', 'ObjectLockMode', 'SSEKMSKeyId', 'SSEKMSEncryptionContext',
        'BucketKeyEnabled', 'RequestPayer', 'RequestCharged', 'VersionId', 'Expiration', 'StorageClass',
      ],
      [
        { how: 'a copy has its original\'s ETag and checksum, also where that was put in parts' },
        { member: 'ChecksumAlgorithm', how: 'without effect' },
        { member: 'TaggingDirective', how: 'without effect: objects have no tags' },
        { member: 'AnnotationDirective', how: 'without effect' },
        { member: 'CopySourceVersionId', how: 'never there' },
        { member: 'Tagging', how: 'refused with `NotImplemented`' },
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
      const same = place.bucket.id === bucket.id && place.key === key
      const unchanged = directive === 'COPY' && input.StorageClass === undefined && input.WebsiteRedirectLocation === undefined
      if (same && unchanged) {
        const what = "metadata, storage class, website redirect location or encryption attributes"
        throw invalidRequest(
          `This copy request is illegal because it is trying to copy an object to itself without changing the object's ${what}.`,
        )
      }
      const source = await sourceObject(parts, place, input)
      const said = readAttributes(input)
      const attributes: ObjectAttributes =
        directive === 'REPLACE' ? said : {
          ...source.attributes,
          storageClass: said.storageClass,
          websiteRedirect: said.websiteRedirect ?? source.attributes.websiteRedirect,
        }
      const version = newBlob(parts.entropy)
      const copies: ObjectPart[] = []
      try {
        for (const { blob, size } of source.parts) {
          const copy = `${version}-${copies.length}`
          await parts.bodies.copy(blob, copy)
          copies.push({ blob: copy, size })
        }
        const { size, etag } = source
        const object = {
          key,
          version,
          size,
          etag,
          modifiedAt: now,
          attributes: { ...attributes, checksum: source.attributes.checksum },
          parts: copies,
        }
        requireWritten(await parts.objects.put(bucket, object, writeCondition(input)), bucket.name, key)
      } catch (error) {
        await parts.bodies.remove(copies.map(({ blob }) => blob))
        throw sourceFailure(error, place)
      }
      await parts.bodies.settle(copies.map(({ blob }) => blob))
      return { CopyObjectResult: { ETag: `"${source.etag}"`, LastModified: new Date(now), ...shownChecksum(source.attributes.checksum) } }
    },
  })
