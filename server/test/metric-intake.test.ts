import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { seededEntropy } from '../src/base/entropy.ts'
import { silentLog } from '../src/base/log.ts'
import { ManualClock } from '../src/base/manual-clock.ts'
import { accountId, region } from '../src/base/tenancy.ts'
import { epochMillis, epochSeconds, millis, seconds } from '../src/base/time.ts'
import { putMetricDataDecoder } from '../src/ingest/put-metric-data/decode.ts'
import { decodePutMetricData } from '../src/server/aws/put-metric-data-door.ts'
import { Head } from '../src/store/head/head.ts'
import { SeriesIndex } from '../src/store/head/series-index.ts'
import { CombinedReads } from '../src/store/intake/combined-reads.ts'
import { MetricIntake } from '../src/store/intake/metric-intake.ts'
import { Journal } from '../src/store/journal/journal.ts'
import { MemoryFiles } from '../src/store/journal/memory-files.ts'
import { MemoryMarks } from './memory-marks.ts'
import { bucketsOf, MemoryDisk, MemoryTables, type PlainRow } from './memory-tables.ts'
import { jsonBody } from './put-metric-data-bodies.ts'

const tenant = { account: accountId('111122223333'), region: region('eu-west-1') }
const START = Date.UTC(2026, 10, 21, 9, 30, 20)
const MINUTE = Date.UTC(2026, 10, 21, 9, 30) / 1000

/** Every opening has chance of its own, as every process does. */
let openings = 0

const open = async (files: MemoryFiles, disk: MemoryDisk, clock: ManualClock, headBytes?: number, once = new MemoryMarks()) => {
  const tables = new MemoryTables(disk)
  const entropy = seededEntropy(++openings)
  const journal = await Journal.open({ files, entropy, log: silentLog, segmentBytes: 2000 })
  const index = new SeriesIndex()
  const head = new Head(index, clock.now(), headBytes)
  const decode = putMetricDataDecoder(index, decodePutMetricData, entropy)
  const intake = await MetricIntake.open({ journal, index, head, tables, decode, once, clock, entropy, log: silentLog })
  const put = (name: string, value: number, at: number = clock.now(), resolution: 1 | 60 = 60) =>
    intake.accept({
      tenant,
      protocol: 'json',
      encoding: 'identity',
      body: jsonBody({ Namespace: 'App', MetricData: [{ MetricName: name, Value: value, Timestamp: new Date(at), StorageResolution: resolution }] }),
      receivedAt: clock.now(),
    })
  const reads = new CombinedReads(index, head, tables, intake.writer)
  const read = async (name: string, from: number, to: number, period: number, samples = false, origin = 0) => {
    const found = await reads.read({
      tenant, metric: { namespace: 'App', name, dimensions: [] }, unit: undefined, start: epochSeconds(from), end: epochSeconds(to),
      period: seconds(period), origin: epochSeconds(origin), samples,
    })
    return found.map(({ unit, buckets }) => ({ unit, buckets }))
  }
  /** Sums of several metrics, added up as a query across them would. */
  const sums = async (names: readonly string[], start: number, period: number, slots: number) => {
    const found = new Map<string, { count: number; sum: number; minimum: number; maximum: number }>()
    const query = {
      tenant, metrics: names.map(name => ({ namespace: 'App', name, dimensions: [] })), start: epochSeconds(start), period: seconds(period), slots,
    }
    await reads.sumMany(query, {
      add(metric, slot, count, sum, minimum, maximum) {
        const key = `${names[metric]} ${start + slot * period}`
        const before = found.get(key) ?? { count: 0, sum: 0, minimum: Infinity, maximum: -Infinity }
        found.set(key, {
          count: before.count + count, sum: before.sum + sum,
          minimum: Math.min(before.minimum, minimum), maximum: Math.max(before.maximum, maximum),
        })
      },
    })
    return found
  }
  return { tables, journal, index, head, intake, put, read, sums, clock, reads }
}

