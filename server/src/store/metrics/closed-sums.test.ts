import fc from 'fast-check'
import { beforeEach, expect, test } from 'vitest'
import { ManualClock } from '../../base/manual-clock.ts'
import { epochMillis, epochSeconds, seconds } from '../../base/time.ts'
import { TelemetryError } from '../telemetry/telemetry-error.ts'
import { scratchTelemetry } from '../telemetry/telemetry.test-support.ts'
import type { Telemetry } from '../telemetry/telemetry.ts'
import { MetricTables } from './metric-tables.ts'
import { pointBlock, setBlock } from './point-block.test-support.ts'
import { POINTS_60, SUMS_300, TIERS } from './tier-tables.ts'

const HOUR = 3_600
const DAY = 24 * HOUR
const NOON = Date.UTC(2026, 5, 15, 12) / 1000
const real = await scratchTelemetry()
const clock = new ManualClock(epochMillis(NOON * 1000))
const moveTo = (at: number): void => clock.step(epochMillis(at * 1000))

/** What happens around the statements that change something: throws for one that is cut off. */
interface Around {
  before(sql: string): Promise<void> | void
  after(sql: string): Promise<void> | void
}
const UNDISTURBED: Around = { before: () => undefined, after: () => undefined }
let around = UNDISTURBED
const telemetry: Telemetry = {
  query: (lane, sql, parameters) => real.query(lane, sql, parameters),
  columns: (lane, sql, parameters) => real.columns(lane, sql, parameters),
  cancel: tag => real.cancel(tag),
  status: () => real.status(),
  close: () => real.close(),
  async command(sql, parameters, lane) {
    await around.before(sql)
    await real.command(sql, parameters, lane)
    await around.after(sql)
  },
  async insert(table, columns, native, id) {
    await around.before(table)
    await real.insert(table, columns, native, id)
    await around.after(table)
  },
}
const cutOff = (at: number, when: keyof Around): Around => {
  let statements = 0
  return { ...UNDISTURBED, [when]: () => {
    if (++statements === at) throw new TelemetryError('unavailable', 'cut off')
  } }
}

beforeEach(async () => {
  await emptied()
})
const emptied = async (): Promise<void> => {
  around = UNDISTURBED
  for (const { name } of [...TIERS, SUMS_300]) await real.command(`TRUNCATE TABLE ${name}`)
  moveTo(NOON)
}

type Sums = [start: number, count: number, sum: number, minimum: number, maximum: number]
const SERIES = [1n, 2n, 2n ** 64n - 1n]

const readOf = async (tables: MetricTables, from: number, to: number, period: number): Promise<readonly (readonly Sums[])[]> => {
  const read = { series: SERIES, start: epochSeconds(from), end: epochSeconds(to), period: seconds(period), origin: epochSeconds(0) }
  const parts = SERIES.map(() => new Map<number, Sums>())
  await tables.sums({ ...read, wanted: new Set(['sum', 'minimum', 'maximum']) }, (place, ...part) => add(parts[place]!, part))
  const sums = parts.map(sorted)
  const buckets = await tables.buckets({ ...read, samples: false })
  expect(SERIES.map(id => (buckets.get(id) ?? []).map(({ start, count, sum, minimum, maximum }) => [start, count, sum, minimum, maximum]))).toEqual(sums)
  return sums
}
/** Each bucket with its samples, or undefined where they are not known. */
type Samples = [start: number, values: readonly number[] | undefined]
const samplesOf = async (tables: MetricTables, from: number, to: number, period: number): Promise<readonly (readonly Samples[])[]> => {
  const read = { series: SERIES, start: epochSeconds(from), end: epochSeconds(to), period: seconds(period), origin: epochSeconds(0) }
  const buckets = await tables.buckets({ ...read, samples: true })
  const sums = await tables.buckets({ ...read, samples: false })
  return SERIES.map(id => (buckets.get(id) ?? []).map(({ start, values, weights, ...rest }, index): Samples => {
    expect({ start, ...rest }).toEqual(sums.get(id)?.[index])
    return [start, values && Array.from(values).flatMap((value, place) => Array<number>(weights![place]!).fill(value))]
  }))
}
const add = (into: Map<number, Sums>, [start, count, sum, minimum, maximum]: Sums): void => {
  const [, n, total, low, high] = into.get(start) ?? [start, 0, 0, Infinity, -Infinity]
  into.set(start, [start, n + count, total + sum, Math.min(low, minimum), Math.max(high, maximum)])
}
const sorted = (parts: ReadonlyMap<number, Sums>): readonly Sums[] => [...parts.values()].sort((a, b) => a[0] - b[0])

