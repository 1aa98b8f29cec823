import { describe, expect, test } from 'vitest'
import { accountId, region } from '../../base/tenancy.ts'
import { epochMillis, epochSeconds, seconds } from '../../base/time.ts'
import { MetricColumns } from '../../model/metric-columns.ts'
import { windowSlots } from '../../model/metric-window.ts'
import type { MetricIdentity, Unit } from '../../model/metric.ts'
import { Head } from './head.ts'
import { SeriesIndex } from './series-index.ts'

const tenant = { account: accountId('111122223333'), region: region('eu-west-1') }
const T = Date.UTC(2026, 10, 21, 9, 0) / 1000
const cpu: MetricIdentity = { namespace: 'App', name: 'cpu', dimensions: [] }

type Row = readonly [seconds: number, value: number, count?: number, unit?: Unit]

const headWith = (rows: readonly Row[], maxBytes?: number) => {
  const index = new SeriesIndex()
  const head = new Head(index, epochMillis(T * 1000), maxBytes)
  const columns = new MetricColumns()
  for (const [at, value, count = 1, unit = 'None'] of rows) columns.addPoint(index.number(tenant, cpu, unit), T + at, 1, value, count)
  head.apply(columns)
  const read = (start: number, period: number, slots: number, unit?: Unit) => {
    const out = windowSlots(slots)
    const filled = head.read(head.open(tenant, cpu, unit), epochSeconds(T + start), seconds(period), slots, out)
    return { filled, slots: Array.from({ length: slots }, (_, slot) => [out.count[slot], out.sum[slot], out.minimum[slot], out.maximum[slot]]) }
  }
  return { index, head, columns, read }
}

describe('windows', () => {
  test('of minutes, also several together', () => {
    const { read } = headWith([[0, 5], [59, 7], [60, 1, 3], [180, 2]])
    expect(read(0, 60, 4)).toEqual({ filled: 3, slots: [[2, 12, 5, 7], [3, 3, 1, 1], [0, 0, 0, 0], [1, 2, 2, 2]] })
    expect(read(0, 120, 2)).toEqual({ filled: 2, slots: [[5, 15, 1, 7], [1, 2, 2, 2]] })
  })

  test('below a minute, and between minutes', () => {
    const { read } = headWith([[0, 5], [9, 1], [10, 7], [70, 3]])
    expect(read(0, 10, 3).slots).toEqual([[2, 6, 1, 5], [1, 7, 7, 7], [0, 0, 0, 0]])
    expect(read(10, 60, 2).slots).toEqual([[1, 7, 7, 7], [1, 3, 3, 3]])
  })

  test('without a unit: the alphabetically first one that has data in the window', () => {
    const { read } = headWith([[0, 5, 1, 'Seconds'], [0, 9, 1, 'Count'], [60, 6, 1, 'Seconds']])
    expect(read(0, 60, 2)).toMatchObject({ filled: 1, slots: [[1, 9, 9, 9], [0, 0, 0, 0]] })
    expect(read(60, 60, 1).slots).toEqual([[1, 6, 6, 6]])
    expect(read(0, 60, 2, 'Seconds').slots).toEqual([[1, 5, 5, 5], [1, 6, 6, 6]])
    expect(read(0, 60, 2, 'Bytes').filled).toBe(0)
  })

  test('opened before the metric or its unit exists', () => {
    const { head, index, columns } = headWith([])
    const [any, bytes] = [head.open(tenant, cpu, undefined), head.open(tenant, cpu, 'Bytes')]
    const out = windowSlots(1)
    expect(head.read(any, epochSeconds(T), seconds(60), 1, out)).toBe(0)
    columns.clear()
    columns.addPoint(index.number(tenant, cpu, 'Count'), T, 60, 4, 1)
    head.apply(columns)
    expect(head.read(any, epochSeconds(T), seconds(60), 1, out)).toBe(1)
    expect(head.read(bytes, epochSeconds(T), seconds(60), 1, out)).toBe(0)
    columns.clear()
    columns.addPoint(index.number(tenant, cpu, 'Bytes'), T, 60, 4, 1)
    head.apply(columns)
    expect(head.read(bytes, epochSeconds(T), seconds(60), 1, out)).toBe(1)
  })

  test('samples are folded and ascending; negative ones and opaque sets have none', () => {
    const { head, index, columns } = headWith([[0, 5], [1, 2], [2, 5], [3, 2, 4], [60, -1], [61, 3]])
    const handle = head.open(tenant, cpu, undefined)
    const samples = head.samples(handle, epochSeconds(T), seconds(60))
    expect([...samples!.values]).toEqual([2, 5])
    expect([...samples!.weights]).toEqual([5, 2])
    expect(head.samples(handle, epochSeconds(T + 60), seconds(60))).toBeUndefined()
    columns.clear()
    columns.addSet(index.number(tenant, cpu, 'None'), T, 60, 2, 3, 1, 2)
    head.apply(columns)
    expect(head.samples(handle, epochSeconds(T), seconds(60))).toBeUndefined()
    expect(head.samples(handle, epochSeconds(T), seconds(1))).toBeUndefined()
    expect(head.samples(handle, epochSeconds(T + 1), seconds(1))?.values).toEqual(Float64Array.of(2))
  })
})

