import type { PutLogAlarmCommandInput, ScheduledQueryConfiguration } from '@aws-sdk/client-cloudwatch'
import { alarmArn, parseArn } from '../../../base/arn.ts'
import type { Tenant } from '../../../base/tenancy.ts'
import { epochSeconds, seconds, type EpochMillis } from '../../../base/time.ts'
import { InsightsProblem } from '../../../engines/insights/insights-problem.ts'
import { parseAggregation, type Aggregation } from '../../../engines/log-alarms/aggregation.ts'
import { valueSearch } from '../../../engines/log-alarms/alarm-queries.ts'
import { scheduleRate } from '../../../engines/log-alarms/schedule-rate.ts'
import type { LogAlarm } from '../../../model/alarm.ts'
import { validationError } from '../../../wire/fault.ts'
import { hasControlCharacter } from '../metric-identity.ts'
import { tagsPropagationOf } from './action-configuration.ts'
import { checkActions } from './actions.ts'
import { comparisonOf, missingDataOf } from './evaluation-parameters.ts'
import { readLogQuery } from './log-query.ts'
import { warmUpOf } from './warm-up-configuration.ts'

/** The definition that PutLogAlarm asks for. Throws AWS's refusals; the model's own limits are checked before. */
export const defineLogAlarm = (input: PutLogAlarmCommandInput, tenant: Tenant, now: EpochMillis): LogAlarm => {
  const name = input.AlarmName!
  if (hasControlCharacter(name)) throw validationError('AlarmName must not contain ASCII control characters')
  const configuration = input.ScheduledQueryConfiguration!
  const alarm: LogAlarm = {
    kind: 'log',
    tenant,
    arn: alarmArn(tenant, name),
    name,
    description: input.AlarmDescription,
    actionsEnabled: input.ActionsEnabled ?? true,
    okActions: actions(input.OKActions, tenant),
    alarmActions: actions(input.AlarmActions, tenant),
    insufficientDataActions: actions(input.InsufficientDataActions, tenant),
    configuredAt: now,
    ...tagsPropagationOf(input),
    ...warmUpOf(input.WarmUpConfiguration, now),
    ...scheduled(configuration, tenant),
    ...quorum(input),
    ...lines(input),
  }
  checkQuery(alarm)
  return alarm
}

const scheduled = (configuration: ScheduledQueryConfiguration, tenant: Tenant) => {
  const { QueryString, LogGroupIdentifiers = [], ScheduledQueryRoleARN, ScheduleConfiguration, AggregationExpression } = configuration
  const { ScheduleExpression, StartTimeOffset, EndTimeOffset = 0 } = ScheduleConfiguration!
  const period = scheduleRate(ScheduleExpression!)
  if (period === undefined) {
    throw validationError('ScheduleExpression must be a rate expression of minutes, hours or days, up to a week, such as rate(5 minutes).')
  }
  if (EndTimeOffset >= StartTimeOffset!) throw validationError('EndTimeOffset must be less than StartTimeOffset.')
  return {
    query: QueryString!,
    groups: LogGroupIdentifiers.map(group => ownGroup(group, tenant)),
    aggregation: AggregationExpression!,
    schedule: ScheduleExpression!,
    period,
    startOffset: seconds(StartTimeOffset!),
    endOffset: seconds(EndTimeOffset),
    queryRole: role(ScheduledQueryRoleARN!, 'ScheduledQueryRoleARN'),
  }
}

const ownGroup = (group: string, tenant: Tenant): string => {
  if (!group.startsWith('arn:')) return group
  const parts = parseArn(group)
  if (parts?.service !== 'logs' || !parts.resource.startsWith('log-group:')) throw validationError(`Invalid log group ARN: ${group}`)
  if (parts.account !== tenant.account || parts.region !== tenant.region) throw validationError(`This server keeps accounts and regions apart: ${group}`)
  return group
}

const role = (arn: string, member: string): string => {
  const parts = parseArn(arn)
  if (parts?.service !== 'iam' || !parts.resource.startsWith('role/')) throw validationError(`${member} must be the ARN of an IAM role.`)
  return arn
}

const quorum = (input: PutLogAlarmCommandInput) => {
  const { QueryResultsToEvaluate: evaluationPeriods, QueryResultsToAlarm: datapointsToAlarm, Threshold: threshold } = input
  if (datapointsToAlarm! > evaluationPeriods!) throw validationError('QueryResultsToAlarm must be less than or equal to QueryResultsToEvaluate')
  if (!Number.isFinite(threshold)) throw validationError(`The value ${threshold} for parameter Threshold is invalid.`)
  return {
    evaluationPeriods: evaluationPeriods!,
    datapointsToAlarm: datapointsToAlarm!,
    threshold: threshold!,
    comparison: comparisonOf(input.ComparisonOperator!),
    treatMissingData: missingDataOf(input.TreatMissingData),
    evaluateLowSampleCountPercentile: undefined,
  }
}

const lines = ({ ActionLogLineCount: count = 0, ActionLogLineRoleArn: arn }: PutLogAlarmCommandInput) => {
  if (count > 0 && arn === undefined) throw validationError('ActionLogLineRoleArn is required when ActionLogLineCount is greater than 0.')
  return { lines: count, linesRole: arn === undefined ? undefined : role(arn, 'ActionLogLineRoleArn') }
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-log.html */
const NOT_FOR_LOGS: ReadonlySet<string> = new Set(['ssm-incidents', 'aiops', 'autoscaling', 'automate', 'swf'])

const actions = (arns: readonly string[] = [], tenant: Tenant): readonly string[] => {
  const refused = checkActions(arns, tenant).find(arn => NOT_FOR_LOGS.has(parseArn(arn)!.service))
  if (refused !== undefined) throw validationError(`Action ${refused} is not supported for log alarms.`)
  return arns
}

const checkQuery = (alarm: LogAlarm): void => {
  const aggregation = aggregationOf(alarm.aggregation)
  const { text } = valueSearch(alarm, aggregation, epochSeconds(0))
  const { sources, commands } = queryOf(alarm.query)
  if (alarm.groups.length === 0 && !sources) throw validationError('LogGroupIdentifiers must contain between 1 and 50 log groups.')
  if (alarm.groups.length > 0 && sources) throw validationError('Log groups must be specified either in LogGroupIdentifiers or with SOURCE in the query, not in both.')
  if (commands.has('unmask')) throw validationError('Queries of alarms cannot use unmask.')
  queryOf(text)
}

const aggregationOf = (text: string): Aggregation => {
  try {
    return parseAggregation(text)
  } catch (error) {
    if (error instanceof InsightsProblem) throw validationError(`Error in AggregationExpression: ${error.message}`)
    throw error
  }
}

const queryOf = (text: string) => {
  try {
    return readLogQuery(text)
  } catch (error) {
    if (error instanceof InsightsProblem) throw validationError(`Error in QueryString: ${error.message}`)
    throw error
  }
}
