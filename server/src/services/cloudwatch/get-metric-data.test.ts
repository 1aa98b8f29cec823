import type { GetMetricDataOutput, MetricDataQuery } from '@aws-sdk/client-cloudwatch'
import { beforeEach, describe, expect, test } from 'vitest'
import { epochMillis } from '../../base/time.ts'
import { InMemoryCloudWatch, NOW, STRANGER } from './ports.test-support.ts'

let cloudWatch: InMemoryCloudWatch
beforeEach(() => {
  cloudWatch = new InMemoryCloudWatch()
})

const ago = (seconds: number): Date => new Date(NOW - seconds * 1000)
const stat = (id: string, name: string, Stat = 'Sum', Period = 60, rest: Partial<MetricDataQuery> = {}, Unit?: string): MetricDataQuery =>
  ({
    Id: id,
    MetricStat: { Metric: { Namespace: 'App', MetricName: name }, Period, Stat, ...(Unit === undefined ? {} : { Unit }) },
    ...rest,
  }) as MetricDataQuery
const input = (queries: readonly MetricDataQuery[], rest: object = {}) =>
  ({ MetricDataQueries: queries, StartTime: ago(600), EndTime: ago(0), ...rest })
const run = (queries: readonly MetricDataQuery[], rest: object = {}, tenant?: typeof STRANGER) =>
  cloudWatch.run<GetMetricDataOutput>('GetMetricData', input(queries, rest), tenant)

test('newest first unless asked otherwise', async () => {
  cloudWatch.metrics.add('m', 120, 1).add('m', 60, 2)
  expect(await run([stat('a', 'm')])).toEqual({
    MetricDataResults: [{ Id: 'a', Label: 'm', Timestamps: [ago(60), ago(120)], Values: [2, 1], StatusCode: 'Complete' }],
    Messages: [],
  })
  expect((await run([stat('a', 'm')], { ScanBy: 'TimestampAscending' })).MetricDataResults?.[0]?.Values).toEqual([1, 2])
})

test('no data, hidden queries, other accounts', async () => {
  cloudWatch.metrics.add('m', 60, 1)
  const answer = await run([stat('a', 'nothing'), stat('b', 'm', 'Sum', 60, { ReturnData: false }),
    stat('c', 'm', 'Sum', 60, { AccountId: STRANGER.account })])
  expect(answer.MetricDataResults).toEqual([
    { Id: 'a', Label: 'nothing', Timestamps: [], Values: [], StatusCode: 'Complete' },
    { Id: 'c', Label: 'm', Timestamps: [], Values: [], StatusCode: 'Forbidden' },
  ])
  expect((await run([stat('a', 'm')], {}, STRANGER)).MetricDataResults?.[0]?.Values).toEqual([])
})

test('buckets count from the epoch, the first one whole', async () => {
  cloudWatch.metrics.add('m', 590, 1).add('m', 310, 2).add('m', 290, 4)
  const [line] = (await run([stat('a', 'm', 'Sum', 300)], { StartTime: ago(400) })).MetricDataResults!
  expect([line?.Timestamps, line?.Values]).toEqual([[ago(300), ago(600)], [4, 3]])
})

test('several units: the first of the alphabet, and a message', async () => {
  cloudWatch.metrics.add('m', 60, 60_000, { unit: 'Milliseconds' }).add('m', 60, 60, { unit: 'Seconds' })
  const [two] = (await run([stat('a', 'm')])).MetricDataResults!
  expect([two?.Values, two?.Messages]).toEqual([[60_000],
    [{ Code: 'MultipleUnits', Value: "Multiple units returned: '[Milliseconds, Seconds]'" }]])
  cloudWatch.metrics.add('m', 60, 5, { unit: 'Count' })
  const [three] = (await run([stat('a', 'm')])).MetricDataResults!
  expect([three?.Values, three?.Messages?.[0]?.Value]).toEqual([[5], "Multiple units returned: '[Count, Milliseconds, Seconds]'"])
  const [one] = (await run([stat('a', 'm', 'Sum', 60, {}, 'Seconds')])).MetricDataResults!
  expect([one?.Values, one?.Messages]).toEqual([[60], undefined])
})

