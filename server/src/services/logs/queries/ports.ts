import type { Tenant } from '../../../base/tenancy.ts'
import type { LogQuery, LogQueryRow, LogSearch } from '../../../model/log-query.ts'
import type { LookupTableSummary } from '../../../model/lookup-table.ts'
import type { QueryDefinition } from '../../../model/query-definition.ts'
import type { ScheduledQuery, ScheduledRun } from '../../../model/scheduled-query.ts'

/** Runs queries over log events. */
export interface LogSearcher {
  /** What the text comes to: the commands it uses. Throws `InsightsProblem`, and what the search's `groupsOf` throws. */
  compile(search: LogSearch): { readonly commands: ReadonlySet<string> }
  /** Undefined: too many queries of the account are running. */
  start(search: LogSearch): Promise<LogQuery | undefined>
  /** As it is now; undefined: the tenant has none of that id. */
  get(tenant: Tenant, id: string): Promise<LogQuery | undefined>
  /** A query that runs, as it is when it ends, or in a moment: so that whoever asks again and again asks less often. */
  soon(query: LogQuery): Promise<LogQuery>
  /** What was found until now; undefined: the rows are not kept any more. */
  rows(query: LogQuery): Promise<readonly LogQueryRow[] | undefined>
  /** The newest first. */
  list(tenant: Tenant): Promise<readonly LogQuery[]>
  /** False: it has ended by itself. */
  stop(query: LogQuery): Promise<boolean>
}

/** Saved queries. */
export interface QueryDefinitionStore {
  /** By name in code units. */
  list(tenant: Tenant): Promise<readonly QueryDefinition[]>
  create(definition: QueryDefinition): Promise<void>
  /** False when the tenant has none of that id. */
  update(definition: QueryDefinition): Promise<boolean>
  delete(tenant: Tenant, id: string): Promise<boolean>
}

/** Tables that queries look things up in. */
export interface LookupTableStore {
  get(tenant: Tenant, name: string): LookupTableSummary | undefined
  /** By name in code units. */
  list(tenant: Tenant): readonly LookupTableSummary[]
  /** Its CSV; undefined when it is gone. */
  body(tenant: Tenant, name: string): Promise<string | undefined>
  /** Creates or overwrites; tags are added. */
  put(table: LookupTableSummary, body: string, tags?: Readonly<Record<string, string>>): Promise<void>
  delete(tenant: Tenant, name: string): Promise<void>
}

/** Queries that are run by the clock. */
export interface ScheduledQueryStore {
  /** By name in code units. */
  list(tenant: Tenant): Promise<readonly ScheduledQuery[]>
  create(query: ScheduledQuery, tags: Readonly<Record<string, string>>): Promise<void>
  update(query: ScheduledQuery): Promise<void>
  delete(query: ScheduledQuery): Promise<void>
  /** The newest first; both times inclusive, epoch milliseconds. */
  runs(id: string, from: number, to: number): Promise<readonly ScheduledRun[]>
}
