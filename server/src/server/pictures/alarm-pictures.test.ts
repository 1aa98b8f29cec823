import { afterEach, describe, expect, test } from 'vitest'
import { alarmArn } from '../../base/arn.ts'
import { seededEntropy } from '../../base/entropy.ts'
import { silentLog, type Log } from '../../base/log.ts'
import { ManualClock } from '../../base/manual-clock.ts'
import { accountId, region } from '../../base/tenancy.ts'
import { epochMillis, epochSeconds, millis, seconds } from '../../base/time.ts'
import type { BucketQuery, MetricReads, UnitBuckets } from '../../model/metric.ts'
import type { BandModel } from '../../model/anomaly-detector.ts'
import type { AlarmFacts } from '../../model/notification.ts'
import { Labels } from '../../engines/promql/labels.ts'
import type { BandModels } from '../../services/cloudwatch/ports.ts'
import { InMemoryCloudWatch, NOW as TEST_NOW } from '../../services/cloudwatch/ports.test-support.ts'
import { AlarmPictures, reachableUrl } from './alarm-pictures.ts'
import { pixelsOf } from './pixels.test-support.ts'
import { PngRenderer } from './png-renderer.ts'

const tenant = { account: accountId('123456789012'), region: region('us-east-1') }
const NOON = epochMillis(Date.UTC(2026, 0, 1, 12, 0, 20))

const alarm = (change: Partial<AlarmFacts> = {}): AlarmFacts => ({
  arn: alarmArn(tenant, 'cpu'), name: 'cpu', description: undefined, state: 'ALARM', previousState: 'OK', reason: '',
  changedAt: NOON, previousSince: epochMillis(0),
  metric: { namespace: 'App', name: 'Cpu', dimensions: [] }, statistic: 'Average', unit: undefined, period: 60,
  evaluationPeriods: 3, datapointsToAlarm: 3, comparison: 'GreaterThanThreshold', threshold: 75,
  value: 90, recent: [90], since: epochMillis(NOON - 180_000),
  severity: undefined, action: undefined, runbook: undefined, team: undefined,
  ...change,
})

const starting: PngRenderer[] = []
afterEach(() => starting.splice(0).forEach(one => one.stop()))

/** `read` is what the store answers. */
const start = (read: MetricReads['read'] = async () => [], log: Log = silentLog, cloudWatch = new InMemoryCloudWatch()) => {
  const clock = new ManualClock(NOON)
  const renderer = new PngRenderer(clock)
  starting.push(renderer)
  const queries: BucketQuery[] = []
  const reads = {
    read: (query: BucketQuery) => {
      queries.push(query)
      return read(query)
    },
  } as MetricReads
  const pictures = new AlarmPictures({
    reads, renderer, alarms: cloudWatch.ports.alarms, getMetricData: cloudWatch.operation('GetMetricData'),
    promql: { range: async () => [{ labels: Labels.of([['job', 'api']]), times: [NOON - 120_000, NOON - 60_000], values: [1, 2] }] },
    publicUrl: 'https://tocsin.example.org', clock, entropy: seededEntropy(1), log,
  })
  return { clock, pictures, queries }
}

const rising: MetricReads['read'] = async ({ start: from, end, period }) => [
  {
    unit: 'None',
    buckets: Array.from({ length: (end - from) / period }, (_, index) => {
      const value = index / 2
      return { start: epochSeconds(from + index * period), count: 1, sum: value, minimum: value, maximum: value }
    }),
  } satisfies UnitBuckets,
]

test('a chart of the three hours before the change, twice as fine as it is shown, at an address of its own', async () => {
  const { pictures, queries } = start(rising)
  const picture = await pictures.ofAlarm(tenant, alarm())
  expect(queries).toMatchObject([{ tenant, start: NOON / 1000 - 20 - 10_800, end: NOON / 1000 - 20, period: 60, samples: false }])
  expect(picture).toMatchObject({ width: 600, alt: 'Chart of App Cpu, Average over 1 minute up to the change to ALARM, with the threshold > 75' })
  expect(picture!.url).toMatch(/^https:\/\/tocsin\.example\.org\/pictures\/[0-9a-f]{48}\.png$/)
  const pixels = pixelsOf(picture!.png)
  expect(pixels).toMatchObject({ width: 1200, height: 520 })
  const colors = pixels.colors(0, 0, 1200, 520)
  for (const color of ['#1f77b4', '#d13212']) expect(colors).toContain(color)
  expect(await pictures.at(new URL(picture!.url!).pathname)).toEqual(picture!.png)
  expect(await pictures.at('/pictures/000000000000000000000000000000000000000000000000.png')).toBeUndefined()
  expect(await pictures.at('/pictures/../secrets')).toBeUndefined()
})

