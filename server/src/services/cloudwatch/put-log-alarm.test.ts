import type { DescribeAlarmHistoryOutput, DescribeAlarmsOutput, PutLogAlarmCommandInput } from '@aws-sdk/client-cloudwatch'
import { beforeEach, expect, test } from 'vitest'
import { InMemoryCloudWatch, NOW, STRANGER, TENANT } from './ports.test-support.ts'
import { putLogAlarm } from './put-log-alarm.ts'

let cloudWatch: InMemoryCloudWatch
beforeEach(() => {
  cloudWatch = new InMemoryCloudWatch()
})

const ROLE = 'arn:aws:iam::123456789012:role/logs'
const QUERY = {
  QueryString: 'filter level = "ERROR"',
  LogGroupIdentifiers: ['/app/orders'],
  ScheduledQueryRoleARN: ROLE,
  ScheduleConfiguration: { ScheduleExpression: 'rate(5 minutes)', StartTimeOffset: 360 },
  AggregationExpression: 'count(*)',
}
const INPUT = {
  AlarmName: 'errors', ScheduledQueryConfiguration: QUERY, QueryResultsToEvaluate: 5, QueryResultsToAlarm: 3, Threshold: 10, ComparisonOperator: 'GreaterThanThreshold',
} as const
const put = (changes: object = {}) => cloudWatch.run('PutLogAlarm', { ...INPUT, ...changes })
const query = (changes: object) => ({ ScheduledQueryConfiguration: { ...QUERY, ...changes } })
const schedule = (changes: object) => query({ ScheduleConfiguration: { ...QUERY.ScheduleConfiguration, ...changes } })
const described = async () => (await cloudWatch.run<DescribeAlarmsOutput>('DescribeAlarms', { AlarmTypes: ['LogAlarm'] })).LogAlarms ?? []

test('a new alarm shows what was given', async () => {
  await put()
  expect(await described()).toEqual([
    {
      AlarmName: 'errors',
      AlarmArn: 'arn:aws:cloudwatch:eu-west-1:123456789012:alarm:errors',
      AlarmConfigurationUpdatedTimestamp: new Date(NOW),
      ActionsEnabled: true,
      OKActions: [],
      AlarmActions: [],
      InsufficientDataActions: [],
      StateValue: 'INSUFFICIENT_DATA',
      StateReason: 'Unchecked: Initial alarm creation',
      StateUpdatedTimestamp: new Date(NOW),
      ScheduledQueryConfiguration: { ...QUERY, ScheduleConfiguration: { ...QUERY.ScheduleConfiguration, EndTimeOffset: 0 } },
      QueryResultsToEvaluate: 5,
      QueryResultsToAlarm: 3,
      Threshold: 10,
      ComparisonOperator: 'GreaterThanThreshold',
      StateTransitionedTimestamp: new Date(NOW),
      ActionLogLineCount: 0,
    },
  ])
})

test('every parameter comes back, and is replaced by the next', async () => {
  const everything = {
    AlarmDescription: 'Orders fail', ActionsEnabled: false, OKActions: ['arn:aws:sns:eu-west-1:123456789012:ok'],
    AlarmActions: ['arn:aws:lambda:eu-west-1:123456789012:function:f'], InsufficientDataActions: ['arn:aws:ssm:eu-west-1:123456789012:opsitem:1'],
    WarmUpConfiguration: { WarmUpPeriodDurationInMinutes: 5, OnlyStartEvaluatingAfterWarmUpPeriodEnds: true },
    TreatMissingData: 'notBreaching', ActionLogLineCount: 50, ActionLogLineRoleArn: ROLE,
    ...query({ LogGroupIdentifiers: ['arn:aws:logs:eu-west-1:123456789012:log-group:/app/orders'], AggregationExpression: 'avg(duration) by host | sort desc' }),
  }
  await put({ ...everything, Tags: [{ Key: 'Severity', Value: 'P1' }] })
  const [alarm] = await described()
  const { ScheduledQueryConfiguration: configuration, ...shown } = everything
  expect(alarm).toMatchObject(shown)
  expect(alarm?.ScheduledQueryConfiguration).toMatchObject(configuration)
  expect(await cloudWatch.run('ListTagsForResource', { ResourceARN: alarm?.AlarmArn })).toEqual({ Tags: [{ Key: 'Severity', Value: 'P1' }] })
  await put()
  expect((await described())[0]).not.toHaveProperty('AlarmDescription')
})

