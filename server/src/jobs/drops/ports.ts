import type { Tenant } from '../../base/tenancy.ts'
import type { EpochMillis } from '../../base/time.ts'
import type { DropClaim, DropProgress, DropVersion } from '../../model/drop.ts'
import type { LogEventColumns } from '../../model/log-intake.ts'
import type { ObjectEntry, ObjectPart } from '../../model/object.ts'

export type DropPlace = Pick<DropProgress, 'logGroup' | 'stream' | 'events'>

/** A position in the feed that moves with the end of an object. */
interface Passed {
  readonly follower: string
  readonly entry: number
}

/** What is remembered of objects. */
export interface DropBook {
  /** Undefined: nothing was taken of this version. */
  progress(version: DropVersion): Promise<DropProgress | undefined>
  /** `place.events` are in the group; the batch behind them may be from now on. */
  claim(version: DropVersion, place: DropPlace, claim: DropClaim, at: EpochMillis): Promise<void>
  finish(version: DropVersion, end: DropEnd): Promise<void>
  /** What was taken of a source, or is quarantined. */
  known(tenant: Tenant, source: string): Promise<readonly { readonly key: string; readonly version: string }[]>
  /** The version is not in its source any more. */
  forget(tenant: Tenant, source: string, key: string, version: string): Promise<void>
}

interface DropEnd {
  readonly place: DropPlace
  readonly broken: { readonly reason: string; readonly detail: string } | undefined
  readonly passed: Passed | undefined
  readonly at: EpochMillis
}

/** Events of one stream of a group, both made where they are missing. */
export interface DroppedEvents extends LogEventColumns {
  readonly tenant: Tenant
  readonly logGroup: string
  readonly stream: string
}

export interface DropSink {
  /** Waits for room. `claim` is called with the `seq` of the first event before any of them can be anywhere. Durable when it resolves. */
  accept(events: DroppedEvents, claim: (firstSeq: bigint) => Promise<void>): Promise<void>
  /** Whether these events are there already; who listens to arrivals is told of them then, since nobody knows whether he was. */
  resume(events: DroppedEvents, firstSeq: bigint): Promise<boolean>
}

/** Tells of each version of the house's own objects once. */
export interface ObjectFeed {
  onAdded(listener: () => void): void
  follow(name: string): Promise<number>
  after(id: number, limit: number): Promise<readonly ObjectEntry[]>
  passed(name: string, id: number): Promise<void>
}

/** What was in the quarantine, and is to be tried again. */
export interface ReleasedDrops {
  /** Of the house's own buckets, what is not taken to its end. */
  unfinished(): Promise<readonly DropVersion[]>
  /** The parts of a version that is still there. */
  partsOf(version: DropVersion): Promise<readonly ObjectPart[] | undefined>
}

export interface Bodies {
  /** Throws an error of the name `BodyGone` where there is nothing to read. */
  read(parts: readonly ObjectPart[], from: number, to: number): Promise<AsyncIterable<Uint8Array>>
}