/** Rows of which each is a datum of `count` samples: a point, or a set. */
interface Row {
  readonly place: number
  readonly at: number
  readonly value: number
  readonly set: boolean
  /** So many samples, where it is a point. */
  readonly weight?: number
}
const expectedOf = (rows: readonly Row[], from: number, to: number, period: number): readonly (readonly Sums[])[] => {
  const parts = SERIES.map(() => new Map<number, Sums>())
  for (const { place, at, value, set, weight = 1 } of rows) {
    if (at < from || at >= to) continue
    add(parts[place]!, [at - (at % period), ...(set ? [2, 2 * value + 1, value, value + 1] as const : [weight, value * weight, value, value] as const)])
  }
  return parts.map(sorted)
}
const samplesExpected = (rows: readonly Row[], from: number, to: number, period: number): readonly (readonly Samples[])[] =>
  SERIES.map((_, place) => [...Map.groupBy(rows.filter(row => row.place === place && row.at >= from && row.at < to), ({ at }) => at - (at % period))]
    .sort(([a], [b]) => a - b)
    .map(([start, within]): Samples => {
      if (within.some(({ set, value }) => set || value < 0)) return [start, undefined]
      return [start, within.flatMap(({ value, weight = 1 }) => Array<number>(weight).fill(value)).sort((a, b) => a - b)]
    }))
const write = async (tables: MetricTables, rows: readonly Row[], token: string): Promise<void> => {
  const ordered = rows.toSorted((a, b) => a.place - b.place || a.at - b.at)
  await tables.writePoints(60, pointBlock(...ordered.filter(({ set }) => !set).map(({ place, at, value, weight = 1 }) => [SERIES[place]!, at, value, weight] as const)), token)
  await tables.writeSets(60, setBlock(...ordered.filter(({ set }) => set).map(({ place, at, value }) => [SERIES[place]!, at, 2, 2 * value + 1, value, value + 1] as const)), token)
}
const sumUpAll = async (tables: MetricTables): Promise<number> => {
  let stretches = 0
  while (await tables.sumUp(epochSeconds(clock.now() / 1000))) stretches++
  return stretches
}
/** Makes it visible what is answered from sums: there nobody writes but the tables themselves. */
const falsify = (from: number, to: number): Promise<void> =>
  real.command(`INSERT INTO ${SUMS_300.name} (series, ts, count, sum) SELECT 1, toDateTime(${from} + number * 300, 'UTC'), 0, 1000 FROM numbers(${(to - from) / 300})`)

test('closed hours are answered from their sums, everything else from points', async () => {
  const tables = await MetricTables.open(telemetry, clock)
  const rows = Array.from({ length: 20 * 60 }, (_, minute): Row => ({ place: 0, at: NOON - 20 * HOUR + minute * 60, value: minute % 7, set: minute % 11 === 0 }))
  await write(tables, rows, 'a')
  expect(await sumUpAll(tables)).toBe(2)
  await falsify(NOON - 20 * HOUR, NOON - 2 * HOUR)
  const [found] = await readOf(tables, NOON - 20 * HOUR, NOON, 300)
  const [expected] = expectedOf(rows, NOON - 20 * HOUR, NOON, 300)
  expect(found!.map(([, , sum], index) => sum - expected![index]![2])).toEqual(expected!.map(([start]) => (start < NOON - 2 * HOUR ? 1000 : 0)))
  // Finer ones, and those that begin elsewhere, cannot be answered from sums.
  expect(await readOf(tables, NOON - 20 * HOUR, NOON, 60)).toEqual(expectedOf(rows, NOON - 20 * HOUR, NOON, 60))
  const [shifted] = await readOf(tables, NOON - 20 * HOUR + 60, NOON - 7 * HOUR - 60, 300)
  expect(shifted!.at(0)).toEqual(expectedOf(rows, NOON - 20 * HOUR + 60, NOON, 300)[0]!.at(0))
  expect(shifted!.at(-1)).toEqual(expectedOf(rows, NOON - 20 * HOUR, NOON - 7 * HOUR - 60, 300)[0]!.at(-1))
})

