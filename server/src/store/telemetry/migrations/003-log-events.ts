import type { Migration } from '../migrate.ts'

/** Acknowledged rows survive a lost machine, as metrics do. */
const DURABLE = 'fsync_after_insert = 1, fsync_part_directory = 1, min_rows_to_fsync_after_merge = 1'

/**
 * `message` is what everybody may see, `clear` the original where that is masked, else empty. Columns of discovered fields (`n0`, `s0` …)
 * are added as they are needed (store/logs/field-columns.ts): a column costs every insert and every merge, used or not.
 */
export const LOG_EVENTS: Migration = {
  number: 3,
  name: 'log events',
  statements: [
    `CREATE TABLE IF NOT EXISTS log_events (
      grp UInt32 CODEC(LZ4),
      ts Int64 CODEC(Delta(8), LZ4),
      seq UInt64 CODEC(Delta(8), LZ4),
      stream LowCardinality(String) CODEC(LZ4),
      message String CODEC(ZSTD(1)),
      clear String CODEC(ZSTD(1)),
      INDEX message_tokens message TYPE tokenbf_v1(32768, 3, 0) GRANULARITY 1,
      INDEX seq_range seq TYPE minmax GRANULARITY 1
    ) ENGINE = MergeTree PARTITION BY intDiv(ts, 86400000) PRIMARY KEY (grp, ts) ORDER BY (grp, ts, seq) SETTINGS ${DURABLE}`,
  ],
}
