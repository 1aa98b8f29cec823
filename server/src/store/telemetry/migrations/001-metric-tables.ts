import type { Migration } from '../migrate.ts'

/*
 * Series 0 is no metric: its rows say which inserts are in the table (store/metrics/insert-ledger.ts). They are written in the
 * same part as the rows they speak of, and so tell after any crash whether those are there.
 */

/** Acknowledged rows survive a lost machine, not only a killed process; measured at 2 to 5 ms an insert. */
const DURABLE = 'fsync_after_insert = 1, fsync_part_directory = 1, min_rows_to_fsync_after_merge = 1'
const KEY = 'series UInt64 CODEC(ZSTD(1)), ts DateTime(\'UTC\') CODEC(DoubleDelta, ZSTD(1))'
const float = (name: string): string => `${name} Float64 CODEC(ZSTD(1))`

const table = (name: string, columns: readonly string[], partition: string): string =>
  `CREATE TABLE IF NOT EXISTS ${name} (${[KEY, ...columns].join(', ')}) ` +
  `ENGINE = MergeTree PARTITION BY ${partition} ORDER BY (series, ts) SETTINGS ${DURABLE}, ${BLOCKS}`

/**
 * No Gorilla: decimal gauges take 5.7 bytes a value with it. Large blocks and level 3: 2.69 bytes instead of 2.99 for two-decimal
 * gauges with 11 bits of noise, at hardly more time to write or to read.
 */
const POINT = ['value Float64 CODEC(ZSTD(3))', float('count')]
const BLOCKS = 'min_compress_block_size = 1048576, max_compress_block_size = 1048576'
const SET = [float('count'), float('sum'), float('minimum'), float('maximum')]
/** `keys` are log-linear buckets (base/sketch.ts), empty when the interval cannot serve percentiles. */
const DISTRIBUTION = [...SET, 'keys Array(UInt32) CODEC(Delta, ZSTD(1))', 'weights Array(Float64) CODEC(ZSTD(1))']

const BY_HOUR = 'toStartOfHour(ts, \'UTC\')'
const BY_DAY = 'toDate(ts, \'UTC\')'
const BY_MONTH = 'toYYYYMM(ts, \'UTC\')'

const TIERS: readonly (readonly [name: string, columns: readonly string[], partition: string])[] = [
  ['metric_points_1', POINT, BY_HOUR],
  ['metric_points_60', POINT, BY_DAY],
  ['metric_sets_1', SET, BY_HOUR],
  ['metric_sets_60', SET, BY_DAY],
  ['metric_rollup_300', DISTRIBUTION, BY_DAY],
  ['metric_rollup_3600', DISTRIBUTION, BY_MONTH],
]

export const METRIC_TABLES: Migration = {
  number: 1,
  name: 'metric tables',
  statements: [
    `CREATE TABLE IF NOT EXISTS metric_series (
      id UInt64,
      ${['account', 'region', 'namespace', 'unit'].map(name => `${name} SimpleAggregateFunction(anyLast, LowCardinality(String))`).join(', ')},
      name SimpleAggregateFunction(anyLast, String), dimensions SimpleAggregateFunction(anyLast, Map(String, String)),
      first_seen SimpleAggregateFunction(min, UInt32), last_seen SimpleAggregateFunction(max, UInt32)
    ) ENGINE = AggregatingMergeTree ORDER BY id SETTINGS ${DURABLE}`,
    ...TIERS.map(([name, columns, partition]) => table(name, columns, partition)),
    // Where a roll-up is put together before it enters its tier in one step.
    ...TIERS.filter(([name]) => !name.endsWith('_1')).map(([name, columns, partition]) => table(`${name}_staging`, columns, partition)),
  ],
}
