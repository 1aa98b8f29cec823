import type { MetricOptions, MetricWidgetProperties } from '../../../../server/src/model/dashboard.ts'
import type { Alarm, MetricDataQuery } from '../../aws/shapes.ts'
import { sign, statisticOf } from '../../words/condition.ts'
import { quantity } from '../../words/quantities.ts'

/** The metric widget that a widget with an alarm's annotation stands for: what the alarm watches, with its threshold. */
export const alarmAsWidget = (alarm: Alarm, { annotations: _annotations, ...properties }: MetricWidgetProperties): MetricWidgetProperties => ({
  ...properties,
  title: properties.title ?? alarm.AlarmName ?? '',
  metrics: alarm.Metrics === undefined || alarm.Metrics.length === 0
    ? [itemOf(alarm, { stat: statisticOf(alarm), ...(alarm.Period !== undefined && { period: alarm.Period }) })]
    : alarm.Metrics.map(query => queryItem(query, alarm.ThresholdMetricId)),
  ...(alarm.Threshold !== undefined && {
    annotations: { horizontal: [{ value: alarm.Threshold, label: `${sign(alarm.ComparisonOperator)} ${quantity(alarm.Threshold)}`, color: '#d13b2e' }] },
  }),
})

type Item = readonly (string | MetricOptions)[]

const itemOf = ({ Namespace = '', MetricName = '', Dimensions = [] }: Pick<Alarm, 'Namespace' | 'MetricName' | 'Dimensions'>, options: MetricOptions): Item =>
  [Namespace, MetricName, ...Dimensions.flatMap(({ Name = '', Value = '' }) => [Name, Value]), options]

const queryItem = ({ Id, Label, ReturnData, Expression, Period, MetricStat }: MetricDataQuery, band: string | undefined): Item => {
  const options: MetricOptions = {
    ...(Id !== undefined && { id: Id }), ...(Label !== undefined && { label: Label }), visible: ReturnData !== false || Id === band,
  }
  if (MetricStat?.Metric === undefined) return [{ ...options, expression: Expression ?? '', ...(Period !== undefined && { period: Period }) }]
  return itemOf(MetricStat.Metric, {
    ...options, ...(MetricStat.Stat !== undefined && { stat: MetricStat.Stat }), ...(MetricStat.Period !== undefined && { period: MetricStat.Period }),
  })
}
