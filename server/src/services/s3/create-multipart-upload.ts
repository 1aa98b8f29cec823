import type { CreateMultipartUploadCommandInput, CreateMultipartUploadOutput } from '@aws-sdk/client-s3'
import { operation } from '../operation.ts'
import { readAttributes } from './attributes.ts'
import { bucketOf, objectArn } from './bucket-of.ts'
import { algorithmNamed } from './checksums.ts'
import { requireKey } from './object-key.ts'
import type { S3Parts } from './parts.ts'
import { newBlob } from './receive-body.ts'
import { differences, refuseUnsupported } from './unsupported.ts'

export const createMultipartUpload = ({ buckets, uploads, entropy }: S3Parts) =>
  operation<CreateMultipartUploadCommandInput, CreateMultipartUploadOutput>({
    name: 'CreateMultipartUpload',
    permission: 'PutObject',
    kind: 'data',
    access: 'signed',
    resources: input => [objectArn(input)],
    differs: differences(
      [
        'ServerSideEncryption', 'SSECustomerAlgorithm', 'ACL', 'ObjectLockMode', 'SSEKMSKeyId', 'SSEKMSEncryptionContext',
        'BucketKeyEnabled', 'RequestPayer', 'RequestCharged', 'AbortDate', 'AbortRuleId', 'StorageClass',
      ],
      [
        { member: 'ChecksumType', how: '`FULL_OBJECT` is taken, but the whole object\'s checksum is not computed, nor shown' },
        { member: 'Tagging', how: 'refused with `NotImplemented`' },
      ],
    ),
    async run(input, { tenant, now }) {
      const key = requireKey(input.Key)
      const bucket = await bucketOf(buckets, input, tenant)
      refuseUnsupported(input)
      const algorithm = algorithmNamed(input.ChecksumAlgorithm)
      // Of the others S3 makes a checksum over the parts' checksums.
      const whole = input.ChecksumType === 'FULL_OBJECT' || algorithm === 'CRC64NVME'
      const id = newBlob(entropy)
      const type = whole ? 'FULL_OBJECT' : 'COMPOSITE'
      const attributes = readAttributes(input)
      await uploads.start(bucket.id, { id, key, startedAt: now, attributes, checksumAlgorithm: whole ? undefined : algorithm })
      return {
        Bucket: bucket.name,
        Key: key,
        UploadId: id,
        ...(algorithm === undefined ? {} : { ChecksumAlgorithm: algorithm, ChecksumType: type }),
      }
    },
  })
