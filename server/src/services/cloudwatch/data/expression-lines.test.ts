import type { GetMetricDataOutput, MetricDataQuery } from '@aws-sdk/client-cloudwatch'
import { beforeEach, describe, expect, test } from 'vitest'
import { accountId, region } from '../../../base/tenancy.ts'
import { seconds } from '../../../base/time.ts'
import type { BandModel } from '../../../model/anomaly-detector.ts'
import { InMemoryCloudWatch, NOW, STRANGER } from '../ports.test-support.ts'

let cloudWatch: InMemoryCloudWatch
beforeEach(() => {
  cloudWatch = new InMemoryCloudWatch()
})

const stat = (Id: string, MetricName: string, Stat = 'Sum', rest: Partial<MetricDataQuery> = {}, Period = 60, Dimensions: Readonly<Record<string, string>> = {}): MetricDataQuery => ({
  Id,
  MetricStat: {
    Metric: { Namespace: 'App', MetricName, Dimensions: Object.entries(Dimensions).map(([Name, Value]) => ({ Name, Value })) }, Stat, Period,
  },
  ...rest,
})
const math = (Id: string, Expression: string, rest: Partial<MetricDataQuery> = {}): MetricDataQuery => ({ Id, Expression, ...rest })
const input = (MetricDataQueries: readonly MetricDataQuery[], rest: object = {}) => ({
  MetricDataQueries, StartTime: new Date(NOW - 300_000), EndTime: new Date(NOW), ScanBy: 'TimestampAscending', ...rest,
})
const hidden = { ReturnData: false }

/** `Id | label | minutes ago: value …` of each result. */
const ask = async (queries: readonly MetricDataQuery[], rest: object = {}): Promise<readonly string[]> => {
  const answer = await cloudWatch.run<GetMetricDataOutput>('GetMetricData', input(queries, rest))
  return answer.MetricDataResults!.map(({ Id, Label, Timestamps, Values }) =>
    [Id, Label, Values!.map((value, index) => `${(NOW - Timestamps![index]!.getTime()) / 60_000}: ${value}`).join(' ')].join(' | '))
}

describe('metric math', () => {
  beforeEach(() => void cloudWatch.metrics.add('m', 240, 1).add('m', 120, 4).add('n', 240, 2).add('n', 180, 3))

  test('leaves out what has no value, hides what returns none, answers in the order of the queries', async () => {
    expect(await ask([math('e1', 'm1 * 10'), stat('m1', 'm', 'Sum', hidden), stat('m2', 'n'), math('e2', 'm1 / m2')])).toEqual([
      'e1 | e1 | 4: 10 2: 40', 'm2 | n | 4: 2 3: 3', 'e2 | e2 | 4: 0.5 3: 0',
    ])
  })

  test('fills and counts on the grid of the request', async () => {
    expect(await ask([stat('m1', 'm', 'Sum', hidden), math('e', 'FILL(m1, REPEAT)', { Label: 'filled' })])).toEqual([
      'e | filled | 4: 1 3: 1 2: 4 1: 4',
    ])
  })

  test('fills in dynamic labels', async () => {
    expect(await ask([stat('m1', 'm', 'Sum', hidden), math('e', 'm1 * 2', { Label: '${LABEL} up to ${MAX} at ${MAX_TIME}' })])).toEqual([
      'e | e up to 8 at 2026-03-04 11:58:00 | 4: 2 2: 8',
    ])
  })

  test('takes the longest period of what it reads, or its own', async () => {
    expect(await ask([stat('m1', 'm', 'Sum', hidden), stat('m2', 'n', 'Sum', hidden, 300), math('e', 'm1 + m2')])).toEqual(['e | e | 5: 10'])
    expect(await ask([stat('m1', 'm', 'Sum', hidden), math('e', 'm1', { Period: 300 })])).toEqual(['e | e | 5: 5'])
  })

  test('comes on one page, newest first unless told otherwise', async () => {
    const answer = await cloudWatch.run<GetMetricDataOutput>('GetMetricData',
      input([stat('m1', 'm'), math('e', 'm1 * 2')], { MaxDatapoints: 1, ScanBy: undefined }))
    expect(answer.NextToken).toBeUndefined()
    expect(answer.MetricDataResults?.map(({ Values, StatusCode }) => [Values, StatusCode])).toEqual([[[4, 1], 'Complete'], [[8, 2], 'Complete']])
    expect(answer.Messages).toEqual([])
  })

  test('knows nothing of other accounts', async () => {
    expect(await ask([stat('m1', 'm', 'Sum', { AccountId: STRANGER.account, ReturnData: false }), math('e', 'm1 * 2')])).toEqual(['e | e | '])
  })

  test('yields several lines under one Id', async () => {
    expect(await ask([stat('m1', 'm', 'Sum', hidden), stat('m2', 'n', 'Sum', hidden), math('e', 'METRICS()', { Label: 'all' })])).toEqual([
      'e | all m | 4: 1 2: 4', 'e | all n | 4: 2 3: 3',
    ])
  })

  test.each<[string, readonly MetricDataQuery[], unknown]>([
    ['an unknown function', [math('e1', 'ANOMALY_DETECTOR(m1)'), stat('m1', 'm')], "ValidationError: Error in expression 'e1': Function 'ANOMALY_DETECTOR' not found"],
    ['a number', [math('e1', 'SUM(m1)'), stat('m1', 'm')], expect.stringMatching(/^ValidationError: Error in expression 'e1': /)],
    ['broken SQL', [math('q1', 'SELECT AVG(m) FORM App')],
      "ValidationError: Error in expression 'q1': Invalid syntax at position 15: Unexpected token 'FORM', expected FROM"],
    ['a broken search', [math('s1', "SEARCH('{App} OR', 'Sum')")],
      "ValidationError: Error in expression 's1': Invalid search at position 7: Unexpected 'OR' in search query"],
    ['a statistic that there is none of', [math('s1', "SEARCH('{App} m', 'Median')")],
      "ValidationError: Error in expression 's1': 'Median' is not a valid statistic"],
    ['two queries in SQL', [math('q1', 'SELECT AVG(m) FROM App'), math('q2', 'SELECT AVG(n) FROM App')],
      'ValidationError: You can use only one Metrics Insights query in a GetMetricData request.\n'],
    ['a circle', [math('e1', 'e2 + 1'), math('e2', 'e1 + 1')], expect.stringMatching(/^ValidationError: Error in expression 'e\d': /)],
    ['too many searches', [math('e1', `[${Array.from({ length: 101 }, (_, n) => `SEARCH('{A} b${n}','Sum')`).join(',')}]`)],
      expect.stringMatching(/^ValidationError: /)],
  ])('refuses %s', async (_name, queries, refusal) => {
    expect(await cloudWatch.refusal('GetMetricData', input(queries))).toEqual(refusal)
  })
})

