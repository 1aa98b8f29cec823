import { beforeEach, describe, expect, test } from 'vitest'
import type { Clock } from '../../base/clock.ts'
import { ManualClock } from '../../base/manual-clock.ts'
import { epochMillis, millis, toSeconds } from '../../base/time.ts'
import { parsePromql } from '../../engines/promql/parse.ts'
import { InMemoryCloudWatch, NOW, STRANGER, TENANT } from '../../services/cloudwatch/ports.test-support.ts'
import { alarmPromql } from './alarm-promql.ts'
import { instantResult, rangeResult } from './json-results.ts'
import { PromqlQueries, type QueryLimits } from './promql-queries.ts'

const LIMITS: QueryLimits = { samples: { total: 1_000_000, instant: 1_000_000 }, time: millis(30_000) }
const DAY = 86_400

const clock = new ManualClock(NOW)
let cloudWatch: InMemoryCloudWatch
let queries: PromqlQueries
beforeEach(() => {
  cloudWatch = new InMemoryCloudWatch()
  queries = new PromqlQueries({ directory: cloudWatch.metrics, sums: cloudWatch.metrics, clock })
})

const add = (name: string, ago: number, value: number, dimensions: Readonly<Record<string, string>> = {}) => cloudWatch.metrics.add(name, ago, value, { dimensions })
const instant = async (query: string, ago = 0) => instantResult(await queries.instant(TENANT, parsePromql(query), epochMillis(NOW - ago * 1000), LIMITS), NOW - ago * 1000)
const found = async (query: string, ago = 0) => (await instant(query, ago) as { readonly result: readonly { readonly metric: object; readonly value: readonly unknown[] }[] }).result
  .map(({ metric, value }) => [metric, value[1]])

test('name, namespace and dimensions are labels; ours win', async () => {
  add('Queue', 10, 7, { Host: 'a', Namespace: 'kube-system', __name__: 'odd' })
  expect(await instant('Queue')).toEqual({
    resultType: 'vector',
    result: [{ metric: { __name__: 'Queue', Namespace: 'App', Host: 'a', exported_Namespace: 'kube-system', exported___name__: 'odd' }, value: [NOW / 1000, '7'] }],
  })
  expect(await found('{Namespace="App",exported_Namespace=~"kube-.*"}')).toHaveLength(1)
  expect(await found('{Namespace="Other",exported_Namespace=~"kube-.*"}')).toHaveLength(0)
})

test('a sample is the average of all that its second has, of every unit', async () => {
  cloudWatch.metrics.add('Queue', 10, 1, { unit: 'Count' }).add('Queue', 10, 3, { unit: 'None' }).add('Queue', 11, 100)
  expect(await found('Queue')).toEqual([[{ __name__: 'Queue', Namespace: 'App' }, '2']])
  expect(await found('count_over_time(Queue[1m])')).toEqual([[{ Namespace: 'App' }, '2']])
})

test.each([
  ['three hours', 3600, 1], ['fifteen days', 4 * 3600, 60], ['sixty-three days', 20 * DAY, 300], ['all that is kept', 100 * DAY, 3600],
])('within %s samples are so far apart as they are kept', async (_, ago, period) => {
  const at = Math.floor((NOW / 1000 - ago) / 3600) * 3600
  const back = NOW / 1000 - at
  add('Queue', back - 30, 5)
  await found('Queue', back - 40)
  expect(cloudWatch.metrics.queries.at(-1)).toMatchObject({ period })
  const [sample] = await found('timestamp(Queue)', back - 40)
  expect(sample?.[1]).toBe(String(at + 30 - ((at + 30) % period)))
})

test('reads no more than a query reaches, and nothing that cannot be there', async () => {
  add('Queue', 10, 5)
  await found('max_over_time(Queue[1m] offset 10m)')
  expect(cloudWatch.metrics.queries.at(-1)).toMatchObject({ start: NOW / 1000 - 660, end: NOW / 1000 - 599 })
  cloudWatch.metrics.queries.length = 0
  await queries.range(TENANT, parsePromql('Queue'), [epochMillis(0), epochMillis(NOW * 3), millis(NOW / 2)], LIMITS)
  expect(cloudWatch.metrics.queries.every(({ start, end }) => start > NOW / 1000 - 457 * DAY && end <= NOW / 1000 + 4 * 3600)).toBe(true)
})

