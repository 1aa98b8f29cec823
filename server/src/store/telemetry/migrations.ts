import { METRIC_TABLES } from './migrations/001-metric-tables.ts'
import { SMALLER_BLOCKS } from './migrations/002-smaller-blocks.ts'
import { LOG_EVENTS } from './migrations/003-log-events.ts'
import { CLOSED_SUMS } from './migrations/004-closed-sums.ts'
import { CLOSED_SAMPLES } from './migrations/005-closed-samples.ts'
import { SMALLER_GRANULES_OF_LOGS } from './migrations/006-smaller-granules-of-logs.ts'
import { FEWER_MERGES_OF_LOGS } from './migrations/007-fewer-merges-of-logs.ts'
import { WIDER_TOKEN_FILTERS_OF_LOGS } from './migrations/008-wider-token-filters-of-logs.ts'
import type { Migration } from './migrate.ts'

/** The tables' history, oldest first. Append only. */
export const MIGRATIONS: readonly Migration[] = [
  METRIC_TABLES, SMALLER_BLOCKS, LOG_EVENTS, CLOSED_SUMS, CLOSED_SAMPLES, SMALLER_GRANULES_OF_LOGS, FEWER_MERGES_OF_LOGS,
  WIDER_TOKEN_FILTERS_OF_LOGS,
]
