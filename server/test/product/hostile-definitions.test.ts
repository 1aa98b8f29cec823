import { cbor } from '@smithy/core/cbor'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { COMPOSITE, DASHBOARD, DETECTOR, INSIGHT_RULE, LOG_ALARM, METRIC_ALARM, MUTE_RULE, STREAM, WIDGET } from './new-definitions.ts'
import { dataFolder, RunningServer } from './running-server.ts'

let server: RunningServer
beforeAll(async () => {
  server = await RunningServer.start({ data: dataFolder(), args: ['--auth', 'off', '--host-metrics', 'off'] })
  expect((await sendJson('PutMetricAlarm', METRIC_ALARM)).status).toBe(200)
})
afterAll(() => server.kill())

interface Answer {
  readonly status: number
  readonly text: string
}
const shoot = async (path: string, init: RequestInit): Promise<Answer> => {
  const answer = await fetch(`${server.url}${path}`, { method: 'POST', signal: AbortSignal.timeout(5_000), ...init })
  return { status: answer.status, text: Buffer.from(await answer.arrayBuffer()).toString('latin1') }
}
const sendText = (operation: string, body: string): Promise<Answer> =>
  shoot('/', { headers: { 'x-amz-target': `GraniteServiceVersion20100801.${operation}`, 'content-type': 'application/x-amz-json-1.0' }, body })
const sendJson = (operation: string, input: unknown): Promise<Answer> => sendText(operation, JSON.stringify(input))
const sendCbor = (operation: string, input: unknown): Promise<Answer> =>
  shoot(`/service/GraniteServiceVersion20100801/operation/${operation}`, {
    headers: { 'smithy-protocol': 'rpc-v2-cbor', 'content-type': 'application/cbor' }, body: Uint8Array.from(cbor.serialize(JSON.parse(JSON.stringify(input)))),
  })
const sendForm = (operation: string, input: unknown): Promise<Answer> =>
  shoot('/', { body: new URLSearchParams([['Action', operation], ['Version', '2010-08-01'], ...formFields('', input)]) })
const formFields = (prefix: string, value: unknown): [string, string][] => {
  const inside = (name: string): string => (prefix === '' ? name : `${prefix}.${name}`)
  if (Array.isArray(value)) return value.flatMap((each, index) => formFields(inside(`member.${index + 1}`), each))
  if (typeof value === 'object' && value !== null) return Object.entries(value).flatMap(([name, each]) => formFields(inside(name), each))
  return value === undefined || value === null ? [] : [[prefix, typeof value === 'string' ? value : JSON.stringify(value)]]
}

const nested = (open: string, inner: string, close: string, depth: number): string => open.repeat(depth) + inner + close.repeat(depth)
const alarm = { AlarmName: 'x', EvaluationPeriods: 1, Threshold: 1, ComparisonOperator: 'GreaterThanThreshold' }
const onExpression = (Expression: string): object => ({ ...alarm, Metrics: [{ Id: 'e', Expression, Period: 60, ReturnData: true }] })
const onPromql = (Query: string): object => ({ AlarmName: 'x', EvaluationInterval: 60, EvaluationCriteria: { PromQLCriteria: { Query } } })
const composite = (AlarmRule: string): object => ({ AlarmName: 'x', AlarmRule })
const mute = (Expression: string, Duration = 'PT1H', Timezone?: string): object => ({ Name: 'x', Rule: { Schedule: { Expression, Duration, Timezone } } })
const dashboard = (DashboardBody: string): object => ({ DashboardName: 'x', DashboardBody })
const widgets = (...list: readonly unknown[]): object => dashboard(JSON.stringify({ widgets: list }))
const rule = (RuleDefinition: string): object => ({ RuleName: 'x', RuleDefinition })
const data = (Expression: string): object => ({ StartTime: 0, EndTime: 600, MetricDataQueries: [{ Id: 'e', Expression, Period: 60 }] })
const picture = (MetricWidget: string): object => ({ MetricWidget })
const BOMB = nested('{"a":', '1', '}', 100_000)
const MB = 1024 * 1024

