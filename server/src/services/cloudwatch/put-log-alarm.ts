import type { PutLogAlarmCommandInput } from '@aws-sdk/client-cloudwatch'
import { alarmArn } from '../../base/arn.ts'
import type { Tenant } from '../../base/tenancy.ts'
import { InsightsProblem } from '../../engines/insights/insights-problem.ts'
import { validationError } from '../../wire/fault.ts'
import { enforce, integer, list, oneOf, structure, text } from '../constraints.ts'
import { operation } from '../operation.ts'
import { ACTION_CONFIGURATION, TAGS_DIFFER, tagsRead } from './alarms/action-configuration.ts'
import { keepAlarm } from './alarms/keep-alarm.ts'
import { defineLogAlarm } from './alarms/log-alarm.ts'
import { groupResources, readLogQuery } from './alarms/log-query.ts'
import { alarmResources } from './alarms/resources.ts'
import { WARM_UP_CONFIGURATION, WARM_UP_DIFFERS } from './alarms/warm-up-configuration.ts'
import { alarmName, resourceList, tagList } from './limits.ts'
import type { AlarmStore } from './ports.ts'
import { taggedIn, tagRecord } from './tags.ts'

const COMPARISON_OPERATORS = ['GreaterThanOrEqualToThreshold', 'GreaterThanThreshold', 'LessThanThreshold', 'LessThanOrEqualToThreshold']

const INPUT = structure(
  {
    AlarmName: alarmName,
    AlarmDescription: text({ min: 0, max: 1024 }),
    ScheduledQueryConfiguration: structure(
      {
        QueryString: text({ min: 0, max: 10_000 }),
        LogGroupIdentifiers: list(text({ min: 1, max: 2048 }), { max: 50 }),
        ScheduledQueryRoleARN: text({ min: 1, max: 2048 }),
        ScheduleConfiguration: structure(
          { ScheduleExpression: text({ min: 1, max: 256 }), StartTimeOffset: integer({ min: 1 }), EndTimeOffset: integer({ min: 0 }) },
          ['ScheduleExpression', 'StartTimeOffset'],
        ),
        AggregationExpression: text({ min: 1, max: 2048 }),
        Tags: tagList,
      },
      ['QueryString', 'ScheduledQueryRoleARN', 'ScheduleConfiguration', 'AggregationExpression'],
    ),
    QueryResultsToEvaluate: integer({ min: 1, max: 100 }),
    QueryResultsToAlarm: integer({ min: 1, max: 100 }),
    ComparisonOperator: oneOf(COMPARISON_OPERATORS),
    TreatMissingData: text({ min: 1, max: 255 }),
    ActionLogLineCount: integer({ min: 0, max: 50 }),
    ActionLogLineRoleArn: text({ min: 1, max: 2048 }),
    OKActions: resourceList,
    AlarmActions: resourceList,
    InsufficientDataActions: resourceList,
    Tags: tagList,
    ActionConfiguration: ACTION_CONFIGURATION,
    WarmUpConfiguration: WARM_UP_CONFIGURATION,
  },
  ['AlarmName', 'ScheduledQueryConfiguration', 'QueryResultsToEvaluate', 'QueryResultsToAlarm', 'Threshold', 'ComparisonOperator'],
)

/** Creates an alarm on a Logs Insights query, or overwrites its whole definition; an existing one keeps its state and its tags. */
export const putLogAlarm = (alarms: AlarmStore) =>
  operation<PutLogAlarmCommandInput, void>({
    name: 'PutLogAlarm',
    kind: 'write',
    access: 'signed',
    resources: (input, tenant) => alarmResources([input.AlarmName], tenant),
    // There is no role whose permissions the query would have: whoever makes the alarm must be allowed to run it.
    also: (input, tenant) => [...tagsRead(input, tenant), ...searched(input, tenant).map(resource => ({ permission: 'logs:StartQuery', resource }))],
    tagged: (input, tenant) => taggedIn(input, alarmArn(tenant, input.AlarmName ?? '*')),
    differs: [
      {
        member: 'ScheduledQueryConfiguration.ScheduledQueryRoleARN',
        how: 'recorded and shown; the caller must be allowed `logs:StartQuery` on the log groups instead',
      },
      { member: 'ScheduledQueryConfiguration.QueryARN', how: 'not read: an alarm runs its query itself, without a scheduled query' },
      { member: 'ScheduledQueryConfiguration.Tags', how: 'checked, not kept: there is no scheduled query to carry them' },
      {
        member: 'ScheduledQueryConfiguration.ScheduleConfiguration.ScheduleExpression',
        how: 'runs lie on multiples of the rate since 1970, and at most a week apart; the newest of them from before the alarm was made count as well, so that its state is known at once, and a changed query does not go through INSUFFICIENT_DATA',
      },
      { member: 'ScheduledQueryConfiguration.QueryString', how: '`unmask` is refused, with or without lines in messages' },
      {
        member: 'ScheduledQueryConfiguration.LogGroupIdentifiers',
        how: 'groups of another account or region are refused: accounts are kept apart; with SOURCE in the query none need to be given',
      },
      {
        member: 'ActionLogLineCount',
        how: 'the lines stand in all messages (AWS: in email alone), at most 1,000 characters of each; when more than ten contributors turn at once, those of the first ten have lines',
      },
      { member: 'ActionLogLineRoleArn', how: 'recorded and shown' },
      WARM_UP_DIFFERS,
      TAGS_DIFFER,
    ],
    async run(input, call) {
      enforce(INPUT, input)
      const tags = tagRecord(input.Tags ?? [], validationError)
      tagRecord(input.ScheduledQueryConfiguration?.Tags ?? [], validationError)
      const alarm = defineLogAlarm(input, call.tenant, call.now)
      await keepAlarm(alarms, alarm, await alarms.get(call.tenant, alarm.name), tags)
    },
  })

/** The groups that the query reads; what is wrong with it is told by the run, which then keeps nothing. */
const searched = ({ ScheduledQueryConfiguration: configuration }: PutLogAlarmCommandInput, tenant: Tenant): readonly string[] => {
  const { QueryString = '', LogGroupIdentifiers = [] } = configuration ?? {}
  try {
    const { groups } = readLogQuery(QueryString)
    return groupResources(groups === undefined ? undefined : [...LogGroupIdentifiers, ...groups], tenant)
  } catch (error) {
    if (error instanceof InsightsProblem) return []
    throw error
  }
}
