import type { LifecycleRule, TransitionDefaultMinimumObjectSize } from '@aws-sdk/client-s3'
import { epochMillis } from '../../base/time.ts'
import type { ExpiryRule } from '../../model/object.ts'
import { Fault } from '../../wire/fault.ts'
import { invalidArgument, invalidRequest, malformedXml } from './faults.ts'
import { requireTags } from './tags.ts'

const MOST_RULES = 1000
const MOST_DAYS = 2_147_483_647

/** The smallest object that a transition takes, unless it is said. */
export const DEFAULT_MINIMUM: TransitionDefaultMinimumObjectSize = 'all_storage_classes_128K'

export const requireMinimum = (asked: TransitionDefaultMinimumObjectSize = DEFAULT_MINIMUM): TransitionDefaultMinimumObjectSize => {
  if (asked === DEFAULT_MINIMUM || asked === 'varies_by_storage_class') return asked
  throw invalidRequest(`Invalid TransitionDefaultMinimumObjectSize found: ${String(asked)}`)
}

/** What of the rules deletes; throws S3's refusals. Transitions mean nothing where there is one kind of storage. */
export const expiryOf = (rules: readonly LifecycleRule[]): readonly ExpiryRule[] => {
  if (rules.length === 0 || rules.length > MOST_RULES) throw malformedXml()
  const ids = new Set<string>()
  return rules.flatMap(rule => {
    const { ID: id, Status: status } = rule
    if (status !== 'Enabled' && status !== 'Disabled') throw malformedXml()
    if (id !== undefined && id.length > 255) throw invalidArgument('ID length should not exceed allowed limit of 255', 'ID', id)
    if (id !== undefined && ids.has(id)) throw invalidArgument('Rule ID must be unique. Found same ID for more than one rule', 'ID', id)
    if (id !== undefined) ids.add(id)
    const scope = scopeOf(rule)
    const expiry = { ...scope, ...whenOf(rule) }
    if (scope.tags !== undefined && rule.AbortIncompleteMultipartUpload !== undefined) {
      throw invalidRequest('AbortIncompleteMultipartUpload cannot be specified with Tags.')
    }
    return status === 'Enabled' && (expiry.afterDays ?? expiry.at ?? expiry.abortUploadsAfterDays) !== undefined ? [expiry] : []
  })
}

/** What a rule counts for. */
export const scopeOf = ({ Filter: filter, Prefix: outer }: LifecycleRule): Pick<ExpiryRule, 'prefix' | 'tags' | 'largerThan' | 'smallerThan'> => {
  if (filter !== undefined && outer !== undefined) throw malformedXml()
  if (filter === undefined && outer === undefined) throw malformedXml()
  const { Prefix, Tag, And, ObjectSizeGreaterThan, ObjectSizeLessThan } = filter ?? {}
  if ([Prefix, Tag, And, ObjectSizeGreaterThan, ObjectSizeLessThan].filter(part => part !== undefined).length > 1) throw malformedXml()
  const tags = Tag === undefined ? (And?.Tags ?? []) : [Tag]
  if (new Set(tags.map(({ Key }) => Key)).size < tags.length) throw invalidRequest('Duplicate Tag Keys are not allowed.')
  const prefix = outer ?? Prefix ?? And?.Prefix ?? ''
  return {
    prefix,
    tags: tags.length === 0 ? undefined : requireTags(tags, 'object'),
    largerThan: ObjectSizeGreaterThan ?? And?.ObjectSizeGreaterThan,
    smallerThan: ObjectSizeLessThan ?? And?.ObjectSizeLessThan,
  }
}

const whenOf = (rule: LifecycleRule): Pick<ExpiryRule, 'afterDays' | 'at' | 'abortUploadsAfterDays'> => {
  const { Expiration, AbortIncompleteMultipartUpload: abort, Transitions, NoncurrentVersionExpiration, NoncurrentVersionTransitions } = rule
  if ([Expiration, abort, Transitions, NoncurrentVersionExpiration, NoncurrentVersionTransitions].every(action => action === undefined)) {
    throw invalidRequest('At least one action needs to be specified in a rule')
  }
  if (NoncurrentVersionExpiration !== undefined && NoncurrentVersionExpiration.NoncurrentDays === undefined) throw malformedXml()
  const { Days, Date: date, ExpiredObjectDeleteMarker } = Expiration ?? {}
  if ([Days, date, ExpiredObjectDeleteMarker].filter(part => part !== undefined).length > 1) throw malformedXml()
  if (date !== undefined && date.getTime() % 86_400_000 !== 0) {
    throw invalidArgument("'Date' must be at midnight GMT", 'Date', date.toISOString())
  }
  requireTransitions(rule)
  const aborted = abort?.DaysAfterInitiation
  return {
    afterDays: Days === undefined ? undefined : days(Days, 'Expiration'),
    at: date === undefined ? undefined : epochMillis(date.getTime()),
    abortUploadsAfterDays: aborted === undefined ? undefined : days(aborted, 'AbortIncompleteMultipartUpload'),
  }
}

const CLASSES: readonly string[] = ['STANDARD_IA', 'ONEZONE_IA', 'INTELLIGENT_TIERING', 'GLACIER_IR', 'GLACIER', 'DEEP_ARCHIVE']
/** Days that an object has to be in the ordinary storage before it may go to a cheaper one. */
const FEWEST_DAYS: Readonly<Record<string, number>> = { STANDARD_IA: 30, ONEZONE_IA: 30 }

/** Where there is one kind of storage transitions mean nothing, but what S3 refuses is a mistake here, too. */
const requireTransitions = (rule: LifecycleRule): void => {
  const { Expiration, Transitions = [], NoncurrentVersionExpiration, NoncurrentVersionTransitions = [] } = rule
  for (const { Days: after, Date: date, StorageClass: to = '' } of Transitions) {
    if (!CLASSES.includes(to) || (after === undefined) === (date === undefined)) throw malformedXml()
    if (after === undefined) continue
    if (after < 0) throw new Fault('InvalidArgument', "'Days' for Transition action must be nonnegative")
    const fewest = FEWEST_DAYS[to] ?? 0
    if (after < fewest) throw new Fault('InvalidArgument', `'Days' in Transition action must be greater than or equal to ${fewest} for storageClass '${to}'`)
    if (Expiration?.Days !== undefined && Expiration.Days <= after) {
      const where = `for filter '(prefix=${scopeOf(rule).prefix})'`
      throw new Fault('InvalidArgument', `'Days' in the Expiration action ${where} must be greater than 'Days' in the Transition action`)
    }
  }
  if (NoncurrentVersionTransitions.some(({ StorageClass: to = '' }) => !CLASSES.includes(to))) throw malformedXml()
  if (NoncurrentVersionExpiration?.NoncurrentDays !== undefined) days(NoncurrentVersionExpiration.NoncurrentDays, 'NoncurrentVersionExpiration', 'NoncurrentDays')
}

const days = (value: number, action: string, name = 'Days'): number => {
  if (Number.isSafeInteger(value) && value > 0 && value <= MOST_DAYS) return value
  throw new Fault('InvalidArgument', `'${name}' for ${action} action must be a positive integer`)
}