test('closed hours keep their samples, exact, whatever they look like', async () => {
  const tables = await MetricTables.open(telemetry, clock)
  const columns: readonly (readonly (readonly [value: number, weight: number])[])[] = [
    [[0, 1]], [[7, 1], [7, 1], [3, 1]], [[12.34, 1], [0.1, 1], [99.99, 1]], [[0.1 + 0.2, 1], [1e-9, 1]], [[1e-4, 1], [123456.789, 1]], [[1e20, 1], [5, 1]],
    [[4_294_967_296, 1], [0, 1]], [[4_294_967_295, 1], [0, 1]], [[1.005, 2], [0.3, 1]], [[Math.PI, 1.5], [Math.E, 1]], [[-0.01, 1], [5, 1]], [[2 ** 360, 1], [2 ** -360, 1]],
  ]
  const start = NOON - 5 * HOUR
  const rows = columns.flatMap((samples, column) => samples.map(([value, weight], minute) => [SERIES[1]!, start + column * 300 + minute * 60, value, weight] as const))
  await tables.writePoints(60, pointBlock(...rows), 'a')
  const read = { series: SERIES, start: epochSeconds(start), end: epochSeconds(start + 2 * HOUR), origin: epochSeconds(0), samples: true }
  const answers = async () => {
    const periods = [seconds(300), seconds(900), seconds(HOUR)].map(period => tables.buckets({ ...read, period }))
    // The order of addition may differ.
    return (await Promise.all(periods)).map(buckets => buckets.get(SERIES[1]!)?.map(({ sum, ...rest }) => ({ ...rest, sum: Number(sum.toPrecision(14)) })))
  }
  const fromPoints = await answers()
  expect(fromPoints.map(buckets => buckets?.length)).toEqual([12, 4, 1])
  await sumUpAll(tables)
  await real.command(`TRUNCATE TABLE ${POINTS_60.name}`)
  expect(await answers()).toEqual(fromPoints)
})

test('an hour with late data is answered from points until its day is quiet, then from sums again', async () => {
  const tables = await MetricTables.open(telemetry, clock)
  const rows: Row[] = [5, 6, 7].map(hours => ({ place: 0, at: NOON - hours * HOUR, value: hours, set: false }))
  await write(tables, rows, 'a')
  await sumUpAll(tables)
  const late: Row = { place: 0, at: NOON - 6 * HOUR + 60, value: 50, set: false }
  await write(tables, [late], 'b')
  const all = expectedOf([...rows, late], NOON - 8 * HOUR, NOON, HOUR)
  for (const one of [tables, await MetricTables.open(telemetry, clock)]) expect(await readOf(one, NOON - 8 * HOUR, NOON, HOUR)).toEqual(all)
  expect(await sumUpAll(tables)).toBe(0)
  moveTo(NOON + HOUR)
  expect(await sumUpAll(tables)).toBe(1)
  await falsify(NOON - 6 * HOUR, NOON - 5 * HOUR)
  const found = await readOf(tables, NOON - 8 * HOUR, NOON, HOUR)
  expect(found[0]!.map(([, , sum], index) => sum - all[0]![index]![2])).toEqual([0, 12_000, 0])
})

test('days that are rolled up are not in two places', async () => {
  const tables = await MetricTables.open(telemetry, clock)
  const rows: Row[] = [1, 5].map(hours => ({ place: 1, at: NOON - hours * HOUR, value: hours, set: hours === 1 }))
  await write(tables, rows, 'a')
  moveTo(NOON + DAY)
  await sumUpAll(tables)
  for (const later of [14 * DAY, 15 * DAY + HOUR, 16 * DAY, 17 * DAY]) {
    moveTo(NOON + later)
    await tables.rollUp(epochSeconds(NOON + later))
    await sumUpAll(tables)
    expect(await readOf(tables, NOON - 8 * HOUR, NOON, HOUR)).toEqual(expectedOf(rows, NOON - 8 * HOUR, NOON, HOUR))
  }
  const [left] = await real.query<{ readonly n: string }>('quick', `SELECT count() AS n FROM ${SUMS_300.name} WHERE ts < toDateTime(${NOON + DAY}, 'UTC') AND series != 0`)
  expect(left!.n).toBe('0')
})

