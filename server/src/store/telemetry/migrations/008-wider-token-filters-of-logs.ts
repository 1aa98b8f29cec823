import type { Migration } from '../migrate.ts'

/**
 * An id anywhere in a line is looked for by the whole words within it, of which some are in many granules. With four bytes of filter a line every
 * eighth granule without a word, and of some words every third, passed for one that has it; with six it is every twentieth: ten million lines are
 * searched in half the time, for two bytes a line. An id known by its field takes some milliseconds more, since the filter is read whole. Parts
 * that there are have none until they are merged or written again (store/logs/log-layout.ts).
 */
export const WIDER_TOKEN_FILTERS_OF_LOGS: Migration = {
  number: 8,
  name: 'wider token filters of logs',
  statements: [
    'ALTER TABLE log_events DROP INDEX IF EXISTS message_words',
    'ALTER TABLE log_events ADD INDEX IF NOT EXISTS message_terms message TYPE tokenbf_v1(12288, 3, 0) GRANULARITY 1',
  ],
}