test('a range has a point at each step where there is something', async () => {
  for (const ago of [500, 400, 0]) add('Queue', ago, ago, { Host: 'a' })
  const series = await queries.range(TENANT, parsePromql('Queue'), [epochMillis(NOW - 600_000), NOW, millis(100_000)], LIMITS)
  expect(rangeResult(series)).toEqual({
    resultType: 'matrix',
    result: [{
      metric: { __name__: 'Queue', Namespace: 'App', Host: 'a' },
      values: [[-500, '500'], [-400, '400'], [-300, '400'], [-200, '400'], [0, '0']].map(([at, value]) => [NOW / 1000 + Number(at), value]),
    }],
  })
})

test('nothing of a stranger is seen', async () => {
  cloudWatch.metrics.add('Queue', 10, 1, { tenant: STRANGER })
  expect(await found('{Namespace=~".+"}')).toEqual([])
})

describe('bounds', () => {
  test('samples', async () => {
    for (let ago = 0; ago < 50; ago++) add('Queue', ago, 1)
    await expect(queries.instant(TENANT, parsePromql('sum_over_time(Queue[1m])'), NOW, { ...LIMITS, samples: { total: 60, instant: 60 } })).rejects.toThrow('too many samples')
  })

  test('series', async () => {
    for (let host = 0; host <= 10_000; host++) add('Queue', 10, 1, { Host: `h${host}` })
    await expect(found('Queue')).rejects.toThrow('a selector finds 10001 series; the limit is 10000')
  }, 60_000)

  test('patterns', async () => {
    for (let host = 0; host < 3_000; host++) add('Queue', 10, 1, { Host: `${host}${'a'.repeat(900)}` })
    await expect(found(`Queue{Host=~"${'(a|a?)*'.repeat(100)}b"}`)).rejects.toThrow('a regular expression takes too long on these series')
  }, 60_000)

  test('time', async () => {
    for (let ago = 0; ago < 1000; ago++) add('Queue', ago, 1)
    let turns = 0
    /** Whenever others get their turn, 600 ms go by. */
    const slow: Clock = {
      now: () => epochMillis(NOW + turns * 600),
      after(_, task) {
        turns++
        queueMicrotask(task)
        return { cancel: () => undefined }
      },
    }
    const late = new PromqlQueries({ directory: cloudWatch.metrics, sums: cloudWatch.metrics, clock: slow })
    const range = late.range(TENANT, parsePromql('sum_over_time(Queue[15m])'), [epochMillis(NOW - 1_000_000), NOW, millis(100)], { samples: { total: 1e9, instant: 1e9 }, time: millis(1000) })
    await expect(range).rejects.toMatchObject({ kind: 'timeout', message: 'query timed out in expression evaluation' })
    expect(turns).toBe(2)
  })
})

describe('alarms', () => {
  const ask = (query: string) => alarmPromql(queries).instant(TENANT, query, toSeconds(NOW))

  test('see the labels of each series', async () => {
    add('Queue', 10, 7, { Host: 'a' })
    add('Queue', 10, 1, { Host: 'b' })
    expect(await ask('Queue > 5')).toEqual({ series: [{ __name__: 'Queue', Namespace: 'App', Host: 'a' }], partial: false })
    expect(await ask('Queue > 50')).toEqual({ series: [], partial: false })
  })

  test.each([
    ['Queue >', '1:8: parse error: unexpected end of input'],
    ['1 + 1', 'the query yields a scalar'],
    ['max_over_time(vector(1)[10d:100ms])', 'query processing would load too many samples into memory in query execution'],
  ])('%s is an error of the query', async (query, error) => {
    expect(await ask(query)).toEqual({ error })
  })

  test('what the store does wrong is not', async () => {
    add('Queue', 10, 7)
    const broken = new PromqlQueries({ directory: cloudWatch.metrics, sums: { sumMany: () => Promise.reject(new Error('away')) }, clock })
    await expect(alarmPromql(broken).instant(TENANT, 'Queue', toSeconds(NOW))).rejects.toThrow('away')
  })
})
