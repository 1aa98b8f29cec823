import type { CreateBucketCommandInput, CreateBucketOutput } from '@aws-sdk/client-s3'
import { Fault } from '../../wire/fault.ts'
import { operation } from '../operation.ts'
import { requireBucketName } from './bucket-name.ts'
import { bucketArn } from './bucket-of.ts'
import { invalidRequest, notHere } from './faults.ts'
import type { S3Parts } from './parts.ts'
import { requireTags } from './tags.ts'
import { refuseUnsupported } from './unsupported.ts'

const OWNERSHIPS: readonly string[] = ['BucketOwnerEnforced', 'BucketOwnerPreferred', 'ObjectWriter']

export const createBucket = ({ buckets }: S3Parts) =>
  operation<CreateBucketCommandInput, CreateBucketOutput>({
    name: 'CreateBucket',
    kind: 'write',
    access: 'signed',
    resources: input => [bucketArn(input)],
    differs: [
      { how: 'names are an account\'s own: two accounts may each have a bucket of the same name' },
      {
        member: 'CreateBucketConfiguration.LocationConstraint',
        how: 'must be the region that the request is signed for; the bucket is reached from every region',
      },
      { member: 'CreateBucketConfiguration.Location', how: 'refused with `NotImplemented`' },
      { member: 'CreateBucketConfiguration.Bucket', how: 'refused with `NotImplemented`' },
      { member: 'BucketNamespace', how: 'without effect: all names are the account\'s own' },
      { member: 'ObjectLockEnabledForBucket', how: 'refused with `NotImplemented`' },
      { member: 'BucketArn', how: 'never there' },
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
      const asked = configuration?.LocationConstraint
      // Called in us-east-1, S3 takes any region, as its oldest clients do; elsewhere it must be the endpoint's own.
      if (asked !== undefined && asked !== tenant.region && tenant.region !== 'us-east-1') {
        const text = `The ${asked} location constraint is incompatible for the region specific endpoint this request was sent to.`
        throw new Fault('IllegalLocationConstraintException', text)
      }
      if (asked !== undefined && !/^[a-z0-9-]{2,64}$/i.test(asked)) {
        throw new Fault('InvalidLocationConstraint', 'The specified location-constraint is not valid')
      }
      if (ObjectOwnership !== undefined && !OWNERSHIPS.includes(ObjectOwnership)) {
        throw invalidRequest('Invalid x-amz-object-ownership header.')
      }
      const tags = requireTags(configuration?.Tags ?? [])
      const documents = {
        ...(ObjectOwnership === undefined ? {} : { ownership: { Rules: [{ ObjectOwnership }] } }),
        ...(tags.length === 0 ? {} : { tagging: tags }),
      }
      if (await buckets.create(tenant, { name, createdAt: now, documents, expiry: [] })) return { Location: `/${name}` }
      const text = 'Your previous request to create the named bucket succeeded and you already own it.'
      throw new Fault('BucketAlreadyOwnedByYou', text, { status: 409, members: { BucketName: name } })
    },
  })