describe('bounds', () => {
  const many = (series: number, minutes: number, perMinute: number, maxBytes?: number) => {
    const index = new SeriesIndex()
    const head = new Head(index, epochMillis(T * 1000), maxBytes)
    const columns = new MetricColumns()
    for (let minute = 0; minute < minutes; minute++) {
      columns.clear()
      for (let number = 0; number < series; number++) {
        const metric = { namespace: 'App', name: `m${number}`, dimensions: [] }
        for (let point = 0; point < perMinute; point++) columns.addPoint(index.number(tenant, metric, 'None'), T + minute * 60 + point, 1, number + point, 1)
      }
      head.apply(columns)
      head.advance(epochMillis((T + minute * 60 + 59) * 1000))
    }
    return head
  }

  test('10,000 series with a value a minute for three hours take well under 100 MB', () => {
    const head = many(10_000, 180, 1)
    expect(head.from).toBe(T)
    expect(head.bytes).toBeLessThan(60_000_000)
  })

  test('over its bound, single samples go first and sums stay; then the oldest minutes go', () => {
    const samplesGone = many(50, 20, 40, 500_000)
    expect(samplesGone.bytes).toBeLessThanOrEqual(500_000)
    expect(samplesGone.from).toBe(T)
    expect(samplesGone.detailedFrom).toBeGreaterThan(T)
    expect(samplesGone.covers(epochSeconds(T), seconds(60), false)).toBe(true)
    expect(samplesGone.covers(epochSeconds(T), seconds(10), false)).toBe(false)
    expect(samplesGone.covers(epochSeconds(T), seconds(60), true)).toBe(false)
    const minutesGone = many(50, 20, 40, 30_000)
    expect(minutesGone.bytes).toBeLessThanOrEqual(30_000)
    expect(minutesGone.from).toBeGreaterThan(T)
  })

  test('what is older than three hours is forgotten, and late data for it is passed over', () => {
    const { head, columns, read } = headWith([[0, 1]])
    head.advance(epochMillis((T + 3 * 3600 + 90) * 1000))
    expect(head.from).toBe(T + 60)
    head.apply(columns)
    expect(read(0, 60, 1).filled).toBe(0)
    expect(head.bytes).toBe(0)
  })

  test('a clock that was far ahead and came back: complete again behind what was let go of or passed over', () => {
    const { head, index, columns, read } = headWith([[0, 1]])
    head.advance(epochMillis((T + 86_400) * 1000))
    expect(head.from).toBe(T + 86_400 - 3 * 3600)
    head.advance(epochMillis(T * 1000))
    expect(head.from).toBe(T + 60)
    columns.clear()
    columns.addPoint(index.number(tenant, cpu, 'None'), T + 60, 60, 4, 1)
    head.apply(columns)
    expect(read(60, 60, 1).slots).toEqual([[1, 4, 4, 4]])
    head.advance(epochMillis((T + 86_400) * 1000))
    columns.clear()
    columns.addPoint(index.number(tenant, cpu, 'None'), T + 40_000, 60, 4, 1)
    head.apply(columns)
    head.advance(epochMillis(T * 1000))
    expect(head.from).toBe(Math.floor((T + 40_000) / 60) * 60 + 60)
  })
})