test('is a type of its own', async () => {
  await put()
  await cloudWatch.run('PutCompositeAlarm', { AlarmName: 'all', AlarmRule: 'ALARM(errors)' })
  expect((await cloudWatch.run<DescribeAlarmsOutput>('DescribeAlarms', {})).MetricAlarms).toEqual([])
  expect((await cloudWatch.run<DescribeAlarmsOutput>('DescribeAlarms', { ChildrenOfAlarmName: 'all' })).LogAlarms).toMatchObject([{ AlarmName: 'errors' }])
  const history = (type: string) => cloudWatch.run<DescribeAlarmHistoryOutput>('DescribeAlarmHistory', { AlarmName: 'errors', AlarmTypes: [type] })
  expect((await history('LogAlarm')).AlarmHistoryItems).toMatchObject([{ AlarmType: 'LogAlarm', HistorySummary: 'Alarm "errors" created' }])
  expect((await history('MetricAlarm')).AlarmHistoryItems).toEqual([])
  expect(JSON.parse((await history('LogAlarm')).AlarmHistoryItems![0]!.HistoryData!)).toMatchObject({
    createdAlarm: { scheduledQueryConfiguration: { queryString: QUERY.QueryString, aggregationExpression: 'count(*)' }, queryResultsToAlarm: 3 },
  })
  await expect(cloudWatch.run('PutMetricAlarm', {
    AlarmName: 'errors', Namespace: 'App', MetricName: 'Cpu', Statistic: 'Sum', Period: 60, EvaluationPeriods: 1, Threshold: 1, ComparisonOperator: 'GreaterThanThreshold',
  })).rejects.toThrow('A log alarm has the name errors already')
  await expect(cloudWatch.run('PutCompositeAlarm', { AlarmName: 'errors', AlarmRule: 'TRUE' })).rejects.toThrow('An alarm of another type')
  await expect(put({ AlarmName: 'all' })).rejects.toThrow('An alarm of another type has the name all already')
  expect((await cloudWatch.run<DescribeAlarmsOutput>('DescribeAlarms', { AlarmTypes: ['LogAlarm'] }, STRANGER)).LogAlarms).toEqual([])
})