const fresh = () => open(new MemoryFiles(), new MemoryDisk(), new ManualClock(epochMillis(START)))

describe('MetricIntake', () => {
  test('what is answered can be read at once, and is in the store a second later', async () => {
    const disk = new MemoryDisk()
    const { put, read, clock } = await open(new MemoryFiles(), disk, new ManualClock(epochMillis(START)))
    await put('cpu', 3, START + 60_000)
    await put('cpu', 5, START + 60_000)
    expect(await read('cpu', MINUTE, MINUTE + 120, 60)).toEqual([
      { unit: 'None', buckets: [{ start: MINUTE + 60, count: 2, sum: 8, minimum: 3, maximum: 5 }] },
    ])
    expect(disk.points).toEqual([])
    await clock.advance(millis(1000))
    expect(disk.points).toMatchObject([{ seconds: MINUTE + 60, value: 3, count: 1 }, { seconds: MINUTE + 60, value: 5, count: 1 }])
    expect([...disk.series.values()]).toMatchObject([{ account: '111122223333', region: 'eu-west-1', metric: { namespace: 'App', name: 'cpu' }, unit: 'None' }])
  })

  test('equal values of a minute become one row', async () => {
    const disk = new MemoryDisk()
    const { put, intake } = await open(new MemoryFiles(), disk, new ManualClock(epochMillis(START)))
    for (const value of [7, 3, 7, 7]) await put('cpu', value)
    await intake.writer.flush()
    expect(disk.points.map(({ value, count }) => [value, count])).toEqual([[3, 1], [7, 3]])
  })

  test('a refused request leaves no trace', async () => {
    const files = new MemoryFiles()
    const { put, read, intake, index } = await open(files, new MemoryDisk(), new ManualClock(epochMillis(START)))
    await put('cpu', 1, START + 60_000)
    files.failNext('write', 'ENOSPC')
    await expect(put('cpu', 2, START + 60_000)).rejects.toMatchObject({ name: 'DiskFull' })
    const body = jsonBody({ Namespace: 'Secret', MetricData: [{ MetricName: 'cpu', Value: 1 }] })
    const request = { tenant, protocol: 'json', encoding: 'identity', body, receivedAt: epochMillis(START) } as const
    const refuse = (namespace: string): void => {
      throw new Error(`no access to ${namespace}`)
    }
    const known = index.size
    await expect(intake.accept(request, refuse)).rejects.toThrow('no access to Secret')
    expect(index.size).toBe(known)
    expect((await read('cpu', MINUTE, MINUTE + 120, 60))[0]?.buckets).toMatchObject([{ count: 1, sum: 1 }])
    const filter = { tenant, namespace: undefined, name: undefined, dimensions: [], since: epochMillis(0) }
    expect((await index.list(filter)).map(({ namespace }) => namespace)).toEqual(['App'])
    await put('cpu', 4, START + 60_000)
    expect((await read('cpu', MINUTE, MINUTE + 120, 60))[0]?.buckets).toMatchObject([{ count: 2, sum: 5 }])
  })

  test('while the store is away everything is accepted and readable; when it is back, everything is written once', async () => {
    const disk = new MemoryDisk()
    const { put, read, tables, clock } = await open(new MemoryFiles(), disk, new ManualClock(epochMillis(START)))
    tables.failures.push('before', 'after', 'before', 'after', 'after')
    for (let round = 0; round < 10; round++) {
      await put('cpu', round, START + 60_000)
      await clock.advance(millis(700))
    }
    expect((await read('cpu', MINUTE, MINUTE + 180, 60))[0]?.buckets).toMatchObject([{ count: 10, sum: 45 }])
    await clock.advance(millis(60_000))
    expect(disk.points.map(({ value }) => value).sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
  })

  test('the journal is let go of once its records are stored', async () => {
    const files = new MemoryFiles()
    const { put, clock, journal } = await open(files, new MemoryDisk(), new ManualClock(epochMillis(START)))
    for (let round = 0; round < 200; round++) await put(`metric-${round}`, round)
    const full = journal.size
    await clock.advance(millis(2000))
    await put('last', 1)
    await clock.advance(millis(2000))
    expect(journal.size).toBeLessThan(full / 5)
  })

  test('late rows that wait for the store are seen by reads below the head', async () => {
    const { put, read } = await fresh()
    await put('cpu', 2, START - 86_400_000)
    const day = MINUTE - 86_400
    expect((await read('cpu', day - 60, day + 60, 60))[0]?.buckets).toMatchObject([{ start: day, count: 1, sum: 2 }])
  })

  test('high-resolution points that are older than three hours are kept by the minute', async () => {
    const disk = new MemoryDisk()
    const { put, intake } = await open(new MemoryFiles(), disk, new ManualClock(epochMillis(START)))
    await put('cpu', 1, START - 3 * 3_600_000 - 1000, 1)
    await put('cpu', 2, START - 3 * 3_600_000 + 1000, 1)
    await intake.writer.flush()
    expect(disk.points.map(({ value, resolution, seconds: at }) => `${value}: ${resolution} ${at % 60}`).sort()).toEqual(['1: 60 0', '2: 1 21'])
  })
})

describe('crashes', () => {
  /** A put of some value, a step of the clock, a failure of the store, or a crash after which everything is opened again. */
  const step = fc.oneof(
    { weight: 6, arbitrary: fc.record({ kind: fc.constant('put' as const), metric: fc.constantFrom('a', 'b'), value: fc.integer({ min: 0, max: 4 }), ago: fc.constantFrom(-90, 0, 30, 4000, 90_000) }) },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('wait' as const), millis: fc.constantFrom(1, 500, 1100, 70_000) }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('fail' as const), how: fc.constantFrom('before' as const, 'after' as const) }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('crash' as const), tear: fc.nat(60) }) },
  )

  test('at any moment: all that was answered is there exactly once, in the store and in every read', async () => {
    await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 40 }), async steps => {
      const clock = new ManualClock(epochMillis(START))
      const disk = new MemoryDisk()
      let files = new MemoryFiles()
      let house = await open(files, disk, clock)
      const answered: (PlainRow & { readonly metric: string })[] = []
      for (const one of [...steps, { kind: 'crash' as const, tear: 3 }]) {
        if (one.kind === 'put') {
          const at = clock.now() - one.ago * 1000
          await house.put(one.metric, one.value, at)
          answered.push({ metric: one.metric, seconds: Math.floor(at / 60_000) * 60, value: one.value, count: 1, sum: one.value, minimum: one.value, maximum: one.value })
        } else if (one.kind === 'wait') await clock.advance(millis(one.millis))
        else if (one.kind === 'fail') house.tables.failures.push(one.how)
        else {
          house.tables.killed = true
          files = files.copy()
          // Half a record that was being written when the power went.
          const newest = [...files.content.keys()].sort().at(-1)
          if (newest !== undefined) files.content.set(newest, Buffer.concat([files.content.get(newest)!, Buffer.alloc(one.tear, 7)]))
          house = await open(files, disk, clock)
        }
      }
      const stored = disk.points.flatMap(({ series, seconds: at, value, count }) =>
        Array.from({ length: count }, () => `${disk.series.get(series)!.metric.name} ${at} ${value}`))
      expect(stored.sort()).toEqual(answered.map(({ metric, seconds: at, value }) => `${metric} ${at} ${value}`).sort())
      for (const [period, samples] of [[60, false], [300, true], [86_400, true]] as const) {
        for (const metric of ['a', 'b']) {
          const expected = bucketsOf(answered.filter(row => row.metric === metric), { origin: 0, period, samples })
          const [unit] = await house.read(metric, MINUTE - 200_000, MINUTE + 8 * 3600, period, samples)
          expect(unit?.buckets ?? []).toEqual(expected)
        }
      }
    }), { numRuns: 150 })
  })
})

