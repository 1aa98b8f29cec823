import type { Tenant } from '../../base/tenancy.ts'
import type { Bucket } from '../../model/object.ts'
import { Fault } from '../../wire/fault.ts'
import { accessDenied, noSuchBucket } from './faults.ts'
import type { BucketStore } from './ports.ts'

interface Named {
  readonly Bucket?: string | undefined
  readonly ExpectedBucketOwner?: string | undefined
}

/** The caller's own bucket of the name, or NoSuchBucket. */
export const bucketOf = async (
  buckets: BucketStore,
  { Bucket: name = '', ExpectedBucketOwner: owner }: Named,
  tenant: Tenant,
): Promise<Bucket> => {
  if (owner !== undefined && !/^\d{12}$/.test(owner)) {
    const text = `The value of the expected bucket owner parameter must be an AWS Account ID... [${owner.slice(0, 256)}]`
    throw new Fault('InvalidBucketOwnerAWSAccountID', text)
  }
  const bucket = await buckets.get(tenant.account, name)
  if (bucket === undefined) throw noSuchBucket(name)
  if (owner !== undefined && owner !== tenant.account) throw accessDenied()
  return bucket
}

export const bucketArn = ({ Bucket: name = '' }: Named): string => `arn:aws:s3:::${name}`

export const objectArn = ({ Bucket: name = '', Key: key = '' }: Named & { readonly Key?: string | undefined }): string =>
  `arn:aws:s3:::${name}/${key}`
