import type { LifecycleRule } from '@aws-sdk/client-s3'
import type { Bucket, ObjectSummary } from '../../model/object.ts'
import { scopeOf } from './lifecycle.ts'

const DAY = 86_400_000

/** When the object goes by the bucket's rules, and by which: the soonest. */
export const expirationOf = (
  { documents }: Pick<Bucket, 'documents'>,
  { key, size, modifiedAt }: Pick<ObjectSummary, 'key' | 'size' | 'modifiedAt'>,
): { readonly Expiration?: string } => {
  // PutBucketLifecycleConfiguration wrote it; kept as JSON, dates became texts.
  const rules = (documents.lifecycle ?? []) as readonly LifecycleRule[]
  const due = rules.flatMap(rule => {
    const { ID: id = '', Status: status, Expiration: { Days: days, Date: date } = {} } = rule
    const { prefix, largerThan = -1, smallerThan = Infinity } = scopeOf(rule)
    if (status !== 'Enabled' || !key.startsWith(prefix) || size <= largerThan || size >= smallerThan) return []
    if (days !== undefined) return [{ id, at: (Math.floor(modifiedAt / DAY) + 1 + days) * DAY }]
    return date === undefined ? [] : [{ id, at: new Date(date).getTime() }]
  })
  const [first] = due.toSorted((one, other) => one.at - other.at)
  if (first === undefined) return {}
  return { Expiration: `expiry-date="${new Date(first.at).toUTCString()}", rule-id="${encodeURIComponent(first.id)}"` }
}