/** The sums of units as columns are those of the buckets, whatever of them is asked for. */
const expectSameColumns = async (reads: CombinedReads, from: number, to: number, length: number): Promise<void> => {
  const [start, end, period] = [epochSeconds(from), epochSeconds(to), seconds(length)]
  const metrics = ['other', 'm', 'm'].map(name => ({ namespace: 'App', name, dimensions: [] }))
  for (const unit of [undefined, 'Seconds', 'Count'] as const) {
    const query = { tenant, metrics, unit, start, end, period }
    const buckets = await reads.readMany({ ...query, origin: start, samples: false })
    for (const wanted of [['sum', 'minimum', 'maximum'], ['sum'], ['minimum'], ['maximum'], []] as const) {
      const columns = await reads.unitSums({ ...query, wanted: new Set(wanted) })
      const listed = columns.map(units => units.map(found => ({
        unit: found.unit,
        buckets: Array.from(found.count, (count, slot) => ({
          start: from + slot * length, count, ...Object.fromEntries(wanted.map(name => [name, found[name][slot]])),
        })).filter(({ count }) => count > 0),
      })))
      expect(listed).toEqual(buckets.map(units => units.map(found => ({
        unit: found.unit,
        buckets: found.buckets.map(bucket => ({ start: bucket.start, count: bucket.count, ...Object.fromEntries(wanted.map(name => [name, bucket[name]])) })),
      }))))
    }
  }
}

