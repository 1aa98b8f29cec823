import type { Migration } from '../migrate.ts'

/** Acknowledged rows survive a lost machine, as metrics do. */
const DURABLE = 'fsync_after_insert = 1, fsync_part_directory = 1, min_rows_to_fsync_after_merge = 1'

/** How many columns there are for a group's numbers, and how many for its texts. */
const SLOTS = Array.from({ length: 24 }, (_, index) => index)

export const LOG_EVENTS: Migration = {
  number: 3,
  name: 'log events',
  statements: [
    `CREATE TABLE IF NOT EXISTS log_events (
      grp UInt32 CODEC(ZSTD(1)),
      ts Int64 CODEC(DoubleDelta, ZSTD(1)),
      seq UInt64 CODEC(DoubleDelta, ZSTD(1)),
      stream LowCardinality(String) CODEC(ZSTD(1)),
      message String CODEC(ZSTD(1)),
      clear String CODEC(ZSTD(1)),
      ${SLOTS.map(slot => `n${slot} Float64 CODEC(ZSTD(1))`).join(', ')},
      ${SLOTS.map(slot => `s${slot} LowCardinality(String) CODEC(ZSTD(1))`).join(', ')},
      INDEX message_tokens message TYPE tokenbf_v1(32768, 3, 0) GRANULARITY 1,
      INDEX seq_range seq TYPE minmax GRANULARITY 1
    ) ENGINE = MergeTree PARTITION BY intDiv(ts, 86400000) PRIMARY KEY (grp, ts) ORDER BY (grp, ts, seq) SETTINGS ${DURABLE}`,
  ],
}
