import { parseArn } from '../../../base/arn.ts'
import type { AlarmQuery, MeasuredAlarm, StaticComparison } from '../../../model/alarm.ts'
import type { MetricOptions, MetricWidgetProperties } from '../../../model/dashboard.ts'
import { validationError } from '../../../wire/fault.ts'
import type { Call } from '../../operation.ts'
import type { AlarmStore } from '../ports.ts'

type MetricItem = NonNullable<MetricWidgetProperties['metrics']>[number]

/** The alarm that a widget draws. Throws `ValidationError` for one that is not there, or has no line. */
export const alarmOfWidget = async (
  { annotations }: MetricWidgetProperties, alarms: Pick<AlarmStore, 'get'>, { tenant }: Call,
): Promise<MeasuredAlarm | undefined> => {
  const [arn] = annotations?.alarms ?? []
  if (arn === undefined) return undefined
  const parts = parseArn(arn)
  const own = parts?.account === tenant.account && parts.region === tenant.region && parts.resource.startsWith('alarm:')
  const found = own ? await alarms.get(tenant, parts.resource.slice('alarm:'.length)) : undefined
  if (found === undefined) throw unfit('Should be the ARN of an alarm')
  const { alarm } = found
  if (alarm.kind === 'composite' || alarm.kind === 'promql' || alarm.kind === 'log') throw unfit('Should be the ARN of an alarm on metrics')
  return alarm
}

/** The widget with what the alarm watches and its threshold; what the widget itself says stands. */
export const withAlarm = (properties: MetricWidgetProperties, alarm: MeasuredAlarm): MetricWidgetProperties => {
  const { annotations, metrics = [], title = alarm.name } = properties
  const threshold = thresholdOf(alarm)
  return {
    ...properties,
    title,
    metrics: metrics.length > 0 ? metrics : itemsOf(alarm),
    annotations: { ...annotations, horizontal: [...(annotations?.horizontal ?? []), ...(threshold === undefined ? [] : [threshold])] },
  }
}

const itemsOf = (alarm: MeasuredAlarm): readonly MetricItem[] =>
  alarm.kind === 'metric'
    ? [itemOf({ id: 'm1', label: undefined, returnData: true, account: undefined, expression: undefined, period: undefined, stored: alarm })]
    : alarm.queries.map(query => itemOf(alarm.limit.kind === 'band' && alarm.limit.metricId === query.id ? { ...query, returnData: true } : query))

const itemOf = ({ id, label, returnData, expression, period, stored }: Omit<AlarmQuery, 'stored'> & { readonly stored: Stored | undefined }): MetricItem => {
  const options: MetricOptions = { id, visible: returnData, ...(label === undefined ? {} : { label }) }
  if (stored === undefined) return [{ ...options, ...(expression === undefined ? {} : { expression }), ...(period === undefined ? {} : { period }) }]
  const { namespace, name, dimensions } = stored.metric
  return [namespace, name, ...dimensions.flatMap(one => [one.name, one.value]), { ...options, stat: stored.statistic, period: stored.period }]
}

type Stored = Pick<NonNullable<AlarmQuery['stored']>, 'metric' | 'period' | 'statistic'>

const COMPARISONS: Readonly<Record<StaticComparison, string>> = {
  GreaterThanOrEqualToThreshold: '≥', GreaterThanThreshold: '>', LessThanThreshold: '<', LessThanOrEqualToThreshold: '≤',
}

const thresholdOf = (alarm: MeasuredAlarm) => {
  const limit = alarm.kind === 'metric' ? alarm : alarm.limit
  if (limit.kind === 'band') return undefined
  const { comparison, threshold } = limit
  return {
    value: threshold, label: `${alarm.name} ${COMPARISONS[comparison]} ${threshold}`, color: '#d13212',
    fill: comparison.startsWith('Less') ? 'below' : 'above',
  } as const
}

const unfit = (message: string) => validationError(`The metric widget is invalid: ${JSON.stringify([{ dataPath: '/annotations/alarms/0', message }])}`)
