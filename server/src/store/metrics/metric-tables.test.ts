import { describe, expect, test } from 'vitest'
import { ManualClock } from '../../base/manual-clock.ts'
import { accountId, region } from '../../base/tenancy.ts'
import { epochMillis, epochSeconds, seconds } from '../../base/time.ts'
import { scratchTelemetry } from '../telemetry/telemetry.test-support.ts'
import { MetricTables } from './metric-tables.ts'
import { pointBlock as points, setBlock as sets, type PointRow } from './point-block.test-support.ts'
import type { SeriesRow } from './point-block.ts'

const telemetry = await scratchTelemetry()
const NOW = Date.UTC(2026, 5, 15, 12, 30) / 1000
const clock = new ManualClock(epochMillis(NOW * 1000))
const tables = await MetricTables.open(telemetry, clock)

const read = async (series: bigint, from: number, to: number, period: number, samples = false, origin = 0) => {
  const range = { series: [series], start: epochSeconds(from), end: epochSeconds(to), period: seconds(period), origin: epochSeconds(origin) }
  const found = (await tables.buckets({ ...range, samples })).get(series) ?? []
  const sums = new Map<number, { start: number; count: number; sum: number; minimum: number; maximum: number }>()
  const wanted = new Set(['sum', 'minimum', 'maximum'] as const)
  await tables.sums({ ...range, wanted }, (_place, start, count, sum, minimum, maximum) => {
    const before = sums.get(start) ?? { start, count: 0, sum: 0, minimum: Infinity, maximum: -Infinity }
    sums.set(start, {
      start, count: before.count + count, sum: before.sum + sum,
      minimum: Math.min(before.minimum, minimum), maximum: Math.max(before.maximum, maximum),
    })
  })
  for (const aggregate of ['sum', 'minimum', 'maximum'] as const) {
    const asked = { ...range, wanted: new Set([aggregate]) }
    const parts = new Map<number, number>()
    const merge = { sum: (a = 0, b = 0) => a + b, minimum: (a = Infinity, b = 0) => Math.min(a, b), maximum: (a = -Infinity, b = 0) => Math.max(a, b) }
    await tables.sums(asked, (_place, start, _count, sum, minimum, maximum) =>
      void parts.set(start, merge[aggregate](parts.get(start), { sum, minimum, maximum }[aggregate])))
    expect([...parts].sort(([a], [b]) => a - b), `${aggregate} alone`).toEqual(found.map(bucket => [bucket.start, bucket[aggregate]]))
  }
  const basic = found.map(({ start, count, sum, minimum, maximum }) => ({ start, count, sum, minimum, maximum }))
  expect([...sums.values()].sort((a, b) => a.start - b.start), 'sums handed over as they come').toEqual(basic)
  return found.map(({ values, weights, ...rest }) => ({
    ...rest,
    ...(values === undefined ? {} : { values: Array.from(values), weights: Array.from(weights!) }),
  }))
}

