import type { GetMetricDataCommandInput, GetMetricDataOutput, MetricDataQuery } from '@aws-sdk/client-cloudwatch'
import type { TimeRange } from '../../../engines/dashboards/time-range.ts'
import type { Call, Operation } from '../../operation.ts'

/** One answered series, oldest first; times in epoch seconds. */
export interface DataLine {
  readonly id: string
  readonly label: string
  readonly timestamps: readonly number[]
  readonly values: readonly number[]
  /** The line is a band, of which `values` are the lower edge. */
  readonly upper?: readonly number[]
}

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

const BAND = /^\s*ANOMALY_DETECTION_BAND\s*\(/

export const isBand = (expression: string | undefined): boolean => BAND.test(expression ?? '')

/** The two lines of each band, its lower and its upper limit, as one. */
export const withBands = <Answered extends DataLine>(lines: readonly Answered[], isOfBand: (line: Answered) => boolean): readonly Answered[] => {
  const merged: Answered[] = []
  for (const line of lines) {
    const before = merged.at(-1)
    if (before?.id === line.id && before.upper === undefined && isOfBand(line)) merged.splice(-1, 1, between(before, line))
    else merged.push(line)
  }
  return merged
}

const between = <Answered extends DataLine>(lower: Answered, upper: Answered): Answered => {
  const values = new Map(upper.timestamps.map((at, index) => [at, upper.values[index]!]))
  const label = lower.label === upper.label ? lower.label : lower.label.replace(': lower)', ')')
  return { ...lower, label, upper: lower.timestamps.map(at => values.get(at) ?? Number.NaN) }
}