test('labels: given, dynamic, default', async () => {
  cloudWatch.metrics.add('m', 120, 1).add('m', 60, 4)
  const { MetricDataResults } = await run([
    stat('a', 'm', 'Sum'),
    stat('b', 'm', 'Maximum'),
    stat('c', 'm', 'Sum', 60, { Label: 'mine' }),
    stat('d', 'm', 'Average', 60, { Label: "${LABEL}: ${MAX} at ${MAX_TIME} in ${PROP('Region')}" }),
  ], { LabelOptions: { Timezone: '+0130' } })
  expect(MetricDataResults?.map(({ Label }) => Label)).toEqual(['m Sum', 'm Maximum', 'mine',
    'm Average: 4 at 2026-03-04 13:29:00 in eu-west-1'])
})

describe('paging', () => {
  const pages = async (queries: readonly MetricDataQuery[], rest: object): Promise<readonly GetMetricDataOutput[]> => {
    const all: GetMetricDataOutput[] = []
    let token: string | undefined
    do {
      const answer = await run(queries, { ...rest, NextToken: token })
      all.push(answer)
      token = answer.NextToken
    } while (token !== undefined)
    return all
  }
  const shape = ({ MetricDataResults }: GetMetricDataOutput) =>
    MetricDataResults?.map(({ Id, Values, StatusCode }) => `${Id} ${Values?.join(',')} ${StatusCode}`)

  beforeEach(() => {
    for (let minute = 1; minute <= 5; minute++) cloudWatch.metrics.add('m', minute * 60, minute).add('n', minute * 60, 10 * minute)
  })

  test.each([
    ['TimestampDescending', 3,
      [['a 1,2,3 PartialData'], ['a 4,5 Complete', 'b 10 PartialData'], ['b 20,30,40 PartialData'], ['b 50 Complete']]],
    ['TimestampAscending', 3,
      [['a 5,4,3 PartialData'], ['a 2,1 Complete', 'b 50 PartialData'], ['b 40,30,20 PartialData'], ['b 10 Complete']]],
    ['TimestampDescending', 5, [['a 1,2,3,4,5 Complete'], ['b 10,20,30,40,50 Complete']]],
    ['TimestampDescending', 100, [['a 1,2,3,4,5 Complete', 'b 10,20,30,40,50 Complete']]],
  ])('%s, %i a page', async (ScanBy, MaxDatapoints, expected) => {
    expect((await pages([stat('a', 'm'), stat('b', 'n')], { ScanBy, MaxDatapoints })).map(shape)).toEqual(expected)
  })

  test('what a page cannot take is not read for it', async () => {
    await run([stat('a', 'm'), stat('b', 'n'), stat('c', 'm')], { MaxDatapoints: 3 })
    expect(cloudWatch.metrics.queries.map(({ metric }) => metric.name)).toEqual(['m'])
  })

  test('a later page looks at the same buckets although time went on', async () => {
    const first = await run([stat('a', 'm')], { MaxDatapoints: 3 })
    cloudWatch.now = epochMillis(NOW + 20 * 86_400_000)
    const second = await run([stat('a', 'm')], { MaxDatapoints: 3, NextToken: first.NextToken })
    expect(shape(second)).toEqual(['a 4,5 Complete'])
  })

  test('tokens of other requests, other accounts and other makers are refused', async () => {
    const { NextToken } = await run([stat('a', 'm')], { MaxDatapoints: 3 })
    const refused = 'InvalidNextToken: The next token specified is invalid.'
    expect(await cloudWatch.refusal('GetMetricData', input([stat('a', 'n')], { NextToken }))).toBe(refused)
    expect(await cloudWatch.refusal('GetMetricData', input([stat('a', 'm')], { NextToken }), STRANGER)).toBe(refused)
    expect(await cloudWatch.refusal('GetMetricData', input([stat('a', 'm')], { NextToken: 'made up' }))).toBe(refused)
    expect(await cloudWatch.refusal('GetMetricData', input([stat('a', 'm')], { NextToken: '' }))).toBe(refused)
  })
})

