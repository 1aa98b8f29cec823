import type { Tenant } from '../base/tenancy.ts'
import type { EpochMillis } from '../base/time.ts'
import type { LogGroup } from './log.ts'

export type LogQueryStatus = 'Scheduled' | 'Running' | 'Complete' | 'Failed' | 'Cancelled' | 'Timeout'

/** Log events, and bytes of their messages. */
export interface LogQueryStatistics {
  /** How many passed the filters before the first stats, limit or dedup. */
  readonly recordsMatched: number
  readonly recordsScanned: number
  readonly bytesScanned: number
  readonly logGroupsScanned: number
}

interface LogQueryField {
  readonly field: string
  readonly value: string
}
export type LogQueryRow = readonly LogQueryField[]

/** A query that somebody started. */
export interface LogQuery {
  readonly tenant: Tenant
  readonly id: string
  readonly text: string
  /** ARNs of the groups that it reads. */
  readonly groups: readonly string[]
  /** Epoch milliseconds, both inclusive. */
  readonly start: number
  readonly end: number
  readonly createdAt: EpochMillis
  /** Who started it, as an ARN. */
  readonly startedBy: string
  readonly status: LogQueryStatus
  readonly statistics: LogQueryStatistics
  /** Rows of its results. */
  readonly rows: number
  readonly finishedAt: EpochMillis | undefined
  /** Why it failed. */
  readonly reason: string | undefined
}

/** How a query names groups: by name or ARN, or by what they have in common. */
export interface LogSource {
  readonly groups: readonly string[]
  readonly search: { readonly namePrefixes: readonly string[]; readonly accounts: readonly string[]; readonly classes: readonly string[] } | undefined
}

/** What is to be searched; the caller has checked that whoever asks may read the groups. */
export interface LogSearch {
  readonly tenant: Tenant
  readonly text: string
  readonly groups: readonly LogGroup[]
  /** The groups of a query within the query. */
  readonly groupsOf: (source: LogSource) => readonly LogGroup[]
  /** Epoch milliseconds, both inclusive. */
  readonly start: number
  readonly end: number
  /** How many rows at most, where the text does not say it. */
  readonly limit: number | undefined
  readonly startedBy: string
}