describe('CombinedReads', () => {
  test('read many metrics with one question to the store, each apart and in their order', async () => {
    const { put, reads, tables, intake } = await fresh()
    const day = START - 86_400_000
    for (const [name, value] of [['a', 1], ['b', 2], ['a', 4]] as const) await put(name, value, day)
    for (const [name, value] of [['b', 8], ['c', 16]] as const) await put(name, value, START + 60_000)
    await intake.writer.flush()
    let asked = 0
    const buckets = tables.buckets.bind(tables)
    tables.buckets = read => {
      asked++
      return buckets(read)
    }
    const metrics = ['c', 'nobody', 'b', 'a'].map(name => ({ namespace: 'App', name, dimensions: [] }))
    const range = { start: epochSeconds(MINUTE - 86_400), end: epochSeconds(MINUTE + 120), period: seconds(60), origin: epochSeconds(0) }
    const answers = await reads.readMany({ tenant, metrics, unit: undefined, ...range, samples: false })
    expect(answers.map(units => units.flatMap(unit => unit.buckets.map(({ start, sum }) => [start - MINUTE, sum])))).toEqual([
      [[60, 16]], [], [[-86_400, 2], [60, 8]], [[-86_400, 5]],
    ])
    expect(asked).toBe(1)
    const stranger = { account: accountId('999999999999'), region: tenant.region }
    expect((await reads.readMany({ tenant: stranger, metrics, unit: undefined, ...range, samples: false })).flat()).toEqual([])
  })

  test('agree with the definition across the head\'s edge, whatever the head has let go of', async () => {
    const point = fc.record({ ago: fc.integer({ min: -600, max: 14_000 }), value: fc.integer({ min: -1, max: 5 }), resolution: fc.constantFrom(1 as const, 60 as const) })
    const query = fc.record({ period: fc.constantFrom(1, 10, 60, 300, 3600), from: fc.integer({ min: 0, max: 14_000 }), length: fc.integer({ min: 60, max: 15_000 }), offset: fc.nat(59), samples: fc.boolean() })
    await fc.assert(fc.asyncProperty(fc.array(point, { maxLength: 60 }), fc.array(query, { maxLength: 4 }), fc.constantFrom(1, 3000, 1e9), fc.boolean(), async (points, queries, headBytes, late) => {
      const clock = new ManualClock(epochMillis(START - 3 * 3_600_000))
      const house = await open(new MemoryFiles(), new MemoryDisk(), clock, headBytes)
      const rows: PlainRow[] = []
      await clock.advance(millis(3 * 3_600_000))
      for (const { ago, value, resolution } of points) {
        const at = START - ago * 1000
        await house.put('m', value, at, resolution)
        const kept = resolution === 1 && ago <= 10_800 ? Math.floor(at / 1000) : Math.floor(at / 60_000) * 60
        rows.push({ seconds: kept, value, count: 1, sum: value, minimum: value, maximum: value })
      }
      // The head is measured and shrunk when it moves on.
      if (late) await clock.advance(millis(61_000))
      for (const { period, from, length, offset, samples } of queries) {
        const end = MINUTE + 660 - from + length
        const start = end - length
        const expected = bucketsOf(rows.filter(row => row.seconds >= start && row.seconds < end), { origin: offset, period, samples })
        const [unit] = await house.read('m', start, end, period, samples, offset)
        expect(unit?.buckets ?? []).toEqual(expected)
        await expectSameColumns(house.reads, start, end, period)
        const slots = Math.ceil(length / period)
        const whole = bucketsOf(rows.filter(row => row.seconds >= start && row.seconds < start + slots * period), { origin: start, period, samples: false })
        expect(await house.sums(['other', 'm'], start, period, slots)).toEqual(
          new Map(whole.map(({ start: at, ...sums }) => [`m ${at}`, sums])),
        )
      }
    }), {
      numRuns: 150,
      examples: [
        // A minute that is cut by a bucket's edge shows the newer bucket first; a later minute adds to it.
        [
          [{ ago: 861, value: 0, resolution: 60 }, { ago: 596, value: 0, resolution: 1 }, { ago: 861, value: 0, resolution: 1 }],
          [{ period: 300, from: 1560, length: 325, offset: 25, samples: false }],
          1,
          false,
        ],
      ],
    })
  })

  test('columns of sums are the buckets, with units, statistic sets and late data', async () => {
    const datum = fc.record({
      ago: fc.integer({ min: -300, max: 14_000 }), unit: fc.constantFrom('Seconds', 'Count'), resolution: fc.constantFrom(1 as const, 60 as const),
      low: fc.integer({ min: -4, max: 9 }), high: fc.integer({ min: 0, max: 9 }), set: fc.boolean(),
    })
    const query = fc.record({ period: fc.constantFrom(1, 10, 60, 300, 3600), from: fc.integer({ min: 0, max: 14_000 }), length: fc.integer({ min: 1, max: 15_000 }), whole: fc.boolean() })
    await fc.assert(fc.asyncProperty(fc.array(datum, { maxLength: 30 }), fc.array(query, { maxLength: 2 }), fc.constantFrom(1, 3000, 1e9), fc.boolean(), async (data, queries, headBytes, late) => {
      const clock = new ManualClock(epochMillis(START - 3 * 3_600_000))
      const house = await open(new MemoryFiles(), new MemoryDisk(), clock, headBytes)
      await clock.advance(millis(3 * 3_600_000))
      for (const [index, { ago, unit, resolution, low, high, set }] of data.entries()) {
        const sample = set ? { StatisticValues: { SampleCount: 3, Sum: low * 2 + low + high, Minimum: low, Maximum: low + high } } : { Value: low }
        const body = jsonBody({ Namespace: 'App', MetricData: [{ MetricName: 'm', Unit: unit, ...sample, Timestamp: new Date(START - ago * 1000), StorageResolution: resolution }] })
        await house.intake.accept({ tenant, protocol: 'json', encoding: 'identity', body, receivedAt: clock.now() })
        if (late && index === data.length >> 1) await clock.advance(millis(61_000))
      }
      for (const { period, from, length, whole } of queries) {
        const start = MINUTE + 660 - from
        const begin = whole ? Math.floor(start / period) * period : start - length
        await expectSameColumns(house.reads, begin, begin + length, period)
      }
    }), { numRuns: 100 })
  })
})
