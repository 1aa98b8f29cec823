import type { GetInsightRuleReportOutput, GetMetricDataOutput } from '@aws-sdk/client-cloudwatch'
import { beforeEach, expect, test } from 'vitest'
import type { RuleReport } from '../../engines/insight-rules/report.ts'
import type { InsightRuleBody } from '../../engines/insight-rules/rule.ts'
import type { ReportRequest } from './insight-rules/ports.ts'
import { InMemoryCloudWatch, NOW, STRANGER } from './ports.test-support.ts'

const RULE = {
  Schema: { Name: 'CloudWatchLogRule', Version: 1 }, LogGroupNames: ['api*'], LogFormat: 'JSON', Contribution: { Keys: ['$.ip', '$.path'], ValueOf: '$.bytes', Filters: [] }, AggregateOn: 'Sum',
}
const FOUND: RuleReport = {
  contributors: 2,
  total: 12,
  shown: [{ keys: ['10.0.0.1', '/a'], total: 9, points: [{ period: 0, value: 4 }, { period: 2, value: 5 }] }],
  periods: [
    { period: 0, values: { UniqueContributors: 1, MaxContributorValue: 4, SampleCount: 2, Sum: 4, Minimum: 1, Maximum: 3, Average: 4 } },
    { period: 2, values: { UniqueContributors: 2, MaxContributorValue: 5, SampleCount: 3, Sum: 8, Minimum: 1, Maximum: 5, Average: 4 } },
  ],
}
let cloudWatch: InMemoryCloudWatch
let asked: { readonly rule: InsightRuleBody; readonly request: ReportRequest }[]
beforeEach(async () => {
  cloudWatch = new InMemoryCloudWatch()
  asked = []
  const report = (_: unknown, rule: InsightRuleBody, request: ReportRequest) => (asked.push({ rule, request }), Promise.resolve(FOUND))
  Object.assign(cloudWatch.ports, { insightReports: { report } })
  await cloudWatch.run('PutInsightRule', { RuleName: 'top', RuleDefinition: JSON.stringify(RULE) })
})

/** Half a minute past a full one. */
const START = Math.floor(NOW / 60_000) * 60_000 - 3_600_000 + 30_000
const get = (input: object = {}, principal?: typeof STRANGER) => cloudWatch.run<GetInsightRuleReportOutput>(
  'GetInsightRuleReport', { RuleName: 'top', StartTime: new Date(START), EndTime: new Date(START + 3_600_000), Period: 60, ...input }, principal,
)
const minute = (index: number): Date => new Date(START - 30_000 + index * 60_000)

test('tells contributors with what they did in which period', async () => {
  expect(await get()).toEqual({
    KeyLabels: ['$.ip', '$.path'], AggregationStatistic: 'Sum', AggregateValue: 12, ApproximateUniqueCount: 2,
    Contributors: [{
      Keys: ['10.0.0.1', '/a'], ApproximateAggregateValue: 9,
      Datapoints: [{ Timestamp: minute(0), ApproximateValue: 4 }, { Timestamp: minute(2), ApproximateValue: 5 }],
    }],
    MetricDatapoints: [],
  })
  expect(asked).toMatchObject([{
    rule: { valueOf: '$.bytes' }, request: { start: START, end: START + 3_600_000, origin: START - 30_000, period: 60_000, top: 10, orderBy: 'Sum' },
  }])
})

test('has the metrics that are asked for, and no others', async () => {
  const { MetricDatapoints } = await get({ Metrics: ['UniqueContributors', 'Maximum'], MaxContributorCount: 3, OrderBy: 'Maximum', EndTime: new Date(START + 150_000) })
  expect(MetricDatapoints).toEqual([
    { Timestamp: minute(0), UniqueContributors: 1, Maximum: 3 },
    { Timestamp: minute(1), UniqueContributors: 0, Maximum: 0 },
    { Timestamp: minute(2), UniqueContributors: 2, Maximum: 5 },
    { Timestamp: minute(3), UniqueContributors: 0, Maximum: 0 },
  ])
  expect(asked[0]!.request).toMatchObject({ top: 3, orderBy: 'Maximum' })
})

test('shows every period of a day, and of very many only those in which there was something', async () => {
  const points = async (hours: number) => (await get({ Metrics: ['Sum'], EndTime: new Date(START + hours * 3_600_000) })).MetricDatapoints!.length
  expect([await points(24), await points(24 * 8)]).toEqual([1441, 2])
})

test('counts samples, in CloudWatch’s words', async () => {
  const counting = { ...RULE, Contribution: { Keys: ['$.ip'], Filters: [] }, AggregateOn: 'Count' }
  await cloudWatch.run('PutInsightRule', { RuleName: 'top', RuleDefinition: JSON.stringify(counting) })
  expect(await get()).toMatchObject({ KeyLabels: ['$.ip'], AggregationStatistic: 'SampleCount' })
})

test('is of the own rules alone, and empty for those of AWS', async () => {
  await expect(get({}, STRANGER)).rejects.toThrow('top')
  expect(asked).toEqual([])
})

test.each([
  ['an end before the start', { EndTime: new Date(START) }, 'StartTime must be less than'],
  ['no contributor', { MaxContributorCount: 0 }, 'MaxContributorCount must be between 1 and 100'],
  ['an order of two lines', { OrderBy: 'Sum\n' }, "Value 'Sum\n' at 'orderBy' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\x20-\\x7E]+"],
  ['another order', { OrderBy: 'Minimum' }, 'OrderBy must be one of Sum, Maximum'],
  ['another metric', { Metrics: ['Median'] }, 'Metrics must hold only UniqueContributors'],
])('refuses %s', async (_, input, problem) => {
  await expect(get(input)).rejects.toThrow(problem)
})

test('INSIGHT_RULE_METRIC is one of them on the grid of the graph; of a rule that is not there it is no data', async () => {
  const expression = (Id: string, Expression: string) => ({ Id, Expression, Period: 60 })
  const { MetricDataResults } = await cloudWatch.run<GetMetricDataOutput>('GetMetricData', {
    StartTime: minute(0), EndTime: minute(3), ScanBy: 'TimestampAscending',
    MetricDataQueries: [expression('a', "INSIGHT_RULE_METRIC('top', Sum)"), expression('b', "INSIGHT_RULE_METRIC('top', 'UniqueContributors') * 10"), expression('c', "INSIGHT_RULE_METRIC('other', Sum)")],
  })
  expect(MetricDataResults!.map(({ Timestamps, Values }) => [Timestamps, Values])).toEqual([[[minute(0), minute(2)], [4, 8]], [[minute(0), minute(2)], [10, 20]], [[], []]])
  expect(asked[0]!.request).toMatchObject({ start: minute(0).getTime(), end: minute(3).getTime(), origin: minute(0).getTime(), period: 60_000, top: 0 })
})
