import { isBand, withBands, type DataLine } from '../../../engines/dashboards/bands.ts'
import type { TimeRange } from '../../../engines/dashboards/time-range.ts'
import type { AlarmQuery, MeasuredAlarm } from '../../../model/alarm.ts'
import type { Call, Operation } from '../../operation.ts'
import { describeQuery } from '../alarms/view.ts'
import { dataLines } from './data-lines.ts'

/** What an alarm holds against its limit, and the band that is its limit where it has one. */
export const alarmLines = async (
  data: Operation, alarm: MeasuredAlarm, range: TimeRange, timezone: string, call: Call,
): Promise<readonly DataLine[]> => {
  const queries = queriesOf(alarm)
  const bands = new Set(queries.filter(({ expression }) => isBand(expression)).map(({ id }) => id))
  return withBands(await dataLines(data, queries.map(describeQuery), range, timezone, call), ({ id }) => bands.has(id))
}

const queriesOf = (alarm: MeasuredAlarm): readonly AlarmQuery[] => {
  if (alarm.kind === 'metric') {
    const { metric, period, statistic, unit } = alarm
    return [{ id: 'm1', label: undefined, returnData: true, account: undefined, expression: undefined, period: undefined, stored: { metric, period, statistic, unit } }]
  }
  const { limit, queries } = alarm
  // The metric of a band needs no data of its own, but is drawn with it.
  return limit.kind === 'static' ? queries : queries.map(query => (query.id === limit.metricId ? { ...query, returnData: true } : query))
}
