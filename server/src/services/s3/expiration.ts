import type { LifecycleRule } from '@aws-sdk/client-s3'
import type { EpochMillis } from '../../base/time.ts'
import type { Bucket, StoredObject, Upload } from '../../model/object.ts'
import { scopeOf } from './lifecycle.ts'

const DAY = 86_400_000

/** When the object goes by the bucket's rules, and by which: the soonest. */
export const expirationOf = (
  { documents }: Pick<Bucket, 'documents'>,
  { key, size, modifiedAt, attributes: { tags = [] } }: Pick<StoredObject, 'key' | 'size' | 'modifiedAt' | 'attributes'>,
): { readonly Expiration?: string } => {
  const due = rulesOf(documents).flatMap(rule => {
    const { ID: id = '', Status: status, Expiration: { Days: days, Date: date } = {} } = rule
    const { prefix, tags: wanted = [], largerThan = -1, smallerThan = Infinity } = scopeOf(rule)
    if (!wanted.every(({ Key, Value }) => tags.some(tag => tag.Key === Key && tag.Value === Value))) return []
    if (status !== 'Enabled' || !key.startsWith(prefix) || size <= largerThan || size >= smallerThan) return []
    if (days !== undefined) return [{ id, at: midnightAfter(modifiedAt, days) }]
    return date === undefined ? [] : [{ id, at: new Date(date).getTime() }]
  })
  const [first] = due.toSorted((one, other) => one.at - other.at)
  if (first === undefined) return {}
  return { Expiration: `expiry-date="${new Date(first.at).toUTCString()}", rule-id="${encodeURIComponent(first.id)}"` }
}

/** When an upload that is not completed goes by the bucket's rules, and by which: the soonest. */
export const abortOf = (
  { documents }: Pick<Bucket, 'documents'>,
  { key, startedAt }: Pick<Upload, 'key' | 'startedAt'>,
): { readonly AbortDate?: Date; readonly AbortRuleId?: string } => {
  const due = rulesOf(documents).flatMap(rule => {
    const { ID: id = '', Status: status, AbortIncompleteMultipartUpload: { DaysAfterInitiation: days } = {} } = rule
    return status === 'Enabled' && days !== undefined && key.startsWith(scopeOf(rule).prefix) ? [{ id, at: midnightAfter(startedAt, days) }] : []
  })
  const [first] = due.toSorted((one, other) => one.at - other.at)
  return first === undefined ? {} : { AbortDate: new Date(first.at), AbortRuleId: first.id }
}

/** As PutBucketLifecycleConfiguration wrote them; kept as JSON, dates became texts. */
const rulesOf = ({ lifecycle }: Bucket['documents']): readonly LifecycleRule[] => (lifecycle ?? []) as readonly LifecycleRule[]

/** Days are full ones: they end at midnight. */
const midnightAfter = (at: EpochMillis, days: number): number => (Math.floor(at / DAY) + 1 + days) * DAY