describe('SEARCH', () => {
  const add = (host: string, ago: number, value: number, name = 'Latency') => cloudWatch.metrics.add(name, ago, value, { dimensions: { Host: host } })

  test('reads what it finds, each line with its own label', async () => {
    add('a', 120, 1)
    add('b', 60, 2)
    add('b', 60, 9, 'Errors')
    cloudWatch.metrics.add('Latency', 60, 7).add('Latency', 60, 7, { dimensions: { Host: 'c' }, tenant: STRANGER })
    const query = "SEARCH('{App,Host} MetricName=\"Latency\"', 'Average', 60)"
    expect(await ask([math('s', query)])).toEqual(['s | a | 2: 1', 's | b | 1: 2'])
    expect(await ask([math('s', query, { Label: "${PROP('Dim.Host')}: ${LAST} ${PROP('Stat')}" })])).toEqual(['s | a: 1 Average | 2: 1', 's | b: 2 Average | 1: 2'])
    expect(await ask([math('s', query, hidden), math('e', 'SUM(s)')])).toEqual(['e | e | 2: 1 1: 2'])
    expect(await ask([math('s', query.replace('60', '300'))])).toEqual(['s | a | 5: 1', 's | b | 5: 2'])
    expect(await ask([math('s', query), math('t', query.replace('Average', 'Maximum'), { Label: 'worst' })]))
      .toEqual(['s | a Average | 2: 1', 's | b Average | 1: 2', 't | worst a Maximum | 2: 1', 't | worst b Maximum | 1: 2'])
  })

  test('that finds nothing has an empty line', async () => {
    expect(await ask([math('s', "SEARCH('{App,Host} Latency', 'Sum', 60)")])).toEqual(['s | s | '])
  })

  test('draws at most 500 series, and says so', async () => {
    for (let host = 0; host < 501; host++) add(`h${host}`, 60, host)
    const answer = await cloudWatch.run<GetMetricDataOutput>('GetMetricData', input([math('s', "SEARCH('{App,Host} Latency', 'Sum', 60)")]))
    expect(answer.MetricDataResults).toHaveLength(500)
    expect(answer.Messages).toEqual([{ Code: 'MaxMetricsExceeded', Value: 'Maximum number of allowed metrics exceeded' }])
  })

  test('takes a period that suits the range where none is named', async () => {
    add('a', 3 * 86_400, 5)
    add('a', 3 * 86_400 - 60, 7)
    const rest = { StartTime: new Date(NOW - 4 * 86_400_000) }
    expect(await ask([math('s', "SEARCH('{App,Host} Latency', 'Sum')")], rest)).toEqual(['s | Latency | 4320: 12'])
  })
})

