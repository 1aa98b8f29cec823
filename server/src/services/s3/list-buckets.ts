import type { ListBucketsCommandInput, ListBucketsOutput } from '@aws-sdk/client-s3'
import { operation } from '../operation.ts'
import { bucketArn } from './bucket-of.ts'
import { invalidArgument } from './faults.ts'
import { ownerOf } from './owner.ts'
import type { S3Parts } from './parts.ts'

const MOST = 10_000

export const listBuckets = ({ buckets }: S3Parts) =>
  operation<ListBucketsCommandInput, ListBucketsOutput>({
    name: 'ListBuckets',
    permission: 'ListAllMyBuckets',
    kind: 'read',
    access: 'signed',
    resources: () => ['*'],
    async run(input, { tenant }) {
      const { Prefix: prefix = '', BucketRegion: region, ContinuationToken: token, MaxBuckets: most = MOST } = input
      if (!Number.isSafeInteger(most) || most < 1 || most > MOST) {
        throw invalidArgument(`Argument max-buckets must be an integer between 1 and ${MOST}`, 'max-buckets', String(most))
      }
      const all = (await buckets.list(tenant.account)).filter(
        bucket =>
          bucket.name.startsWith(prefix) &&
          (region === undefined || bucket.tenant.region === region) &&
          (token === undefined || bucket.name > nameIn(token)),
      )
      const page = all.slice(0, most)
      // S3 tells regions to those alone who ask for less than everything.
      const asked = [input.Prefix, region, token, input.MaxBuckets].some(part => part !== undefined)
      return {
        Buckets: page.map(({ name, createdAt, tenant: { region: BucketRegion } }) => ({
          Name: name,
          CreationDate: new Date(createdAt),
          BucketArn: bucketArn({ Bucket: name }),
          ...(asked ? { BucketRegion } : {}),
        })),
        Owner: ownerOf(tenant.account),
        ...(prefix === '' ? {} : { Prefix: prefix }),
        ...(all.length > page.length ? { ContinuationToken: Buffer.from(page.at(-1)!.name).toString('base64url') } : {}),
      }
    },
  })

const nameIn = (token: string): string => Buffer.from(token, 'base64url').toString()
