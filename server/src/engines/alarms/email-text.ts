import type { Alarm, AlarmQuery, AlarmRecord, AlarmState, LogAlarm, MeasuredAlarm } from '../../model/alarm.ts'
import type { Dimension } from '../../model/metric.ts'
import { triggeringAlarms } from './composite-reason.ts'
import { javaDouble } from './java-double.ts'
import { limitOf } from './limit.ts'
import type { MessageOccasion } from './message-occasion.ts'
import { regionName } from './region-name.ts'
import { treatmentOf } from './rule.ts'
import { spokenTime } from './time-text.ts'

/** CloudWatch's own alarm email, line for line; receivers have rules and parsers for it. */
export const emailText = (record: AlarmRecord, previous: AlarmRecord, alarmUrl: string, { contributor, lines = [], tags }: MessageOccasion): string => {
  const { alarm, state } = record
  const when = spokenTime(state.updatedAt)
  return [
    opening(record, when),
    '',
    'View this alarm in the console:',
    alarmUrl,
    '',
    'Alarm Details:',
    detail('Name', alarm.name),
    detail('Description', alarm.description ?? ''),
    ...(contributor === undefined ? [] : [detail('Contributor', pairs(contributor.attributes))]),
    detail('State Change', `${previous.state.value} -> ${state.value}`),
    detail('Reason for State Change', state.reason),
    detail('Timestamp', when),
    detail('AWS Account', alarm.tenant.account),
    detail('Alarm Arn', alarm.arn),
    ...(alarm.kind === 'composite' ? [detail('Alarm Rule', alarm.rule)] : []),
    ...(tags === undefined ? [] : [detail('Alarm Tags', pairs(tags))]),
    '',
    ...watched(alarm, state),
    '',
    ...(lines.length === 0 ? [] : ['Log Lines:', ...lines.map(line => `- ${line}`)]),
    '',
    'State Change Actions:',
    `- OK: ${actions(alarm.okActions)}`,
    `- ALARM: ${actions(alarm.alarmActions)}`,
    `- INSUFFICIENT_DATA: ${actions(alarm.insufficientDataActions)}`,
    '',
  ].join('\n')
}

const opening = ({ alarm, state }: AlarmRecord, when: string): string => {
  const which = `You are receiving this email because your Amazon CloudWatch Alarm "${alarm.name}" in the ${regionName(alarm.tenant.region)} region`
  return alarm.kind === 'composite'
    ? `${which} has transitioned to ${state.value} state on ${when}, because "${state.reason}".`
    : `${which} has entered the ${state.value} state, because "${state.reason}" at "${when}".`
}

const watched = (alarm: Alarm, state: AlarmState): readonly string[] => {
  switch (alarm.kind) {
    case 'metric':
      return [
        ...threshold(alarm),
        '',
        'Monitored Metric:',
        metric('MetricNamespace', alarm.metric.namespace),
        metric('MetricName', alarm.metric.name),
        metric('Dimensions', dimensions(alarm.metric.dimensions)),
        metric('Period', `${alarm.period} seconds`),
        metric('Statistic', alarm.statistic),
        metric('Unit', alarm.unit ?? 'not specified'),
        metric('TreatMissingData', treatmentOf(alarm)),
      ]
    case 'expression':
      return [
        ...threshold(alarm),
        '',
        'Monitored Metrics:',
        ...alarm.queries.flatMap(queried),
        metric('TreatMissingData', treatmentOf(alarm)),
      ]
    case 'promql':
      return [
        'Query:',
        `- The alarm is in the ALARM state when the query returns a time series for at least ${alarm.pendingPeriod} seconds.`,
        `- ${alarm.query}`,
      ]
    case 'log':
      return [
        ...resultThreshold(alarm),
        '',
        'Monitored Query:',
        metric('QueryString', alarm.query),
        metric('LogGroupIdentifiers', alarm.groups.join(', ')),
        metric('AggregationExpression', alarm.aggregation),
        metric('ScheduleExpression', alarm.schedule),
        metric('TreatMissingData', treatmentOf(alarm)),
      ]
    case 'composite': {
      const children = triggeringAlarms(state.reasonData).slice(0, CHILDREN_LISTED)
      return [
        `Triggering children (max. ${CHILDREN_LISTED}):`,
        ...children.map(({ arn, value, at }) => `- ${arn} is in the ${value} state since ${spokenTime(at)}`),
      ]
    }
  }
}

const CHILDREN_LISTED = 10

const threshold = (alarm: MeasuredAlarm): readonly string[] => {
  const limit = limitOf(alarm)
  const value = limit.kind === 'static' ? javaDouble(limit.threshold) : limit.metricId
  return [
    'Threshold:',
    `- The alarm is in the ALARM state when the metric is ${limit.comparison} ${value} for at least ${alarm.datapointsToAlarm ?? alarm.evaluationPeriods} of the last ${alarm.evaluationPeriods} period(s) of ${alarm.period} seconds. `,
  ]
}

const resultThreshold = ({ comparison, threshold, datapointsToAlarm, evaluationPeriods }: LogAlarm): readonly string[] => [
  'Threshold:',
  `- The alarm is in the ALARM state when the query result is ${comparison} ${javaDouble(threshold)} for at least ${datapointsToAlarm ?? evaluationPeriods} of the last ${evaluationPeriods} query result(s). `,
]

const queried = ({ id, label, expression, stored }: AlarmQuery): readonly string[] => {
  const name = `MetricExpression ${id}${label === undefined ? '' : ` (${label})`}`
  if (stored === undefined) return [metric(name, expression ?? '')]
  return [
    metric(`Metric ${id}${label === undefined ? '' : ` (${label})`}`, `${stored.metric.namespace} ${stored.metric.name}`),
    metric('Dimensions', dimensions(stored.metric.dimensions)),
    metric('Period', `${stored.period} seconds`),
    metric('Statistic', stored.statistic),
    metric('Unit', stored.unit ?? 'not specified'),
  ]
}

const dimensions = (list: readonly Dimension[]): string => list.map(({ name, value }) => `[${name} = ${value}]`).join(', ')
const pairs = (of: Readonly<Record<string, string>>): string =>
  Object.entries(of).map(([name, value]) => `[${name} = ${value}]`).join(', ')

/** Values stand in columns, after 30 characters for the alarm and 39 for the metric (as in recorded mails). */
const detail = (name: string, value: string): string => `- ${name}:`.padEnd(30) + value
const metric = (name: string, value: string): string => `- ${name}:`.padEnd(39) + value

const actions = (arns: readonly string[]): string => (arns.length === 0 ? '' : `[${arns.join(', ')}]`)