describe('refusals', () => {
  test.each<[string, object, string]>([
    ['no queries', { MetricDataQueries: undefined }, 'ValidationError: The parameter MetricDataQueries is required.\n'],
    ['too many queries', { MetricDataQueries: Array.from({ length: 501 }, (_, index) => stat(`m${index}`, 'm')) },
      'ValidationError: The collection MetricDataQueries must not have a size greater than 500.\n'],
    ['nothing to ask', { MetricDataQueries: [{ Id: 'a' }] },
      'ValidationError: The parameter MetricDataQueries.member.1.MetricStat is required.\n'],
    ['half a metric', { MetricDataQueries: [{ Id: 'a', MetricStat: { Metric: {}, Period: 60 } }] },
      'ValidationError: The parameter MetricDataQueries.member.1.MetricStat.Stat is required.\n' +
      'The parameter MetricDataQueries.member.1.MetricStat.Metric.Namespace is required.\n' +
      'The parameter MetricDataQueries.member.1.MetricStat.Metric.MetricName is required.\n'],
    ['both', { MetricDataQueries: [stat('a', 'm', 'Sum', 60, { Expression: '1' })] },
      'ValidationError: The parameters MetricDataQueries.member.1.Expression and MetricDataQueries.member.1.MetricStat are mutually exclusive and you have specified both.\n'],
    ['an id twice', { MetricDataQueries: [stat('a', 'm'), stat('a', 'n')] },
      'ValidationError: The values for parameter id in MetricDataQueries are not unique.'],
    ['an id in capitals', { MetricDataQueries: [stat('A', 'm')] },
      'ValidationError: The value A for parameter MetricDataQueries.member.1.Id is not matching the expected pattern ^[a-z][a-zA-Z0-9_]*$.\n'],
    ['an unknown statistic', { MetricDataQueries: [stat('a', 'm', 'Median')] },
      'ValidationError: The value Median for parameter MetricDataQueries.member.1.MetricStat.Stat is not a valid statistic.\n'],
    ['several that are wrong', { MetricDataQueries: [stat('5xx', 'm', 'None'), stat('b', 'm'), stat('c', 'm', 'None')] },
      'ValidationError: The value 5xx for parameter MetricDataQueries.member.1.Id is not matching the expected pattern ^[a-z][a-zA-Z0-9_]*$.\n' +
      'The value None for parameter MetricDataQueries.member.1.MetricStat.Stat is not a valid statistic.\n' +
      'The value None for parameter MetricDataQueries.member.3.MetricStat.Stat is not a valid statistic.\n'],
    ['an odd period', { MetricDataQueries: [stat('a', 'm', 'Sum', 45)] },
      'ValidationError: The parameter MetricDataQueries.member.1.MetricStat.Period must be 1, 5, 10, 20, 30 or a multiple of 60.\n'],
    ['an unknown unit', { MetricDataQueries: [stat('a', 'm', 'Sum', 60, {}, 'Furlongs')] },
      expect.stringContaining("1 validation error detected: Value 'Furlongs' at 'metricDataQueries.1.member.metricStat.unit' failed to satisfy constraint: Member must satisfy enum value set: [Seconds, ")],
    ['a backward range', { StartTime: ago(0), EndTime: ago(60) },
      'ValidationError: The parameter EndTime must be greater than StartTime.\n'],
    ['an empty range', { StartTime: ago(60), EndTime: ago(60) },
      'ValidationError: The parameter StartTime must not equal parameter EndTime.\n'],
    ['no times', { StartTime: undefined, EndTime: undefined },
      'ValidationError: The parameter StartTime is required.\nThe parameter EndTime is required.\n'],
    ['too large a page', { MaxDatapoints: 100_801 }, 'ValidationError: The parameter MaxDatapoints must be between 1 and 100800.\n'],
    ['half a datapoint', { MaxDatapoints: 1.5 },
      "ValidationError: 1 validation error detected: Value '1.5' at 'maxDatapoints' failed to satisfy constraint: Member must be an integer"],
    ['an odd timezone', { LabelOptions: { Timezone: 'CET' } },
      'ValidationError: The value CET for parameter LabelOptions.Timezone is invalid.\n'],
    ['an odd order', { ScanBy: 'Random' },
      "ValidationError: 1 validation error detected: Value 'Random' at 'scanBy' failed to satisfy constraint: Member must satisfy enum value set: [TimestampDescending, TimestampAscending]"],
    ['seven dynamic values', { MetricDataQueries: [stat('a', 'm', 'Sum', 60,
      { Label: '${MIN}${MAX}${AVG}${SUM}${LAST}${FIRST}${DATAPOINT_COUNT}' })] },
      'ValidationError: The parameter MetricDataQueries.member.1.Label must not have more than 6 dynamic values.'],
    ['the label twice', { MetricDataQueries: [stat('a', 'm', 'Sum', 60, { Label: '${LABEL}${LABEL}' })] },
      'ValidationError: The parameter MetricDataQueries.member.1.Label must not have ${LABEL} more than once.'],
  ])('%s', async (_name, changes, refusal) => {
    expect(await cloudWatch.refusal('GetMetricData', { ...input([stat('a', 'm')]), ...changes })).toEqual(refusal)
  })
})
