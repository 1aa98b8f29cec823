import type { Entropy } from '../../../base/entropy.ts'
import type { Operation } from '../../operation.ts'
import type { LogGroupStore } from '../ports.ts'
import { deleteQueryDefinition } from './delete-query-definition.ts'
import { describeQueries } from './describe-queries.ts'
import { describeQueryDefinitions } from './describe-query-definitions.ts'
import { getQueryResults } from './get-query-results.ts'
import { listLogGroupsForQuery } from './list-log-groups-for-query.ts'
import { createLookupTable } from './create-lookup-table.ts'
import { deleteLookupTable } from './delete-lookup-table.ts'
import { describeLookupTables } from './describe-lookup-tables.ts'
import { getLookupTable } from './get-lookup-table.ts'
import { updateLookupTable } from './update-lookup-table.ts'
import { createScheduledQuery } from './create-scheduled-query.ts'
import { deleteScheduledQuery } from './delete-scheduled-query.ts'
import { getScheduledQuery } from './get-scheduled-query.ts'
import { getScheduledQueryHistory } from './get-scheduled-query-history.ts'
import { listScheduledQueries } from './list-scheduled-queries.ts'
import { updateScheduledQuery } from './update-scheduled-query.ts'
import type { LogSearcher, LookupTableStore, QueryDefinitionStore, ScheduledQueryStore } from './ports.ts'
import { putQueryDefinition } from './put-query-definition.ts'
import { startQuery } from './start-query.ts'
import { stopQuery } from './stop-query.ts'

/** What Logs Insights needs besides groups. */
export interface QueryPorts {
  readonly searcher: LogSearcher
  readonly definitions: QueryDefinitionStore
  readonly lookupTables: LookupTableStore
  readonly schedules: ScheduledQueryStore
  readonly entropy: Entropy
}

/** The operations of Logs Insights. */
export const queryOperations = (groups: LogGroupStore, { searcher, definitions, lookupTables, schedules, entropy }: QueryPorts): readonly Operation[] => [
  startQuery(groups, searcher),
  getQueryResults(searcher),
  stopQuery(searcher),
  describeQueries(searcher),
  listLogGroupsForQuery(searcher),
  putQueryDefinition(definitions, entropy),
  describeQueryDefinitions(definitions),
  deleteQueryDefinition(definitions),
  createLookupTable(lookupTables, searcher),
  updateLookupTable(lookupTables, searcher),
  getLookupTable(lookupTables),
  describeLookupTables(lookupTables),
  deleteLookupTable(lookupTables),
  createScheduledQuery(schedules, groups, searcher, entropy),
  updateScheduledQuery(schedules, groups, searcher),
  getScheduledQuery(schedules),
  deleteScheduledQuery(schedules),
  listScheduledQueries(schedules),
  getScheduledQueryHistory(schedules),
]
