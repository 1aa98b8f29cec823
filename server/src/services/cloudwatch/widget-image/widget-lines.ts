import type { GetMetricDataCommandInput, GetMetricDataOutput, MetricDataQuery } from '@aws-sdk/client-cloudwatch'
import type { TimeRange } from '../../../engines/dashboards/time-range.ts'
import type { WidgetQuery } from '../../../engines/dashboards/metric-widget.ts'
import type { Call, Operation } from '../../operation.ts'

/** One answered series of a widget, oldest first; times in epoch seconds. */
export interface WidgetLine {
  readonly query: WidgetQuery
  readonly label: string
  readonly timestamps: readonly number[]
  readonly values: readonly number[]
}

/** Runs the queries through GetMetricData itself, page after page: a picture shows what the operation answers. */
export const widgetLines = async (
  data: Operation, queries: readonly WidgetQuery[], { start, end }: TimeRange, timezone: string, call: Call,
): Promise<readonly WidgetLine[]> => {
  if (queries.length === 0) return []
  const byId = new Map(queries.map(query => [query.id, query]))
  const lines: { query: WidgetQuery; label: string; timestamps: number[]; values: number[] }[] = []
  let token: string | undefined
  let unfinished = false
  do {
    const input: GetMetricDataCommandInput = {
      MetricDataQueries: queries.map(dataQuery),
      StartTime: new Date(start * 1000),
      EndTime: new Date(end * 1000),
      ScanBy: 'TimestampAscending',
      ...(/^[+-]\d{4}$/.test(timezone) ? { LabelOptions: { Timezone: timezone } } : {}),
      NextToken: token,
    }
    const { MetricDataResults = [], NextToken } = (await data.run(input as never, call)) as GetMetricDataOutput
    for (const [index, { Id = '', Label = '', Timestamps = [], Values = [], StatusCode }] of MetricDataResults.entries()) {
      const query = byId.get(Id)
      if (query === undefined) continue
      // Only a page's first result can go on with a line of the page before.
      if (!(unfinished && index === 0)) lines.push({ query, label: Label, timestamps: [], values: [] })
      const line = lines.at(-1)!
      for (const at of Timestamps) line.timestamps.push(at.getTime() / 1000)
      for (const value of Values) line.values.push(value)
      unfinished = StatusCode === 'PartialData'
    }
    token = NextToken
  } while (token !== undefined)
  return lines
}

const dataQuery = ({ id, source, period, label, visible, accountId }: WidgetQuery): MetricDataQuery => ({
  Id: id,
  ReturnData: visible,
  Label: label,
  AccountId: accountId,
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