/** Whole numbers, few decimals and many, so that sums of them are exact. */
const value = fc.oneof(fc.integer({ min: -3, max: 99 }), fc.integer({ min: 0, max: 99 }).map(eighths => eighths / 8), fc.integer({ min: 0, max: 99 }).map(parts => parts / 1024))
const row = fc.record({
  place: fc.integer({ min: 0, max: 2 }), ago: fc.integer({ min: 0, max: 2 * 24 * 60 }), value, set: fc.boolean(), weight: fc.constantFrom(1, 1, 3),
})
const rowsOf = fc.array(row, { minLength: 1, maxLength: 6 })
const when = fc.constantFrom<keyof Around>('before', 'after')
const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('write'), rows: rowsOf }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('sum up') }) },
  fc.record({ kind: fc.constant('pass'), minutes: fc.integer({ min: 1, max: 300 }) }),
  fc.record({ kind: fc.constant('start anew') }),
  // Written or not: the writer does not know, repeats it, and does not do so at once.
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('write doubtfully'), rows: rowsOf, at: fc.integer({ min: 1, max: 3 }), when, meanwhile: fc.boolean(), anew: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('break off'), at: fc.integer({ min: 1, max: 7 }), when, anew: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('write beside'), rows: rowsOf, at: fc.integer({ min: 1, max: 6 }), when }) },
)

test('sums are never anything else than what the points add up to', { timeout: 120_000 }, async () => {
  await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 10 }), async steps => {
    await emptied()
    let tables = await MetricTables.open(telemetry, clock)
    let now = NOON
    const rows: Row[] = []
    const made = (given: readonly (Omit<Row, 'at'> & { readonly ago: number })[]): readonly Row[] =>
      given.map(({ ago, ...rest }) => ({ ...rest, at: now - (now % 60) - ago * 60 }))
    const anew = async (): Promise<void> => {
      around = UNDISTURBED
      tables = await MetricTables.open(telemetry, clock)
    }
    for (const [number, taken] of steps.entries()) {
      const token = `${number}`
      if (taken.kind === 'pass') moveTo(now += taken.minutes * 60)
      if (taken.kind === 'start anew') await anew()
      if (taken.kind === 'sum up') await tables.sumUp(epochSeconds(now))
      if (taken.kind === 'write') {
        const fresh = made(taken.rows)
        await write(tables, fresh, token)
        rows.push(...fresh)
      }
      if (taken.kind === 'write doubtfully') {
        const fresh = made(taken.rows)
        around = cutOff(taken.at, taken.when)
        await write(tables, fresh, token).catch((error: unknown) => expect(String(error)).toContain('cut off'))
        around = UNDISTURBED
        if (taken.anew) await anew()
        if (taken.meanwhile) await tables.sumUp(epochSeconds(now))
        await write(tables, fresh, token)
        rows.push(...fresh)
      }
      if (taken.kind === 'break off') {
        around = cutOff(taken.at, taken.when)
        await tables.sumUp(epochSeconds(now)).catch((error: unknown) => expect(String(error)).toContain('cut off'))
        around = UNDISTURBED
        if (taken.anew) await anew()
      }
      if (taken.kind === 'write beside') {
        const fresh = made(taken.rows)
        let statements = 0
        let writing: Promise<void> | undefined
        around = { ...UNDISTURBED, [taken.when]: async (sql: string) => {
          if (writing !== undefined || ++statements !== taken.at) return
          writing = write(tables, fresh, token)
          // What stands alone lets nobody write meanwhile.
          if (!sql.startsWith('ALTER')) await writing
        } }
        await tables.sumUp(epochSeconds(now))
        around = UNDISTURBED
        await (writing ?? write(tables, fresh, token))
        rows.push(...fresh)
      }
      for (const period of [300, HOUR]) {
        expect(await readOf(tables, now - 3 * DAY, now + HOUR, period)).toEqual(expectedOf(rows, now - 3 * DAY, now + HOUR, period))
        expect(await samplesOf(tables, now - 3 * DAY, now + HOUR, period)).toEqual(samplesExpected(rows, now - 3 * DAY, now + HOUR, period))
      }
    }
  }), { numRuns: 6, endOnFailure: true })
})
