import type { CreateMultipartUploadCommandInput, CreateMultipartUploadOutput } from '@aws-sdk/client-s3'
import { operation } from '../operation.ts'
import { readAttributes } from './attributes.ts'
import { bucketOf, objectArn } from './bucket-of.ts'
import { algorithmNamed } from './checksums.ts'
import { ENCRYPTED } from './encryption.ts'
import { invalidRequest } from './faults.ts'
import { abortOf } from './expiration.ts'
import { requireKey } from './object-key.ts'
import type { S3Parts } from './parts.ts'
import { newBlob } from './receive-body.ts'
import { mayTag } from './tags.ts'
import { differences, refuseUnsupported } from './unsupported.ts'

export const createMultipartUpload = ({ buckets, uploads, entropy }: S3Parts) =>
  operation<CreateMultipartUploadCommandInput, CreateMultipartUploadOutput>({
    name: 'CreateMultipartUpload',
    permission: 'PutObject',
    kind: 'data',
    access: 'signed',
    resources: input => [objectArn(input)],
    also: input => mayTag(input.Tagging, objectArn(input)),
    differs: differences(
      [
        'ServerSideEncryption', 'SSECustomerAlgorithm', 'ACL', 'ObjectLockMode', 'SSEKMSKeyId', 'SSEKMSEncryptionContext',
        'BucketKeyEnabled', 'RequestPayer', 'RequestCharged', 'StorageClass',
      ],
      [
      ],
    ),
    async run(input, { tenant, now }) {
      const key = requireKey(input.Key)
      const bucket = await bucketOf(buckets, input, tenant)
      refuseUnsupported(input)
      const checksum = checksumAsked(input)
      const attributes = readAttributes(input)
      // Uploads of a key are listed as they began.
      const id = `${now.toString(16).padStart(12, '0')}${newBlob(entropy)}`
      const upload = { id, key, startedAt: now, attributes, checksum }
      await uploads.start(bucket.id, upload)
      return {
        Bucket: bucket.name,
        Key: key,
        UploadId: id,
        ...(checksum === undefined ? {} : { ChecksumAlgorithm: checksum.algorithm, ChecksumType: checksum.type }),
        ...ENCRYPTED,
        ...abortOf(bucket, upload),
      }
    },
  })

/** Which of the two kinds an algorithm can be of: one over the parts' checksums, or one of the whole object out of the parts'. */
const checksumAsked = ({ ChecksumAlgorithm: name, ChecksumType: asked }: CreateMultipartUploadCommandInput) => {
  const algorithm = algorithmNamed(name)
  if (algorithm === undefined) {
    if (asked === undefined) return undefined
    throw invalidRequest('The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm header.')
  }
  const type = asked ?? (algorithm === 'CRC64NVME' ? 'FULL_OBJECT' : 'COMPOSITE')
  const fits = type === 'FULL_OBJECT' ? algorithm.startsWith('CRC') : type === 'COMPOSITE' && algorithm !== 'CRC64NVME'
  if (fits) return { algorithm, type }
  throw invalidRequest(`The ${type} checksum type cannot be used with the ${algorithm.toLowerCase()} checksum algorithm.`)
}