describe('Metrics Insights', () => {
  beforeEach(() => {
    for (const [host, ago, value] of [['a', 120, 1], ['b', 120, 5], ['b', 60, 7], ['a', 90, 2]] as const) {
      cloudWatch.metrics.add('Load', ago, value, { dimensions: { Host: host } })
    }
    cloudWatch.metrics.add('Load', 60, 100).add('Load', 60, 1000, { tenant: STRANGER })
  })

  test('adds up over all metrics', async () => {
    expect(await ask([math('q', 'SELECT SUM(Load) FROM App', { Period: 60 })])).toEqual(['q | q | 2: 8 1: 107'])
    expect(await ask([math('q', 'SELECT AVG(Load) FROM SCHEMA(App, Host)', { Period: 300 })])).toEqual(['q | q | 5: 3.75'])
    expect(await ask([math('q', 'SELECT AVG(Load) FROM Nothing', { Period: 300 })])).toEqual(['q | q | '])
  })

  test('yields a line for each group, for math as well', async () => {
    const sql = 'SELECT MAX(Load) FROM App GROUP BY Host ORDER BY MAX() DESC LIMIT 2'
    expect(await ask([math('q', sql, { Period: 60 })])).toEqual(['q | Other | 1: 100', 'q | b | 2: 5 1: 7'])
    expect(await ask([math('q', sql, { Period: 60, ReturnData: false }), math('e', 'q * 2', { Period: 60, Label: "${PROP('Dim.Host')}" })])).toHaveLength(2)
  })

  test('has nothing below a minute', async () => {
    expect(await ask([math('q', 'SELECT COUNT(Load) FROM App', { Period: 10 })])).toEqual(['q | q | 2: 3 1: 2'])
  })

  test('ranks the groups first where all of their buckets would not fit', async () => {
    for (let host = 0; host < 1100; host++) cloudWatch.metrics.add('Many', 60, host, { dimensions: { Host: `h${host}` } })
    const rest = { StartTime: new Date(NOW - 24 * 3_600_000) }
    expect(await ask([math('q', 'SELECT MAX(Many) FROM App GROUP BY Host ORDER BY MAX() DESC LIMIT 2', { Period: 60 })], rest)).toEqual([
      'q | h1099 | 1: 1099', 'q | h1098 | 1: 1098',
    ])
  })
})

test('bands are drawn where a detector has learnt', async () => {
  cloudWatch.metrics.add('m', 120, 50)
  const model: BandModel = {
    version: 1, timezone: 'UTC', period: seconds(60), state: 'TRAINED', until: (NOW / 1000) as BandModel['until'], points: 1000, trend: 0,
    nonNegative: true, levels: Array<number>(336).fill(50), spreads: Array<number>(168).fill(10), spikes: { above: 0, below: 0 },
  }
  const asked: unknown[] = []
  const queries = [stat('m1', 'm', 'Average', hidden), math('b', 'ANOMALY_DETECTION_BAND(m1, 2)')]
  expect((await ask(queries)).map(line => line.split(' | ')[2])).toEqual([''])
  Object.assign(cloudWatch.ports, { bands: { learn: (...what: readonly unknown[]) => (asked.push(what), Promise.resolve(model)) } })
  const lines = await cloudWatch.run<GetMetricDataOutput>('GetMetricData', input(queries))
  expect(lines.MetricDataResults?.map(({ Values }) => Values!.map(Math.round))).toEqual([[30, 30, 30, 30, 30], [70, 70, 70, 70, 70]])
  expect(asked).toEqual([[
    { account: accountId('123456789012'), region: region('eu-west-1') },
    { kind: 'metric', metric: { namespace: 'App', name: 'm', dimensions: [] }, statistic: 'Average' }, 60,
  ]])
})

test('what nothing here measures is a series without data', async () => {
  expect(await ask([math('r', "INSIGHT_RULE_METRIC('rule', 'Sum')", { Period: 60 })])).toEqual(['r | r | '])
})
