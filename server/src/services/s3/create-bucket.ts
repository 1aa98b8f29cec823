import type { CreateBucketCommandInput, CreateBucketOutput } from '@aws-sdk/client-s3'
import { isRegion, region, type Region } from '../../base/tenancy.ts'
import { Fault } from '../../wire/fault.ts'
import { operation } from '../operation.ts'
import { requireBucketName } from './bucket-name.ts'
import { bucketArn } from './bucket-of.ts'
import { invalidArgument, malformedXml, notHere } from './faults.ts'
import { isOwnership } from './ownership.ts'
import type { S3Parts } from './parts.ts'
import { requireTags } from './tags.ts'
import { refuseUnsupported } from './unsupported.ts'

const OLDEST = 'us-east-1'

export const createBucket = ({ buckets, publicUrl }: S3Parts) =>
  operation<CreateBucketCommandInput, CreateBucketOutput>({
    name: 'CreateBucket',
    kind: 'write',
    access: 'signed',
    resources: input => [bucketArn(input)],
    differs: [
      { how: 'names are an account\'s own: two accounts may each have a bucket of the same name' },
      { member: 'CreateBucketConfiguration.LocationConstraint', how: 'the bucket is reached from every region' },
      { member: 'CreateBucketConfiguration.Location', how: 'refused with `NotImplemented`' },
      { member: 'CreateBucketConfiguration.Bucket', how: 'refused with `NotImplemented`' },
      { member: 'BucketNamespace', how: 'without effect: all names are the account\'s own' },
      { member: 'ObjectLockEnabledForBucket', how: 'refused with `NotImplemented`' },
      {
        member: 'ACL',
        how: 'as on AWS where ACLs are off, which they are everywhere: only `private` and `bucket-owner-full-control` are taken',
      },
    ],
    async run(input, { tenant, now }) {
      const { Bucket: name = '', CreateBucketConfiguration: configuration, ObjectOwnership } = input
      requireBucketName(name)
      refuseUnsupported(input)
      if (input.ObjectLockEnabledForBucket === true) throw notHere('locks of objects')
      if (configuration?.Location !== undefined || configuration?.Bucket !== undefined) throw notHere('directory buckets')
      if (configuration !== undefined && Object.values(configuration).every(part => part === undefined)) throw malformedXml()
      const home = regionOf(configuration?.LocationConstraint, tenant.region)
      if (ObjectOwnership !== undefined && !isOwnership(ObjectOwnership)) {
        throw invalidArgument(`Invalid x-amz-object-ownership header: ${ObjectOwnership}`, 'x-amz-object-ownership')
      }
      const tags = requireTags(configuration?.Tags ?? [], 'newBucket')
      const documents = {
        ...(ObjectOwnership === undefined ? {} : { ownership: { Rules: [{ ObjectOwnership }] } }),
        ...(tags.length === 0 ? {} : { tagging: tags }),
      }
      const made = await buckets.create({ ...tenant, region: home }, { name, createdAt: now, documents, expiry: [] })
      // In its oldest region S3 takes a bucket that the caller has for made.
      if (!made && (tenant.region !== OLDEST || home !== OLDEST)) {
        const text = 'Your previous request to create the named bucket succeeded and you already own it.'
        throw new Fault('BucketAlreadyOwnedByYou', text, { status: 409, members: { BucketName: name } })
      }
      return { Location: home === OLDEST ? `/${name}` : addressOf(publicUrl, name), BucketArn: bucketArn(input) }
    },
  })

/** Called in its oldest region, S3 takes any other, as its oldest clients name it; elsewhere it must be the endpoint's own, and be named. */
const regionOf = (asked: string | undefined, endpoint: Region): Region => {
  if (endpoint === OLDEST) {
    if (asked === undefined) return endpoint
    if (asked === 'EU') return region('eu-west-1')
    if (asked !== OLDEST && /-\d+$/.test(asked) && isRegion(asked)) return asked
    const members = { LocationConstraint: asked.slice(0, 256) }
    throw new Fault('InvalidLocationConstraint', 'The specified location-constraint is not valid', { members })
  }
  if (asked === endpoint) return endpoint
  const text = `The ${asked ?? 'unspecified'} location constraint is incompatible for the region specific endpoint this request was sent to.`
  throw new Fault('IllegalLocationConstraintException', text)
}

/** By host, as S3 gives it. */
const addressOf = (publicUrl: string, name: string): string => {
  const { protocol, host } = new URL(publicUrl)
  return `${protocol}//${name}.${host}/`
}
