import type { Migration } from '../migrate.ts'

/**
 * Merges are what log events cost most: each compresses their rows again and makes their token filter anew. With more parts at once and none
 * beyond 2 GB (some thirty million lines), and blocks of two seconds, an event is merged twice instead of three and a half times within an hour of
 * 240,000 a second, and 3.4 times instead of 6.1 at 1,000 a second (reckoned by the engine's own rule). A day has up to twice as many parts.
 */
export const FEWER_MERGES_OF_LOGS: Migration = {
  number: 7,
  name: 'fewer merges of logs',
  statements: ['ALTER TABLE log_events MODIFY SETTING merge_selector_base = 8, max_bytes_to_merge_at_max_space_in_pool = 2147483648'],
}
