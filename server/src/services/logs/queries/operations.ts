import type { Operation } from '../../operation.ts'
import type { LogGroupStore } from '../ports.ts'
import { getQueryResults } from './get-query-results.ts'
import type { LogSearcher } from './ports.ts'
import { startQuery } from './start-query.ts'
import { stopQuery } from './stop-query.ts'

/** What Logs Insights needs besides groups. */
export interface QueryPorts {
  readonly searcher: LogSearcher
}

/** The operations of Logs Insights. */
export const queryOperations = (groups: LogGroupStore, { searcher }: QueryPorts): readonly Operation[] => [
  startQuery(groups, searcher),
  getQueryResults(searcher),
  stopQuery(searcher),
]
