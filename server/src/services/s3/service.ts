import { publishedSchemas } from '../../wire/published-schemas.ts'
import type { Service } from '../operation.ts'
import { abortMultipartUpload } from './abort-multipart-upload.ts'
import { completeMultipartUpload } from './complete-multipart-upload.ts'
import { copyObject } from './copy-object.ts'
import { createBucket } from './create-bucket.ts'
import { createMultipartUpload } from './create-multipart-upload.ts'
import { deleteBucket } from './delete-bucket.ts'
import { deleteBucketCors } from './delete-bucket-cors.ts'
import { deleteBucketEncryption } from './delete-bucket-encryption.ts'
import { deleteBucketLifecycle } from './delete-bucket-lifecycle.ts'
import { deleteBucketOwnershipControls } from './delete-bucket-ownership-controls.ts'
import { deleteBucketPolicy } from './delete-bucket-policy.ts'
import { deleteBucketTagging } from './delete-bucket-tagging.ts'
import { deleteObject } from './delete-object.ts'
import { deleteObjectTagging } from './delete-object-tagging.ts'
import { deleteObjects } from './delete-objects.ts'
import { deletePublicAccessBlock } from './delete-public-access-block.ts'
import { getBucketAcl } from './get-bucket-acl.ts'
import { getBucketCors } from './get-bucket-cors.ts'
import { getBucketEncryption } from './get-bucket-encryption.ts'
import { getBucketLifecycleConfiguration } from './get-bucket-lifecycle-configuration.ts'
import { getBucketLocation } from './get-bucket-location.ts'
import { getBucketOwnershipControls } from './get-bucket-ownership-controls.ts'
import { getBucketPolicy } from './get-bucket-policy.ts'
import { getBucketPolicyStatus } from './get-bucket-policy-status.ts'
import { getBucketTagging } from './get-bucket-tagging.ts'
import { getBucketVersioning } from './get-bucket-versioning.ts'
import { getObject } from './get-object.ts'
import { getObjectAcl } from './get-object-acl.ts'
import { getObjectAttributes } from './get-object-attributes.ts'
import { getObjectTagging } from './get-object-tagging.ts'
import { getPublicAccessBlock } from './get-public-access-block.ts'
import { headBucket } from './head-bucket.ts'
import { headObject } from './head-object.ts'
import { listBuckets } from './list-buckets.ts'
import { listMultipartUploads } from './list-multipart-uploads.ts'
import { listObjectVersions } from './list-object-versions.ts'
import { listObjects } from './list-objects.ts'
import { listObjectsV2 } from './list-objects-v2.ts'
import { listParts } from './list-parts.ts'
import { putBucketAcl } from './put-bucket-acl.ts'
import { putBucketCors } from './put-bucket-cors.ts'
import { putBucketEncryption } from './put-bucket-encryption.ts'
import { putBucketLifecycleConfiguration } from './put-bucket-lifecycle-configuration.ts'
import { putBucketOwnershipControls } from './put-bucket-ownership-controls.ts'
import { putBucketPolicy } from './put-bucket-policy.ts'
import { putBucketTagging } from './put-bucket-tagging.ts'
import { putBucketVersioning } from './put-bucket-versioning.ts'
import { putObject } from './put-object.ts'
import { putObjectAcl } from './put-object-acl.ts'
import { putObjectTagging } from './put-object-tagging.ts'
import { putPublicAccessBlock } from './put-public-access-block.ts'
import { getBucketAccelerateConfiguration } from './unset/get-bucket-accelerate-configuration.ts'
import { getBucketLogging } from './unset/get-bucket-logging.ts'
import { getBucketNotificationConfiguration } from './unset/get-bucket-notification-configuration.ts'
import { getBucketReplication } from './unset/get-bucket-replication.ts'
import { getBucketRequestPayment } from './unset/get-bucket-request-payment.ts'
import { getBucketWebsite } from './unset/get-bucket-website.ts'
import { getObjectLockConfiguration } from './unset/get-object-lock-configuration.ts'
import { putBucketLogging } from './unset/put-bucket-logging.ts'
import { putBucketNotificationConfiguration } from './unset/put-bucket-notification-configuration.ts'
import { uploadPart } from './upload-part.ts'
import { uploadPartCopy } from './upload-part-copy.ts'
import type { S3Parts } from './parts.ts'

const OPERATIONS = [
  createBucket, deleteBucket, headBucket, listBuckets, getBucketLocation,
  putObject, getObject, headObject, getObjectAttributes, getObjectTagging, putObjectTagging, deleteObjectTagging, deleteObject, deleteObjects, copyObject, listObjectsV2, listObjects, listObjectVersions,
  createMultipartUpload, uploadPart, uploadPartCopy, completeMultipartUpload, abortMultipartUpload, listParts, listMultipartUploads,
  putBucketLifecycleConfiguration, getBucketLifecycleConfiguration, deleteBucketLifecycle,
  putBucketEncryption, getBucketEncryption, deleteBucketEncryption,
  putPublicAccessBlock, getPublicAccessBlock, deletePublicAccessBlock,
  putBucketVersioning, getBucketVersioning,
  putBucketTagging, getBucketTagging, deleteBucketTagging,
  putBucketOwnershipControls, getBucketOwnershipControls, deleteBucketOwnershipControls,
  putBucketCors, getBucketCors, deleteBucketCors,
  putBucketPolicy, getBucketPolicy, getBucketPolicyStatus, deleteBucketPolicy,
  putBucketAcl, getBucketAcl, putObjectAcl, getObjectAcl,
  getBucketWebsite, getBucketReplication, getObjectLockConfiguration, getBucketAccelerateConfiguration, getBucketRequestPayment,
  putBucketLogging, getBucketLogging, putBucketNotificationConfiguration, getBucketNotificationConfiguration,
]

export const s3 = (parts: S3Parts): Service => ({
  actionPrefix: 's3',
  signingNames: ['s3'],
  targetPrefix: undefined,
  queryVersion: undefined,
  xmlNamespace: 'http://s3.amazonaws.com/doc/2006-03-01/',
  queryCompatible: false,
  get schemas() {
    return publishedSchemas('client-s3')
  },
  operations: OPERATIONS.map(make => make(parts)),
})