const REFUSED: readonly (readonly [what: string, operation: string, input: object])[] = [
  ['a rule of five thousand parentheses', 'PutCompositeAlarm', composite(nested('(', 'TRUE', ')', 5_000))],
  ['a rule of two thousand NOTs', 'PutCompositeAlarm', composite(`${'NOT '.repeat(2_000)}TRUE`)],
  ['a rule that ends in the middle', 'PutCompositeAlarm', composite('ALARM("cpu')],
  ['a rule over a hundred children', 'PutCompositeAlarm', composite(Array.from({ length: 101 }, (_, i) => `ALARM(c${i})`).join(' OR '))],
  ['a rule of control characters', 'PutCompositeAlarm', composite('\u0000\u001b[2J')],
  ['an AT_LEAST of what is not there', 'PutCompositeAlarm', composite('AT_LEAST(99999999999, ALARM, (cpu))')],
  ['a suppressor that waits for less than nothing', 'PutCompositeAlarm', { ...composite('ALARM(cpu)'), ActionsSuppressor: 'cpu', ActionsSuppressorWaitPeriod: -1, ActionsSuppressorExtensionPeriod: 1 }],
  ['a formula of a thousand parentheses', 'PutMetricAlarm', onExpression(nested('(', '1', ')', 1_000))],
  ['a formula of a thousand signs', 'PutMetricAlarm', onExpression(`${'-'.repeat(2_000)}1`)],
  ['a formula that calls what is not there', 'PutMetricAlarm', onExpression('constructor(1)')],
  ['a formula over itself', 'PutMetricAlarm', onExpression('e + 1')],
  ['a formula for a prototype', 'PutMetricAlarm', onExpression('__proto__')],
  ['an alarm on a search', 'PutMetricAlarm', onExpression(`SEARCH('{N} m', 'Sum', 60)`)],
  ['an alarm on SQL that is none', 'PutMetricAlarm', onExpression("SELECT MAX(m) FROM N'; DROP TABLE alarms; --")],
  ['SQL of five hundred conditions', 'PutMetricAlarm', onExpression(`SELECT MAX(m) FROM N WHERE ${nested('(', "a = 'b'", ')', 900)}`)],
  ['a band over nothing', 'PutMetricAlarm', { ...alarm, Threshold: undefined, ThresholdMetricId: 'e', ComparisonOperator: 'GreaterThanUpperThreshold', Metrics: [{ Id: 'e', Expression: 'ANOMALY_DETECTION_BAND(nobody, 2)', ReturnData: true }] }],
  ['PromQL of five thousand parentheses', 'PutMetricAlarm', onPromql(nested('(', 'up', ')', 4_000))],
  ['PromQL of nested subqueries', 'PutMetricAlarm', onPromql(nested('max_over_time(', 'up', '[1h:1m])', 500))],
  ['PromQL that is none', 'PutMetricAlarm', onPromql('}{')],
  ['PromQL with a regular expression that explodes', 'PutMetricAlarm', onPromql('up{a=~"(a+)+$(?<=x)"}')],
  ['cron of words', 'PutAlarmMuteRule', mute('cron(every now and then)')],
  ['cron of endless ranges', 'PutAlarmMuteRule', mute(`cron(${'0,'.repeat(200)}0 * * * *)`)],
  ['cron that never comes', 'PutAlarmMuteRule', mute('cron(0 0 31 2 *)')],
  ['a time of no calendar', 'PutAlarmMuteRule', mute('at(2025-02-30T00:00)')],
  ['a mute for a million weeks', 'PutAlarmMuteRule', mute('cron(0 0 * * *)', 'P99999W')],
  ['a mute in no time zone', 'PutAlarmMuteRule', mute('cron(0 0 * * *)', 'PT1H', '../../etc/passwd')],
  ['a mute of a thousand alarms', 'PutAlarmMuteRule', { ...mute('cron(0 0 * * *)'), MuteTargets: { AlarmNames: Array.from({ length: 1_100 }, (_, i) => `a${i}`) } }],
  ['a detector of nothing', 'PutAnomalyDetector', {}],
  ['a detector of two things', 'PutAnomalyDetector', { ...DETECTOR, MetricMathAnomalyDetector: { MetricDataQueries: [{ Id: 'e', Expression: '1' }] } }],
  ['a detector that leaves out time backwards', 'PutAnomalyDetector', { ...DETECTOR, Configuration: { ExcludedTimeRanges: [{ StartTime: 2e9, EndTime: 1 }] } }],
  ['a detector in no time zone', 'PutAnomalyDetector', { ...DETECTOR, Configuration: { MetricTimezone: 'Mars/Olympus' } }],
  ['a detector on a formula without end', 'PutAnomalyDetector', { MetricMathAnomalyDetector: { MetricDataQueries: [{ Id: 'e', Expression: nested('(', '1', ')', 1_000), ReturnData: true }] } }],
  ['a dashboard of a hundred thousand levels', 'PutDashboard', dashboard(BOMB)],
  ['a dashboard that is no JSON', 'PutDashboard', dashboard('{"widgets":[')],
  ['a dashboard that is a list', 'PutDashboard', dashboard('[]')],
  ['a dashboard of 501 widgets', 'PutDashboard', widgets(...Array.from({ length: 501 }, () => ({ type: 'text', properties: { markdown: 'm' } })))],
  ['a dashboard of odd widgets', 'PutDashboard', widgets(7, null, 'x', [], { type: 'rocket' }, { type: 'metric', properties: { metrics: { '0': 1 } } })],
  ['a dashboard by a path', 'PutDashboard', { ...DASHBOARD, DashboardName: '../../etc/passwd' }],
  ['an insight rule of a hundred thousand levels', 'PutInsightRule', rule(BOMB)],
  ['an insight rule that is no JSON', 'PutInsightRule', rule('top ten please')],
  ['an insight rule without keys', 'PutInsightRule', rule('{"Schema":{"Name":"CloudWatchLogRule","Version":1}}')],
  ['a stream to a file', 'PutMetricStream', { ...STREAM, FirehoseArn: 'file:///etc/passwd' }],
  ['a stream in no format', 'PutMetricStream', { ...STREAM, OutputFormat: 'csv' }],
  ['a stream that takes and leaves', 'PutMetricStream', { ...STREAM, IncludeFilters: [{ Namespace: 'A' }], ExcludeFilters: [{ Namespace: 'B' }] }],
  ['a stream of 1001 filters', 'PutMetricStream', { ...STREAM, IncludeFilters: Array.from({ length: 1_001 }, (_, i) => ({ Namespace: `N${i}` })) }],
  ['data of a thousand parentheses', 'GetMetricData', data(nested('(', '1', ')', 1_000))],
  ['data of a search without end', 'GetMetricData', data(`SEARCH('${nested('(', 'm', ')', 900)}', 'Sum', 60)`)],
  ['data of a search that is cut off', 'GetMetricData', data("SEARCH('{N} m")],
  ['data of SQL that is none', 'GetMetricData', data('SELECT * FROM alarms')],
  ['a picture of a hundred thousand levels', 'GetMetricWidgetImage', picture(BOMB)],
  ['a picture that is no JSON', 'GetMetricWidgetImage', picture('a pony')],
  ['a picture as wide as a town', 'GetMetricWidgetImage', picture(JSON.stringify({ metrics: [['N', 'm']], width: 1e9, height: 1e9 }))],
  ['a picture of a formula without end', 'GetMetricWidgetImage', picture(JSON.stringify({ metrics: [[{ expression: nested('(', '1', ')', 1_000) }]] }))],
  ['an explanation of nobody', 'DescribeAlarmContributors', { AlarmName: 'x'.repeat(10_000) }],
  ['a page token made up', 'ListAlarmMuteRules', { NextToken: 'AAAA' }],
  ['another page token made up', 'DescribeAnomalyDetectors', { NextToken: '__proto__' }],
]

