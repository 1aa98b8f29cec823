import { epochMillis, type EpochMillis, type EpochSeconds } from '../../base/time.ts'
import type { LogAlarm } from '../../model/alarm.ts'
import { parseAggregation, quoted, type Aggregation } from './aggregation.ts'

/** AWS looks at so many contributors of a result. */
export const MOST_CONTRIBUTORS = 500

/** What a run of a log alarm's query is asked for. */
export interface AlarmSearch {
  readonly text: string
  /** Epoch milliseconds, both inclusive. */
  readonly start: EpochMillis
  readonly end: EpochMillis
  readonly limit: number
}

/** The search whose result is the alarm's value at an instant, or the values of its contributors and one more where there are too many. */
export const valueSearch = (alarm: LogAlarm, aggregation: Aggregation, at: EpochSeconds): AlarmSearch => {
  const { stats, value, by, order } = aggregation
  const keys = by.map(({ field }) => quoted(field))
  const sorted = order === undefined ? keys : [`${quoted(value)} ${order}`, ...keys]
  const sort = by.length === 0 ? '' : `\n| sort ${sorted.join(', ')}`
  return { ...range(alarm, at), text: `${piped(alarm.query)}${stats}${sort}`, limit: MOST_CONTRIBUTORS + 1 }
}

/** The search for the lines behind a result; `attributes`: those of one contributor. */
export const lineSearch = (alarm: LogAlarm, at: EpochSeconds, attributes: Readonly<Record<string, string>> = {}): AlarmSearch => {
  const conditions = parseAggregation(alarm.aggregation).by.flatMap(({ field, text }) => {
    const value = attributes[field]
    return value === undefined ? [] : [`${text} = ${literal(value)}`]
  })
  const filter = conditions.join(' and ')
  const text = filter === '' ? alarm.query : `${piped(alarm.query)}filter ${filter}`
  return { ...range(alarm, at), text, limit: alarm.lines }
}

const range = ({ startOffset, endOffset }: LogAlarm, at: EpochSeconds): Pick<AlarmSearch, 'start' | 'end'> => ({
  start: epochMillis((at - startOffset) * 1000),
  // What happens at the end itself belongs to the next run.
  end: epochMillis((at - endOffset) * 1000 - 1),
})

/** On a line of its own, since the query may end in a comment. */
const piped = (query: string): string => (query.trim() === '' ? '' : `${query}\n| `)

const literal = (text: string): string => `'${text.replaceAll(/[\\']/g, '\\$&')}'`