test('is drawn once for all subscriptions, and anew for the next change', async () => {
  const { pictures, queries } = start(rising)
  const [one, other] = await Promise.all([pictures.ofAlarm(tenant, alarm()), pictures.ofAlarm(tenant, alarm())])
  expect(one).toBe(other)
  await pictures.ofAlarm(tenant, alarm({ state: 'OK', changedAt: epochMillis(NOON + 60_000) }))
  expect(queries).toHaveLength(2)
})

test('percentiles read samples, and long evaluations more hours', async () => {
  const { pictures, queries } = start(rising)
  await pictures.ofAlarm(tenant, alarm({ statistic: 'p99', period: 3600, evaluationPeriods: 24 }))
  expect(queries).toMatchObject([{ samples: true, end: NOON / 1000 - 20, start: NOON / 1000 - 20 - 72 * 3600 }])
})

test('no message waits longer than two seconds, nor fails for it', async () => {
  const never = start(() => new Promise(() => undefined))
  const waiting = never.pictures.ofAlarm(tenant, alarm())
  await never.clock.advance(millis(2_000))
  expect(await waiting).toBeUndefined()

  const warnings: string[] = []
  const broken = start(() => Promise.reject(new Error('the store is gone')), { ...silentLog, warn: (_facts, text) => void warnings.push(text) })
  expect(await broken.pictures.ofAlarm(tenant, alarm())).toBeUndefined()
  expect(await broken.pictures.ofAlarm(tenant, alarm({ changedAt: epochMillis(NOON + 1) }))).toBeUndefined()
  expect(warnings).toEqual(['pictures for messages cannot be drawn'])
})

test('of a thousand alarms at once only a few are drawn', async () => {
  const { pictures, queries } = start(rising)
  const all = await Promise.all(Array.from({ length: 1000 }, (_, index) => pictures.ofAlarm(tenant, alarm({ arn: alarmArn(tenant, `a${index}`) }))))
  expect(queries).toHaveLength(4)
  expect(all.filter(picture => picture !== undefined)).toHaveLength(4)
})