test.each(REFUSED)('%s (%s): a clear 4xx by every protocol', async (_, operation, input) => {
  for (const send of [sendJson, sendCbor, sendForm]) {
    const { status, text } = await send(operation, input)
    expect(`${status} ${text.slice(0, 300)}`).toMatch(/^4\d\d [\s\S]+/)
  }
})

const VALID: Readonly<Record<string, object>> = {
  PutMetricAlarm: onExpression('1 + 1'),
  PutLogAlarm: { ...LOG_ALARM, ActionLogLineCount: 1, ActionLogLineRoleArn: 'r', TreatMissingData: 'ignore' },
  PutCompositeAlarm: COMPOSITE,
  DescribeAlarmContributors: { AlarmName: 'cpu', NextToken: 'x' },
  PutAlarmMuteRule: MUTE_RULE,
  GetAlarmMuteRule: { AlarmMuteRuleName: 'night' },
  ListAlarmMuteRules: { AlarmName: 'cpu', Statuses: ['ACTIVE'], MaxRecords: 1, NextToken: 'x' },
  DeleteAlarmMuteRule: { AlarmMuteRuleName: 'night' },
  PutAnomalyDetector: { ...DETECTOR, Configuration: {}, MetricCharacteristics: {} },
  DescribeAnomalyDetectors: { Namespace: 'N', Dimensions: [{ Name: 'a', Value: 'b' }], AnomalyDetectorTypes: ['SINGLE_METRIC'], MaxResults: 1 },
  DeleteAnomalyDetector: DETECTOR,
  PutDashboard: DASHBOARD,
  ListDashboards: { DashboardNamePrefix: 'a', NextToken: 'x' },
  DeleteDashboards: { DashboardNames: ['Main'] },
  PutMetricStream: { ...STREAM, IncludeFilters: [{ Namespace: 'N' }], StatisticsConfigurations: [], Tags: [{ Key: 'a', Value: 'b' }] },
  StartMetricStreams: { Names: ['out'] },
  PutInsightRule: { ...INSIGHT_RULE, RuleState: 'ENABLED', ApplyOnTransformedLogs: true },
  GetInsightRuleReport: { RuleName: 'top', StartTime: 0, EndTime: 300, Period: 60, MaxContributorCount: 5, Metrics: ['Sum'], OrderBy: 'Sum' },
  EnableInsightRules: { RuleNames: ['top'] },
  PutManagedInsightRules: { ManagedRules: [{ TemplateName: 'T', ResourceARN: 'arn:x' }] },
  GetMetricWidgetImage: { MetricWidget: WIDGET, OutputFormat: 'png' },
  GetMetricData: { ...data('1 + 1'), LabelOptions: { Timezone: '+0000' }, MaxDatapoints: 100 },
}
const WRONG: readonly unknown[] = [-1e308, '\u0000', [], [null], { a: { b: [] } }, null]