test.each<[string, object, string]>([
  ['no query', query({ QueryString: undefined }), "at 'scheduledQueryConfiguration.queryString' failed to satisfy constraint: Member must not be null"],
  ['no threshold', { Threshold: undefined }, "at 'threshold' failed to satisfy constraint: Member must not be null"],
  ['101 results', { QueryResultsToEvaluate: 101 }, 'Member must have value less than or equal to 100'],
  ['M above N', { QueryResultsToAlarm: 6 }, 'QueryResultsToAlarm must be less than or equal to QueryResultsToEvaluate'],
  ['51 lines', { ActionLogLineCount: 51 }, 'Member must have value less than or equal to 50'],
  ['lines without a role', { ActionLogLineCount: 1 }, 'ActionLogLineRoleArn is required when ActionLogLineCount is greater than 0.'],
  ['a comparison with a band', { ComparisonOperator: 'GreaterThanUpperThreshold' }, 'Member must satisfy enum value set'],
  ['a treatment that there is not', { TreatMissingData: 'zero' }, 'Option zero is not supported.'],
  ['a threshold that is no number', { Threshold: NaN }, 'The value NaN for parameter Threshold is invalid.'],
  ['what is no role', query({ ScheduledQueryRoleARN: 'role' }), 'ScheduledQueryRoleARN must be the ARN of an IAM role.'],
  ['another schedule', schedule({ ScheduleExpression: 'cron(0 * * * ? *)' }), 'ScheduleExpression must be a rate expression'],
  ['a range that ends before it begins', schedule({ EndTimeOffset: 360 }), 'EndTimeOffset must be less than StartTimeOffset.'],
  ['an empty range', schedule({ StartTimeOffset: 0 }), 'Member must have value greater than or equal to 1'],
  ['no groups', query({ LogGroupIdentifiers: [] }), 'LogGroupIdentifiers must contain between 1 and 50 log groups.'],
  ['51 groups', query({ LogGroupIdentifiers: Array.from({ length: 51 }, (_, i) => `g${i}`) }), 'Member must have length less than or equal to 50'],
  ['groups twice', query({ QueryString: "SOURCE '/a' | fields @message" }), 'not in both'],
  ["somebody else's group", query({ LogGroupIdentifiers: ['arn:aws:logs:eu-west-1:999999999999:log-group:a'] }), 'keeps accounts and regions apart'],
  ['what is no group', query({ LogGroupIdentifiers: ['arn:aws:s3:::a'] }), 'Invalid log group ARN'],
  ['a query that cannot be read', query({ QueryString: 'filter level =' }), 'Error in QueryString: Unexpected end of query'],
  ['an aggregation that cannot be read', query({ AggregationExpression: 'count(*), avg(x)' }), 'Error in AggregationExpression: Only a single aggregation expression can be specified'],
  ['a query that unmasks', query({ QueryString: 'fields unmask(@message)' }), 'Queries of alarms cannot use unmask.'],
  ['an incident', { AlarmActions: ['arn:aws:ssm-incidents::123456789012:responseplan/r'] }, 'is not supported for log alarms.'],
  ['an investigation', { OKActions: ['arn:aws:aiops:eu-west-1:123456789012:investigation-group/g'] }, 'is not supported for log alarms.'],
  ['a warm-up of three days', { WarmUpConfiguration: { WarmUpPeriodDurationInMinutes: 4320 } }, 'Member must have value less than or equal to 2880'],
  ['a control character', { AlarmName: 'a\u0001' }, 'must not contain ASCII control characters'],
])('refuses %s', async (_, changes, problem) => {
  await expect(put(changes)).rejects.toThrow(problem)
  expect(await described()).toEqual([])
})

test('takes a query that names its groups itself', async () => {
  await put(query({ LogGroupIdentifiers: undefined, QueryString: "SOURCE '/a' | filter @message like /x/ # only those" }))
  expect((await described())[0]?.ScheduledQueryConfiguration).not.toHaveProperty('LogGroupIdentifiers')
})

test('whoever makes it must be allowed to run its query', () => {
  const operation = putLogAlarm(cloudWatch.ports.alarms)
  const asked = (changes: object) => operation.also!({ ...INPUT, ...changes } as unknown as PutLogAlarmCommandInput as never, TENANT).map(({ permission, resource }) => `${permission} ${resource}`)
  const group = (name: string): string => `logs:StartQuery arn:aws:logs:eu-west-1:123456789012:log-group:${name}:log-stream:`
  expect(asked({})).toEqual([group('/app/orders')])
  expect(asked(query({ LogGroupIdentifiers: ['arn:aws:logs:eu-west-1:123456789012:log-group:b:*'] }))).toEqual([group('b')])
  expect(asked(query({ LogGroupIdentifiers: undefined, QueryString: "SOURCE '/a', '/b' | fields @message" }))).toEqual([group('/a'), group('/b')])
  expect(asked(query({ LogGroupIdentifiers: undefined, QueryString: "SOURCE logGroups(namePrefix: ['a']) | fields @message" }))).toEqual([group('*')])
  expect(asked(query({ QueryString: "filter id in (SOURCE '/inner' | fields id)" }))).toEqual([group('/app/orders'), group('/inner')])
})
