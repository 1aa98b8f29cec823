import type { Tenant } from '../../base/tenancy.ts'
import type { EpochMillis } from '../../base/time.ts'
import type { LogQuery, LogQueryRow } from '../../model/log-query.ts'
import type { LogExtent, LogFieldColumns, LogScope } from '../../model/log-scope.ts'
import type { LogGroup } from '../../model/log.ts'

type Row = Readonly<Record<string, string | null>>
type Parameters = Readonly<Record<string, string | number | bigint | readonly (string | number | bigint)[]>>

/** What is searched. */
export interface SearchedEvents {
  /** Resolves when everything that these groups accepted before is found. */
  settled(groups: readonly number[]): Promise<void>
  /** What can be seen of groups; `to` exclusive. */
  scopes(groups: readonly LogGroup[], from: number, to: number): readonly LogScope[]
  rows(sql: string, parameters: Parameters, options: { readonly brief: boolean; readonly tag: string }): Promise<readonly Row[]>
  /** Ends what runs under the tag. */
  cancel(tag: string): Promise<void>
  extent(scopes: readonly LogScope[], tag: string): Promise<LogExtent>
  /** The newest first; hours without events are left out. */
  hours(scopes: readonly LogScope[], tag: string): Promise<readonly { readonly start: number; readonly records: number }[]>
}

/** Where groups keep the fields of their events. */
export interface FieldPlaces {
  columns(group: number, name: string): LogFieldColumns | undefined
  /** All fields of a group that have columns. */
  fields(group: number): ReadonlyMap<string, LogFieldColumns>
  /** Whether messages of the group have integers of more than 64 bits. */
  hasWideNumbers(group: number): boolean
  /** Whether messages of the group have JSON behind other text. */
  hasEmbedded(group: number): boolean
  /** Whether events of the group were ever transformed. */
  hasTransformed(group: number): boolean
}

export interface QueryBook {
  get(id: string): Promise<LogQuery | undefined>
  list(tenant: Tenant): Promise<readonly LogQuery[]>
  add(query: LogQuery): Promise<void>
  update(query: LogQuery): Promise<void>
  fail(reason: string, at: EpochMillis): Promise<void>
  forget(before: EpochMillis): Promise<void>
  ids(): Promise<ReadonlySet<string>>
}

export interface ResultFiles {
  put(id: string, rows: readonly LogQueryRow[]): Promise<void>
  get(id: string): Promise<readonly LogQueryRow[] | undefined>
  tidy(known: (id: string) => boolean): Promise<void>
}

/** Tables that queries look things up in. */
export interface LookupSource {
  get(tenant: Tenant, name: string): { readonly columns: readonly string[] } | undefined
  list(tenant: Tenant): readonly { readonly name: string }[]
  /** Its CSV; undefined when it is gone. */
  body(tenant: Tenant, name: string): Promise<string | undefined>
}
