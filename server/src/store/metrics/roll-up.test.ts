import { beforeEach, describe, expect, test } from 'vitest'
import { ManualClock } from '../../base/manual-clock.ts'
import { seededEntropy } from '../../base/entropy.ts'
import { epochMillis, epochSeconds, seconds } from '../../base/time.ts'
import { TelemetryError } from '../telemetry/telemetry-error.ts'
import type { Telemetry } from '../telemetry/telemetry.ts'
import { scratchTelemetry } from '../telemetry/telemetry.test-support.ts'
import { MetricTables } from './metric-tables.ts'
import { pointBlock, setBlock, type PointRow } from './point-block.test-support.ts'
import { ROLLUP_300, ROLLUP_3600 } from './tier-tables.ts'

const telemetry = await scratchTelemetry()
const DAY = 86_400
const MIDNIGHT = Date.UTC(2026, 5, 15) / 1000
const clock = new ManualClock(epochMillis(MIDNIGHT * 1000))
const moveTo = (at: number): void => clock.step(epochMillis(at * 1000))

beforeEach(async () => {
  for (const table of ['metric_points_1', 'metric_points_60', 'metric_sets_1', 'metric_sets_60', ROLLUP_300.name, ROLLUP_3600.name]) {
    await telemetry.command(`TRUNCATE TABLE ${table}`)
  }
  moveTo(MIDNIGHT)
})

const bucketsOf = async (tables: MetricTables, series: bigint, from: number, to: number, period: number, samples = false) => {
  const read = { series: [series], start: epochSeconds(from), end: epochSeconds(to), period: seconds(period), origin: epochSeconds(0), samples }
  return (await tables.buckets(read)).get(series) ?? []
}
const rowsIn = async (table: string): Promise<number> => {
  const [row] = await telemetry.query<{ readonly n: string }>('quick', `SELECT count() AS n FROM ${table} WHERE series != 0`)
  return Number(row!.n)
}

/** One sample each ten seconds over two hours that end on the hour. */
const fine = (end: number): readonly PointRow[] => {
  const chance = seededEntropy(7)
  return Array.from({ length: 720 }, (_, index): PointRow => [1n, end - 7_200 + index * 10, Math.round(chance.fraction() * 10_000) / 100])
}

describe('the way through the tiers', () => {
  test('keeps basic statistics exact and percentiles within one percent', async () => {
    const tables = await MetricTables.open(telemetry, clock)
    const end = MIDNIGHT
    const rows = fine(end)
    await tables.writePoints(1, pointBlock(...rows), 'fine')
    const whole = { count: 720, sum: rows.reduce((sum, row) => sum + row[2], 0), minimum: Math.min(...rows.map(row => row[2])), maximum: Math.max(...rows.map(row => row[2])) }
    const steps = [
      { after: 4 * 3_600, rolled: 2, table: 'metric_points_60' },
      { after: 17 * DAY, rolled: 1, table: ROLLUP_300.name },
      { after: 65 * DAY, rolled: 1, table: ROLLUP_3600.name },
    ]
    for (const { after, rolled, table } of steps) {
      moveTo(end + after)
      expect(await tables.rollUp(epochSeconds(end + after))).toBe(rolled)
      const [bucket] = await bucketsOf(tables, 1n, end - 7_200, end, 7_200, true)
      expect(bucket).toMatchObject({ count: 720, minimum: whole.minimum, maximum: whole.maximum })
      expect(bucket!.sum).toBeCloseTo(whole.sum, 6)
      const sorted = rows.map(row => row[2]).sort((a, b) => a - b)
      for (const fraction of [0.05, 0.5, 0.9, 0.99]) {
        const rank = Math.floor(fraction * 719)
        expect(Math.abs(valueAt(bucket!, rank) / sorted[rank]! - 1)).toBeLessThanOrEqual(0.01)
      }
      expect(await rowsIn(table)).toBeGreaterThan(0)
      expect(await tables.rollUp(epochSeconds(end + after))).toBe(0)
    }
    expect(await rowsIn('metric_points_1') + await rowsIn('metric_points_60') + await rowsIn(ROLLUP_300.name)).toBe(0)
    expect(await tables.expire(epochSeconds(end + 400 * DAY))).toBe(0)
    expect(await tables.expire(epochSeconds(end + 500 * DAY))).toBe(1)
    expect(await rowsIn(ROLLUP_3600.name)).toBe(0)
  })

  test('carries statistic sets and negative samples without inventing a distribution', async () => {
    const tables = await MetricTables.open(telemetry, clock)
    const at = MIDNIGHT - 3_600
    await tables.writeSets(1, setBlock([2n, at, 3, 9, 1, 5]), 'sets')
    await tables.writePoints(1, pointBlock([2n, at + 1, 2], [3n, at, -4], [3n, at + 300, 8], [4n, at, 6, 2]), 'points')
    for (const after of [4 * 3_600, 17 * DAY, 65 * DAY]) {
      moveTo(MIDNIGHT + after)
      await tables.rollUp(epochSeconds(MIDNIGHT + after))
      expect(await bucketsOf(tables, 2n, at, MIDNIGHT, 3_600, true)).toEqual([{ start: at, count: 4, sum: 11, minimum: 1, maximum: 5 }])
      expect(await bucketsOf(tables, 3n, at, MIDNIGHT, 3_600, true)).toEqual([{ start: at, count: 2, sum: 4, minimum: -4, maximum: 8 }])
      const [clean] = await bucketsOf(tables, 4n, at, MIDNIGHT, 3_600, true)
      expect({ ...clean, values: Array.from(clean!.values!), weights: Array.from(clean!.weights!) })
        .toEqual({ start: at, count: 2, sum: 12, minimum: 6, maximum: 6, values: [6], weights: [2] })
    }
  })

  test('waits for data that is late within the allowed time', async () => {
    const tables = await MetricTables.open(telemetry, clock)
    await tables.writePoints(60, pointBlock([5n, MIDNIGHT - 60, 1]), 'one')
    expect(await tables.rollUp(epochSeconds(MIDNIGHT + 15 * DAY))).toBe(0)
    await tables.writePoints(60, pointBlock([5n, MIDNIGHT - 120, 2]), 'two')
    moveTo(MIDNIGHT + 16 * DAY)
    expect(await tables.rollUp(epochSeconds(MIDNIGHT + 16 * DAY))).toBe(1)
    expect(await bucketsOf(tables, 5n, MIDNIGHT - 300, MIDNIGHT, 300)).toMatchObject([{ count: 2, sum: 3 }])
  })

  test('takes a second roll-up of an hour that was filled again after an outage', async () => {
    const tables = await MetricTables.open(telemetry, clock)
    const later = MIDNIGHT + 5 * 3_600
    moveTo(later)
    await tables.writePoints(1, pointBlock([6n, MIDNIGHT + 1, 1]), 'before')
    expect(await tables.rollUp(epochSeconds(later))).toBe(1)
    await tables.writePoints(1, pointBlock([6n, MIDNIGHT + 2, 2]), 'after')
    expect(await tables.rollUp(epochSeconds(later))).toBe(1)
    expect(await bucketsOf(tables, 6n, MIDNIGHT, MIDNIGHT + 60, 60, true)).toMatchObject([{ count: 2, sum: 3 }])
  })
})

