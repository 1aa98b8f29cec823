import { describe, expect, test } from 'vitest'
import { accountId, region } from '../../base/tenancy.ts'
import { epochMillis, epochSeconds } from '../../base/time.ts'
import type { MetricFilter, MetricIdentity } from '../../model/metric.ts'
import { SeriesIndex } from './series-index.ts'

const one = { account: accountId('111122223333'), region: region('eu-west-1') }
const other = { account: accountId('444455556666'), region: region('eu-west-1') }
const abroad = { ...one, region: region('us-east-1') }
const metric = (name: string, ...dimensions: readonly (readonly [string, string])[]): MetricIdentity => ({
  namespace: 'App', name, dimensions: dimensions.map(([key, value]) => ({ name: key, value })),
})
const filter = (rest: Partial<MetricFilter> = {}): MetricFilter =>
  ({ tenant: one, namespace: undefined, name: undefined, dimensions: [], since: epochMillis(1000), ...rest })

describe('SeriesIndex', () => {
  test('numbers series by tenant, metric and unit', () => {
    const index = new SeriesIndex()
    const numbers = [
      index.number(one, metric('a'), 'None'), index.number(one, metric('a'), 'Count'), index.number(other, metric('a'), 'None'),
      index.number(abroad, metric('a'), 'None'), index.number(one, metric('a', ['Host', 'x']), 'None'),
    ]
    expect(numbers).toEqual([0, 1, 2, 3, 4])
    expect(index.number(one, metric('a'), 'Count')).toBe(1)
    expect(new Set(numbers.map(number => index.id(number))).size).toBe(5)
    expect(index.find(one, 'App\u0001a')).toMatchObject({ units: ['Count', 'None'], series: [1, 0] })
  })

  test('lists metrics that match and have had data, in order; and nothing of another tenant', async () => {
    const index = new SeriesIndex()
    for (const [name, ...dimensions] of [['b', ['Host', 'x'], ['Zone', '1']], ['a'], ['b', ['Host', 'y']]] as const) {
      index.touch(index.number(one, metric(name, ...dimensions), 'None'), 100)
    }
    index.number(one, metric('silent'), 'None')
    index.touch(index.number(other, metric('secret'), 'None'), 100)
    const names = async (rest?: Partial<MetricFilter>) =>
      (await index.list(filter(rest))).map(({ name, dimensions }) => [name, ...dimensions.map(({ value }) => value)].join(' '))
    expect(await names()).toEqual(['a', 'b x 1', 'b y'])
    expect(await names({ name: 'b' })).toEqual(['b x 1', 'b y'])
    expect(await names({ dimensions: [{ name: 'Host', value: undefined }] })).toEqual(['b x 1', 'b y'])
    expect(await names({ dimensions: [{ name: 'Host', value: 'y' }] })).toEqual(['b y'])
    expect(await names({ namespace: 'Other' })).toEqual([])
    expect(await names({ since: epochMillis(101_000) })).toEqual([])
    index.touch(index.number(one, metric('aa'), 'None'), 100)
    expect(await names()).toEqual(['a', 'aa', 'b x 1', 'b y'])
  })

  test('tells the store of a series when it is new and when an hour has passed', () => {
    const index = new SeriesIndex()
    const number = index.number(one, metric('a'), 'None')
    index.touch(number, 10_000)
    expect(index.unpersisted()).toEqual([number])
    index.persisted([number])
    index.touch(number, 13_000)
    expect(index.unpersisted()).toEqual([])
    index.touch(number, 13_600)
    expect(index.unpersisted()).toEqual([number])
    expect(index.row(number)).toMatchObject({ firstSeen: 10_000, lastSeen: 13_600 })
    const restarted = new SeriesIndex()
    restarted.load({ ...index.row(number), lastSeen: epochSeconds(13_600) })
    restarted.touch(restarted.number(one, metric('a'), 'None'), 14_000)
    expect(restarted.unpersisted()).toEqual([])
  })

  test('takes no more than its limit, but knows those that it has', () => {
    const index = new SeriesIndex()
    index.number(one, metric('a'), 'None')
    index.limitTo(2)
    index.number(one, metric('a'), 'Count')
    expect(() => index.number(one, metric('b'), 'None')).toThrow(expect.objectContaining({ name: 'Overloaded' }))
    expect(index.number(one, metric('a'), 'Count')).toBe(1)
    expect(index.find(one, 'App\u0001b')).toBeUndefined()
    index.limitTo(1)
    expect(() => index.number(other, metric('a'), 'None')).toThrow(expect.objectContaining({ name: 'Overloaded' }))
  })
})