describe('what is computed', () => {
  const metric = { Namespace: 'App', MetricName: 'Cpu' }
  const stat = (Id: string, rest: object = {}) => ({ Id, MetricStat: { Metric: metric, Stat: 'Average', Period: 60 }, ...rest })
  const limit = { EvaluationPeriods: 1, ComparisonOperator: 'GreaterThanThreshold' }
  /** Three hours of data that end at noon, and an alarm defined an hour before. */
  const house = async (definition: object, bands?: BandModels): Promise<InMemoryCloudWatch> => {
    const memory = new InMemoryCloudWatch()
    memory.now = epochMillis(NOON - 3_600_000)
    if (bands !== undefined) Object.assign(memory.ports, { bands })
    for (const host of ['', 'b', 'c']) {
      for (let minute = 1; minute < 180; minute++) {
        memory.metrics.add('Cpu', (TEST_NOW - NOON) / 1000 + minute * 60, 40 + minute / 10, { tenant, dimensions: host === '' ? {} : { Host: host } })
      }
    }
    await memory.run('PutMetricAlarm', { AlarmName: 'cpu', ...definition }, tenant)
    return memory
  }
  const drawn = async (memory: InMemoryCloudWatch, facts: Partial<AlarmFacts>): Promise<readonly string[] | undefined> => {
    const picture = await start(undefined, undefined, memory).pictures.ofAlarm(tenant, alarm(facts))
    return picture && [...pixelsOf(picture.png).colors(0, 0, 1200, 520)]
  }
  const nothingStored = { metric: undefined, statistic: undefined, unit: undefined }
  const expression = { ...nothingStored, formula: { kind: 'expression', text: 'm1 * 2' } } as const

  test('an expression is drawn with its threshold', async () => {
    const memory = await house({ ...limit, Threshold: 75, Metrics: [stat('m1', { ReturnData: false }), { Id: 'e1', Expression: 'm1 * 2' }] })
    expect(await drawn(memory, expression)).toEqual(expect.arrayContaining(['#1f77b4', '#d13212']))
  })

  test('a band is shaded behind its metric', async () => {
    const hour = (value: number) => Array.from({ length: 168 }, () => value)
    const model: BandModel = {
      version: 1, timezone: 'UTC', period: seconds(60), state: 'TRAINED', until: epochSeconds(NOON / 1000 - 20), points: 2000, trend: 0, nonNegative: true,
      levels: [...hour(45), ...hour(45)], spreads: hour(5), spikes: { above: 0, below: 0 },
    }
    const bands: BandModels = { learn: async () => model }
    const metrics = [stat('m1'), { Id: 'ad1', Expression: 'ANOMALY_DETECTION_BAND(m1, 2)' }]
    const memory = await house({ EvaluationPeriods: 1, ComparisonOperator: 'GreaterThanUpperThreshold', ThresholdMetricId: 'ad1', Metrics: metrics }, bands)
    const facts = { threshold: undefined, comparison: 'GreaterThanUpperThreshold', band: { lower: 35, upper: 55 } }
    // #95a5a6 at a quarter on white.
    expect(await drawn(memory, facts)).toEqual(expect.arrayContaining(['#1f77b4', '#e4e8e9']))
  })

  test('of several series the one that changed has the colour', async () => {
    const memory = await house({ ...limit, Threshold: 75, Metrics: [{ Id: 'q1', Expression: 'SELECT AVG(Cpu) FROM SCHEMA(App, Host) GROUP BY Host ORDER BY AVG() DESC', Period: 60 }] })
    const facts = { ...nothingStored, formula: { kind: 'expression', text: 'SELECT …' }, contributor: { Host: 'b' } } as const
    expect(await drawn(memory, facts)).toEqual(expect.arrayContaining(['#1f77b4', '#c4cace', '#d13212']))
  })

  test('a PromQL query has its series', async () => {
    const memory = await house({ EvaluationCriteria: { PromQLCriteria: { Query: 'up == 0', PendingPeriod: 60, RecoveryPeriod: 60 } }, EvaluationInterval: 60 })
    const facts = { ...nothingStored, period: undefined, comparison: undefined, threshold: undefined, formula: { kind: 'query', text: 'up == 0' } } as const
    expect(await drawn(memory, facts)).toContain('#1f77b4')
  })

  test('what was defined anew since, or deleted, is not drawn as it never was', async () => {
    const memory = await house({ ...limit, Threshold: 75, Metrics: [stat('m1', { ReturnData: false }), { Id: 'e1', Expression: 'm1 * 2' }] })
    expect(await drawn(memory, { ...expression, changedAt: epochMillis(NOON - 2 * 3_600_000) })).toBeUndefined()
    expect(await drawn(new InMemoryCloudWatch(), expression)).toBeUndefined()
  })
})

test('what consists of states has no picture', async () => {
  const { pictures, queries } = start(rising)
  const composite = alarm({ metric: undefined, statistic: undefined, period: undefined, formula: { kind: 'rule', text: 'ALARM(a)' } })
  expect(await pictures.ofAlarm(tenant, composite)).toBeUndefined()
  expect(queries).toEqual([])
})

test('pictures go after a day', async () => {
  const { clock, pictures } = start(rising)
  const { url } = (await pictures.ofAlarm(tenant, alarm()))!
  await clock.advance(millis(24 * 60 * 60 * 1000))
  expect(await pictures.at(new URL(url!).pathname)).toBeUndefined()
})

test.each([
  ['https://tocsin.example.org', 'https://tocsin.example.org/'],
  ['http://10.1.2.3:4566', 'http://10.1.2.3:4566/'],
  ['http://localhost:4566', undefined],
  ['http://127.0.0.1:4566', undefined],
  ['http://[::1]:4566', undefined],
])('%s is reachable as %s', (given, expected) => {
  expect(reachableUrl(new URL(given))).toBe(expected)
})
