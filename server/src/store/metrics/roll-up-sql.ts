import { sketchKeySql } from './sketch-sql.ts'
import { POINTS_1, POINTS_60, ROLLUP_300, ROLLUP_3600, SETS_1, SETS_60 } from './tier-tables.ts'

const WHERE =
  'series BETWEEN {from:UInt64} AND {to:UInt64} AND ts >= toDateTime({start:UInt32}, \'UTC\') AND ts < toDateTime({end:UInt32}, \'UTC\')'

/** What enters the named tier from the finer one: rows of a range of series and time, in the order of the tier's columns. */
export const SOURCE_SQL: Readonly<Record<string, string>> = {
  // Equal values within the minute become one row, so percentiles stay exact.
  [POINTS_60.name]: `
    SELECT series, toStartOfMinute(ts) AS t, value AS v, sum(count) FROM ${POINTS_1.name} WHERE ${WHERE} GROUP BY series, t, v`,
  [SETS_60.name]: `
    SELECT series, toStartOfMinute(ts) AS t, sum(count), sum(sum), min(minimum), max(maximum) FROM ${SETS_1.name} WHERE ${WHERE} GROUP BY series, t`,
  [ROLLUP_300.name]: `
    WITH sumMap(keys, weights) AS sketch, min(low) >= 0 AND max(unknown) = 0 AS usable
    SELECT series, t, sum(n), sum(total), min(low), max(high), if(usable, sketch.1, []), if(usable, sketch.2, [])
    FROM (
      SELECT series, toStartOfFiveMinutes(ts) AS t, count AS n, value * count AS total, value AS low, value AS high, [${sketchKeySql('value')}] AS keys,
        [count] AS weights, toUInt8(0) AS unknown FROM ${POINTS_60.name} WHERE ${WHERE}
      UNION ALL
      SELECT series, toStartOfFiveMinutes(ts) AS t, count AS n, sum AS total, minimum AS low, maximum AS high, []::Array(UInt32) AS keys,
        []::Array(Float64) AS weights, toUInt8(1) AS unknown FROM ${SETS_60.name} WHERE ${WHERE}
    )
    GROUP BY series, t`,
  // An interval that cannot serve percentiles makes the whole hour so.
  [ROLLUP_3600.name]: `
    WITH sumMap(keys, weights) AS sketch, NOT max(empty(keys)) AS usable
    SELECT series, toStartOfHour(ts) AS t, sum(count), sum(sum), min(minimum), max(maximum), if(usable, sketch.1, []), if(usable, sketch.2, [])
    FROM ${ROLLUP_300.name} WHERE ${WHERE} GROUP BY series, t`,
}
