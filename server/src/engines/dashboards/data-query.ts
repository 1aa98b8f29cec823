import type { WidgetQuery } from './metric-widget.ts'

/** A widget's query as GetMetricData takes it, under an id of the caller's choice. */
export const dataQuery = ({ source, period, label, visible, accountId }: WidgetQuery, id: string) => ({
  Id: id,
  ReturnData: visible,
  ...(label !== undefined && { Label: label }),
  ...(accountId !== undefined && { AccountId: accountId }),
  ...(source.kind === 'expression'
    ? { Expression: source.expression, Period: period }
    : {
        MetricStat: {
          Metric: {
            Namespace: source.metric.namespace,
            MetricName: source.metric.name,
            Dimensions: source.metric.dimensions.map(({ name, value }) => ({ Name: name, Value: value })),
          },
          Period: period,
          Stat: source.stat,
        },
      }),
})
