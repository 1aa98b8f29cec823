import type { AlarmRecord, MetricAlarm } from '../../model/alarm.ts'
import { javaDouble } from './java-double.ts'
import { regionName } from './region-name.ts'
import { spokenTime } from './time-text.ts'

/** CloudWatch's own alarm email, line for line; receivers have rules and parsers for it. */
export const emailText = (record: AlarmRecord, previous: AlarmRecord, alarmUrl: string): string => {
  const { alarm, state } = record
  const when = spokenTime(state.updatedAt)
  return [
    `You are receiving this email because your Amazon CloudWatch Alarm "${alarm.name}" in the ${regionName(alarm.tenant.region)} region has entered the ${state.value} state, because "${state.reason}" at "${when}".`,
    '',
    'View this alarm in the console:',
    alarmUrl,
    '',
    'Alarm Details:',
    detail('Name', alarm.name),
    detail('Description', alarm.description ?? ''),
    detail('State Change', `${previous.state.value} -> ${state.value}`),
    detail('Reason for State Change', state.reason),
    detail('Timestamp', when),
    detail('AWS Account', alarm.tenant.account),
    detail('Alarm Arn', alarm.arn),
    '',
    ...watched(alarm),
    '',
    '',
    'State Change Actions:',
    `- OK: ${actions(alarm.okActions)}`,
    `- ALARM: ${actions(alarm.alarmActions)}`,
    `- INSUFFICIENT_DATA: ${actions(alarm.insufficientDataActions)}`,
    '',
  ].join('\n')
}

const watched = (alarm: MetricAlarm): readonly string[] => [
  'Threshold:',
  `- The alarm is in the ALARM state when the metric is ${alarm.comparison} ${javaDouble(alarm.threshold)} for at least ${alarm.datapointsToAlarm ?? alarm.evaluationPeriods} of the last ${alarm.evaluationPeriods} period(s) of ${alarm.period} seconds. `,
  '',
  'Monitored Metric:',
  metric('MetricNamespace', alarm.metric.namespace),
  metric('MetricName', alarm.metric.name),
  metric('Dimensions', alarm.metric.dimensions.map(({ name, value }) => `[${name} = ${value}]`).join(', ')),
  metric('Period', `${alarm.period} seconds`),
  metric('Statistic', alarm.statistic),
  metric('Unit', alarm.unit ?? 'not specified'),
  metric('TreatMissingData', alarm.treatMissingData ?? 'missing'),
]

/** Values stand in columns, after 30 characters for the alarm and 39 for the metric (as in recorded mails). */
const detail = (name: string, value: string): string => `- ${name}:`.padEnd(30) + value
const metric = (name: string, value: string): string => `- ${name}:`.padEnd(39) + value

const actions = (arns: readonly string[]): string => (arns.length === 0 ? '' : `[${arns.join(', ')}]`)
