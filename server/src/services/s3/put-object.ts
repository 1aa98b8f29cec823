import type { PutObjectCommandInput, PutObjectOutput } from '@aws-sdk/client-s3'
import { operation } from '../operation.ts'
import { readAttributes } from './attributes.ts'
import { bucketOf, objectArn } from './bucket-of.ts'
import { DEFAULT_ALGORITHM, shownChecksum } from './checksums.ts'
import { requireWritten, writeCondition } from './conditions.ts'
import { ENCRYPTED } from './encryption.ts'
import { expirationOf } from './expiration.ts'
import { requireKey } from './object-key.ts'
import type { S3Parts } from './parts.ts'
import { newBlob, receiveBody, type StreamedBody } from './receive-body.ts'
import { mayTag } from './tags.ts'
import { differences, refuseUnsupported } from './unsupported.ts'

type Input = Omit<PutObjectCommandInput, 'Body'> & { readonly Body: StreamedBody }

export const putObject = (parts: S3Parts) =>
  operation<Input, PutObjectOutput>({
    name: 'PutObject',
    kind: 'data',
    access: 'signed',
    resources: input => [objectArn(input)],
    also: input => mayTag(input.Tagging, objectArn(input)),
    differs: differences(
      [
        'ServerSideEncryption', 'SSECustomerAlgorithm', 'ACL', 'ObjectLockMode', 'SSEKMSKeyId', 'SSEKMSEncryptionContext',
        'BucketKeyEnabled', 'RequestPayer', 'RequestCharged', 'VersionId',
        'ChecksumXXHASH64', 'ChecksumXXHASH3', 'ChecksumXXHASH128', 'StorageClass',
      ],
      [
        { how: 'at most 5 GiB at once, as on AWS; what has been written before takes the place of an older version, which is not kept' },
        { member: 'Size', how: 'never there: nothing is appended to' },
        { member: 'ContentLength', how: 'checked as the body is read' },
      ],
    ),
    async run(input, { tenant, now }) {
      const key = requireKey(input.Key)
      const bucket = await bucketOf(parts.buckets, input, tenant)
      refuseUnsupported(input)
      const attributes = readAttributes(input)
      const condition = writeCondition(input)
      const { blob, size, etag, checksum } = await receiveBody(parts, input, input.Body, { algorithm: DEFAULT_ALGORITHM })
      const written = blob === undefined ? [] : [{ blob, size }]
      const object = {
        key,
        version: blob ?? newBlob(parts.entropy),
        size,
        etag,
        modifiedAt: now,
        attributes: { ...attributes, checksum },
        parts: written,
      }
      try {
        requireWritten(await parts.objects.put(bucket, object, condition), bucket.name, key)
      } catch (error) {
        await parts.bodies.remove(written.map(part => part.blob))
        throw error
      }
      await parts.bodies.settle(written.map(part => part.blob))
      return { ETag: `"${etag}"`, ...shownChecksum(checksum), ...ENCRYPTED, ...expirationOf(bucket, object) }
    },
  })
