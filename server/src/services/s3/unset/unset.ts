import type { Fault } from '../../../wire/fault.ts'
import { type Difference, operation } from '../../operation.ts'
import { bucketArn, bucketOf } from '../bucket-of.ts'
import type { S3Parts } from '../parts.ts'

interface Named {
  readonly Bucket?: string | undefined
  readonly ExpectedBucketOwner?: string | undefined
}

interface Unset<Output> {
  readonly name: string
  readonly permission?: string
  /** What S3 says of a bucket without it. */
  readonly answer: (bucket: string) => Output | Fault
  readonly members: readonly string[]
}

/** Reads a configuration that no bucket has here, and infrastructure code asks for. */
export const unset = <Input extends Named, Output>({ buckets }: S3Parts, { name, permission, answer, members }: Unset<Output>) =>
  operation<Input, Output>({
    name,
    ...(permission === undefined ? {} : { permission }),
    kind: 'read',
    access: 'signed',
    resources: input => [bucketArn(input)],
    differs: members.map((member): Difference => ({ member, how: 'never there: who sets it is refused with `NotImplemented`' })),
    async run(input, { tenant }) {
      const answered = answer((await bucketOf(buckets, input, tenant)).name)
      if (answered instanceof Error) throw answered
      return answered
    },
  })