describe('a roll-up that is cut off', () => {
  const later = MIDNIGHT + 5 * 3_600
  const expected = [{ start: MIDNIGHT - 3_600, count: 360 }]

  /** The store as it is, but the n-th upkeep statement fails before or after the engine has run it. */
  const failing = (at: number, when: 'before' | 'after'): Telemetry => {
    let statements = 0
    const cut = new TelemetryError('unavailable', 'cut off')
    return {
      ...forward(telemetry),
      async command(sql, parameters, lane) {
        const mine = lane === 'upkeep' && ++statements === at
        if (mine && when === 'before') throw cut
        await telemetry.command(sql, parameters, lane)
        if (mine) throw cut
      },
    }
  }
  const forward = (whole: Telemetry): Telemetry => ({
    query: (lane, sql, parameters) => whole.query(lane, sql, parameters),
    columns: (lane, sql, parameters) => whole.columns(lane, sql, parameters),
    command: (sql, parameters, lane) => whole.command(sql, parameters, lane),
    insert: (table, columns, native, id) => whole.insert(table, columns, native, id),
    cancel: tag => whole.cancel(tag),
    status: () => whole.status(),
    close: () => whole.close(),
  })

  test.for([1, 2, 3, 4, 5, 6, 7].flatMap(step => [[step, 'before'], [step, 'after']] as const))(
    'at statement %i, %s it ran, neither loses nor doubles', async ([step, when]) => {
      const writer = await MetricTables.open(telemetry, clock)
      await writer.writePoints(1, pointBlock(...fine(MIDNIGHT).slice(360)), 'fine')
      moveTo(later)
      const broken = await MetricTables.open(failing(step, when), clock)
      await expect(broken.rollUp(epochSeconds(later))).rejects.toThrow('cut off')
      // The process that lives on, and one that starts anew.
      expect(await bucketsOf(broken, 1n, MIDNIGHT - 7_200, MIDNIGHT, 3_600)).toMatchObject(expected)
      const next = await MetricTables.open(telemetry, clock)
      expect(await bucketsOf(next, 1n, MIDNIGHT - 7_200, MIDNIGHT, 3_600)).toMatchObject(expected)
      await next.rollUp(epochSeconds(later))
      expect(await bucketsOf(next, 1n, MIDNIGHT - 7_200, MIDNIGHT, 3_600)).toMatchObject(expected)
      expect(await rowsIn('metric_points_1')).toBe(0)
    })
})

const valueAt = (bucket: { readonly values?: ArrayLike<number>; readonly weights?: ArrayLike<number> }, rank: number): number => {
  let before = 0
  for (let index = 0; index < bucket.values!.length; index++) {
    before += bucket.weights![index]!
    if (before > rank) return bucket.values![index]!
  }
  throw new Error('the rank is beyond the samples')
}
