import type { GetMetricDataCommandInput, GetMetricDataOutput, MetricDataQuery } from '@aws-sdk/client-cloudwatch'
import type { DataLine } from '../../../engines/dashboards/bands.ts'
import type { TimeRange } from '../../../engines/dashboards/time-range.ts'
import type { Call, Operation } from '../../operation.ts'

/** Runs the queries through GetMetricData itself, page after page: a picture shows what the operation answers. */
export const dataLines = async (
  data: Operation, queries: readonly MetricDataQuery[], { start, end }: TimeRange, timezone: string, call: Call,
): Promise<readonly DataLine[]> => {
  if (queries.length === 0) return []
  const lines: { id: string; label: string; timestamps: number[]; values: number[] }[] = []
  let token: string | undefined
  let unfinished = false
  do {
    const input: GetMetricDataCommandInput = {
      MetricDataQueries: [...queries],
      StartTime: new Date(start * 1000),
      EndTime: new Date(end * 1000),
      ScanBy: 'TimestampAscending',
      ...(/^[+-]\d{4}$/.test(timezone) ? { LabelOptions: { Timezone: timezone } } : {}),
      NextToken: token,
    }
    const { MetricDataResults = [], NextToken } = (await data.run(input as never, call)) as GetMetricDataOutput
    for (const [index, { Id = '', Label = '', Timestamps = [], Values = [], StatusCode }] of MetricDataResults.entries()) {
      // Only a page's first result can go on with a line of the page before.
      if (!(unfinished && index === 0)) lines.push({ id: Id, label: Label, timestamps: [], values: [] })
      const line = lines.at(-1)!
      for (const at of Timestamps) line.timestamps.push(at.getTime() / 1000)
      for (const value of Values) line.values.push(value)
      unfinished = StatusCode === 'PartialData'
    }
    token = NextToken
  } while (token !== undefined)
  return lines
}