describe('points', () => {
  const at = NOW - 7_200 - (NOW % 300)

  test('come back in buckets of any period and origin', async () => {
    await tables.writePoints(60, points([10n, at, 1], [10n, at + 60, 2, 3], [10n, at + 120, 4], [11n, at, 9]), 'a')
    expect(await read(10n, at, at + 300, 60)).toEqual([
      { start: at, count: 1, sum: 1, minimum: 1, maximum: 1 },
      { start: at + 60, count: 3, sum: 6, minimum: 2, maximum: 2 },
      { start: at + 120, count: 1, sum: 4, minimum: 4, maximum: 4 },
    ])
    expect(await read(10n, at, at + 300, 300)).toEqual([{ start: at, count: 5, sum: 11, minimum: 1, maximum: 4 }])
    expect(await read(10n, at, at + 300, 120, false, at + 60)).toEqual([
      { start: at - 60, count: 1, sum: 1, minimum: 1, maximum: 1 },
      { start: at + 60, count: 4, sum: 10, minimum: 2, maximum: 4 },
    ])
  })

  test('carry their samples in ascending order when asked for', async () => {
    await tables.writePoints(60, points([12n, at, 5, 2], [12n, at, 1.5], [12n, at + 60, 3]), 'b')
    expect(await read(12n, at, at + 300, 300, true)).toEqual([
      { start: at, count: 4, sum: 14.5, minimum: 1.5, maximum: 5, values: [1.5, 3, 5], weights: [1, 1, 2] },
    ])
  })

  test('of both resolutions are one metric, and only fine periods need the fine one', async () => {
    await tables.writePoints(1, points([13n, at + 3, 1], [13n, at + 14, 2]), 'c')
    await tables.writePoints(60, points([13n, at, 10]), 'c')
    expect(await read(13n, at, at + 60, 60, true)).toEqual([
      { start: at, count: 3, sum: 13, minimum: 1, maximum: 10, values: [1, 2, 10], weights: [1, 1, 1] },
    ])
    expect(await read(13n, at, at + 60, 10)).toEqual([
      { start: at, count: 2, sum: 11, minimum: 1, maximum: 10 },
      { start: at + 10, count: 1, sum: 2, minimum: 2, maximum: 2 },
    ])
  })

  test('with a negative sample or an unknown distribution give no samples', async () => {
    await tables.writePoints(60, points([14n, at, -1], [14n, at + 60, 4], [14n, at + 120, 5]), 'd')
    await tables.writeSets(60, sets([14n, at + 120, 2, 3, 1, 2]), 'd')
    expect(await read(14n, at, at + 180, 60, true)).toEqual([
      { start: at, count: 1, sum: -1, minimum: -1, maximum: -1 },
      { start: at + 60, count: 1, sum: 4, minimum: 4, maximum: 4, values: [4], weights: [1] },
      { start: at + 120, count: 3, sum: 8, minimum: 1, maximum: 5 },
    ])
  })

  test('are not answered in finer periods than their age allows', async () => {
    const old = NOW - 4 * 3_600 - (NOW % 60)
    await tables.writePoints(60, points([15n, old, 1]), 'e')
    expect(await read(15n, old - 60, NOW, 10)).toEqual([])
    expect(await read(15n, old - 60, NOW, 60)).toHaveLength(1)
    const older = NOW - 20 * 86_400 - (NOW % 300)
    await tables.writePoints(60, points([15n, older, 1]), 'f')
    expect(await read(15n, older, older + 60, 60)).toEqual([])
    expect(await read(15n, older, older + 60, 300)).toHaveLength(1)
  })
})

describe('a repeated write', () => {
  test('changes nothing, whichever of its partitions were there', async () => {
    const days = [0, 1, 2].map(day => NOW - 3 * 86_400 + day * 86_400 - (NOW % 60))
    const block = points(...days.map((at, day): PointRow => [20n, at, day]), [21n, days[1]!, 7])
    await tables.writePoints(60, block, 'several days')
    const count = async (): Promise<string> =>
      (await telemetry.query<{ n: string }>('quick', 'SELECT count() AS n FROM metric_points_60 WHERE series IN (20, 21)'))[0]!.n
    expect(await count()).toBe('4')
    await tables.writePoints(60, block, 'several days')
    expect(await count()).toBe('4')
    const day = new Date(days[1]! * 1000).toISOString().slice(0, 10)
    await telemetry.command(`ALTER TABLE metric_points_60 DROP PARTITION '${day}'`)
    expect(await count()).toBe('2')
    await tables.writePoints(60, block, 'several days')
    expect(await count()).toBe('4')
    await tables.writePoints(60, block, 'another token')
    expect(await count()).toBe('8')
  })
})

describe('series', () => {
  test('come back as they were, with the earliest and the latest time', async () => {
    const row: SeriesRow = {
      id: 2n ** 64n - 1n, account: accountId('000000000000'), region: region('us-east-1'), unit: 'Bytes/Second',
      metric: { namespace: 'a\'b', name: 'x\n\n\0\u00e9', dimensions: [{ name: 'd', value: '\\' }, { name: 'e', value: '' }] },
      firstSeen: epochSeconds(100), lastSeen: epochSeconds(200),
    }
    await tables.writeSeries([row, { ...row, id: 5n, metric: { ...row.metric, dimensions: [] } }], 's1')
    await tables.writeSeries([{ ...row, firstSeen: epochSeconds(150), lastSeen: epochSeconds(300) }], 's2')
    expect(await tables.loadSeries()).toEqual([
      { ...row, id: 5n, metric: { ...row.metric, dimensions: [] } },
      { ...row, lastSeen: epochSeconds(300) },
    ])
  })
})
