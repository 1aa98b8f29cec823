import type { Clock } from '../base/clock.ts'
import { epochMillis, type EpochMillis } from '../base/time.ts'
import type { Bucket, ExpiryRule } from '../model/object.ts'
import type { Chore } from './upkeep.ts'

interface Parts {
  readonly clock: Clock
  readonly buckets: { expiring(): Promise<readonly Bucket[]> }
  readonly objects: { expire(bucketId: number, rule: ExpiryRule, writtenUpTo: EpochMillis, limit: number): Promise<number> }
  readonly uploads: { expire(bucketId: number, prefix: string, startedUpTo: EpochMillis, limit: number): Promise<number> }
  readonly garbage: { due(limit: number): Promise<readonly string[]>; forget(blobs: readonly string[]): Promise<void> }
  readonly feed: { prune(before: EpochMillis, limit: number): Promise<number> }
  readonly bodies: { remove(blobs: readonly string[]): Promise<void> }
}

const DAY = 86_400_000
/** Objects, or files, of one piece of work. */
const PIECE = 1_000
/** How long the feed tells of an object while nobody follows it. */
const FEED_KEPT = 7 * DAY

/** What keeps buckets within their rules, and the disk free of what nobody can see any more. */
export const objectChores = (parts: Parts): readonly Chore[] => [
  { name: 'expire objects', run: () => expireObjects(parts) },
  { name: 'remove the files of deleted objects', run: () => removeFiles(parts) },
  {
    name: 'prune the feed of objects',
    run: async () => (await parts.feed.prune(epochMillis(parts.clock.now() - FEED_KEPT), PIECE)) === PIECE,
  },
]

/** S3 counts whole days from the midnight (UTC) after an object was written. */
const expireObjects = async ({ clock, buckets, objects, uploads }: Parts): Promise<boolean> => {
  const midnight = Math.floor(clock.now() / DAY) * DAY
  let most = 0
  for (const { id, expiry } of await buckets.expiring()) {
    for (const rule of expiry) {
      const { afterDays, at, abortUploadsAfterDays } = rule
      if (afterDays !== undefined) most = Math.max(most, await objects.expire(id, rule, epochMillis(midnight - afterDays * DAY), PIECE))
      if (at !== undefined && at <= clock.now()) most = Math.max(most, await objects.expire(id, rule, clock.now(), PIECE))
      if (abortUploadsAfterDays !== undefined) {
        most = Math.max(most, await uploads.expire(id, rule.prefix, epochMillis(midnight - abortUploadsAfterDays * DAY), PIECE))
      }
    }
  }
  return most === PIECE
}

const removeFiles = async ({ garbage, bodies }: Parts): Promise<boolean> => {
  const due = await garbage.due(PIECE)
  await bodies.remove(due)
  await garbage.forget(due)
  return due.length === PIECE
}