describe.each([['JSON', sendJson], ['CBOR', sendCbor], ['a form', sendForm]] as const)('by %s', (_, send) => {
  test.each(Object.entries(VALID))('%s with any member of another type is served or refused, never more', async (operation, input) => {
    const spoilt = [...Object.keys(input).flatMap(member => WRONG.map(value => ({ ...input, [member]: value }))), {}]
    const answers = await Promise.all(spoilt.map(each => send(operation, each)))
    expect(answers.flatMap(({ status, text }, index) => (status < 500 ? [] : [`${JSON.stringify(spoilt[index])} ${status} ${text.slice(0, 200)}`]))).toEqual([])
  })
})

/** Lists pass over members that they do not know, whatever is in them. */
const NEEDY = Object.keys(VALID).filter(operation => !/^(List|DescribeAnomaly)/.test(operation))

test.each(NEEDY)('%s of a hundred thousand levels, of ten megabytes, and cut off: a clear 4xx', async operation => {
  for (const body of [BOMB, `[${BOMB}]`, `{"AlarmName":"${'x'.repeat(10 * MB)}"}`, JSON.stringify(VALID[operation]).slice(0, -1)]) {
    const { status, text } = await sendText(operation, body)
    expect(`${status} ${text.slice(0, 300)}`).toMatch(/^4\d\d [\s\S]+/)
  }
})

test.each([
  ['an explanation of nobody', '/api/alarms/explanation?name=%00'],
  ['an explanation at no time', '/api/alarms/explanation?name=cpu&at=9999999999999999'],
  ['a query of five thousand parentheses', `/api/v1/query?query=${nested('(', 'up', ')', 4_000)}`],
  ['a query that is none', '/api/v1/query?query=%7D%7B'],
  ['a range without end', '/api/v1/query_range?query=up&start=0&end=9999999999&step=0.001'],
  ['a range backwards', '/api/v1/query_range?query=up&start=10&end=0&step=1'],
])('%s: a clear 4xx', async (_, path) => {
  const { status, text } = await shoot(path, { method: 'GET' })
  expect(`${status} ${text.slice(0, 300)}`).toMatch(/^4\d\d [\s\S]+/)
})

test('after all this the server is well', async () => {
  expect((await fetch(`${server.url}/health`)).status).toBe(200)
  expect((await sendJson('DescribeAlarms', {})).status).toBe(200)
})
