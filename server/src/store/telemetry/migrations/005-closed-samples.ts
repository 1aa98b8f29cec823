import type { Migration } from '../migrate.ts'

const DURABLE = 'fsync_after_insert = 1, fsync_part_directory = 1, min_rows_to_fsync_after_merge = 1'
const float = (name: string): string => `${name} Float64 CODEC(ZSTD(1))`

/** T64 cuts numbers to the bits that the largest of 64 needs: 1.2 bytes a two-decimal gauge where ZSTD takes 1.5 and half as long again. */
const table = (name: string): string =>
  `CREATE TABLE ${name} (series UInt64 CODEC(ZSTD(1)), ts DateTime('UTC') CODEC(Delta(4), LZ4), ` +
  `${['count', 'sum', 'minimum', 'maximum'].map(float).join(', ')}, ` +
  'kind UInt8 CODEC(LZ4), steps Array(UInt32) CODEC(T64, LZ4), more Array(Float64) CODEC(ZSTD(1))) ' +
  'ENGINE = MergeTree PARTITION BY toDate(ts, \'UTC\') ORDER BY (series, ts) ' +
  `SETTINGS ${DURABLE}, index_granularity = 512, min_compress_block_size = 8192, max_compress_block_size = 8192`

/**
 * Five minutes keep their samples beside their sums (store/metrics/closed-samples.ts). The table is a copy, and is made anew: its hours
 * fill again in the background.
 */
export const CLOSED_SAMPLES: Migration = {
  number: 5,
  name: 'closed samples',
  statements: ['metric_sums_300', 'metric_sums_300_staging'].flatMap(name => [`DROP TABLE IF EXISTS ${name} SYNC`, table(name)]),
}
