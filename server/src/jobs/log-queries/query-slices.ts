import type { CompiledQuery } from '../../engines/insights/compile-query.ts'
import type { TimeSlice } from './compile-search.ts'

/**
 * How results can be shown while a query runs. `newest first`: rows of later slices follow those of the ones before. `growing`: the
 * query is answered for the newest events first, then for all. `whole`: only the end tells.
 */
type Progress = 'newest first' | 'growing' | 'whole'

/** Commands after which every event is still by itself and in its place. */
const EVENT_BY_EVENT: ReadonlySet<string> = new Set(['fields', 'display', 'filter', 'filterIndex', 'parse', 'unmask', 'json', 'limit', 'sort'])

/** What they answer of a part means nothing. */
const WHOLE = ['diff', 'logcompare', 'estimate']

export const progressOf = (compiled: CompiledQuery): Progress => {
  // A query within the query reads a range of its own; what comes after `pattern` must see all of it.
  if (occurrences(compiled.sql, 'FROM log_events') !== 1 || compiled.next !== undefined || WHOLE.some(command => compiled.commands.has(command))) return 'whole'
  return isEventByEvent(compiled) ? 'newest first' : 'growing'
}

/** Whether the newest events that pass the filters are the results: then no more are looked for than are shown. */
export const isEventByEvent = ({ sql, commands, events, next }: CompiledQuery): boolean =>
  // A limit within would be one of each slice.
  events && next === undefined && [...commands].every(command => EVENT_BY_EVENT.has(command))
  && occurrences(sql, 'LIMIT ') === 1 && sql.includes('\nORDER BY ts DESC, seq DESC\nLIMIT ')

/** What a user wrote is bound, so it is not in the statement's text. */
const occurrences = (sql: string, word: string): number => sql.split(word).length - 1

/** So many events are looked at before something is shown. */
const FIRST_EVENTS = 4_000_000
const GROWTH = 4

/** Cuts a range into stretches, the newest first, each of some four times as many events as the one before. */
export const slicesOf = ({ from, to }: TimeSlice, hours: readonly { readonly start: number; readonly records: number }[]): readonly TimeSlice[] => {
  const slices: TimeSlice[] = []
  let wanted = FIRST_EVENTS
  let found = 0
  let end = to
  for (const { start, records } of hours) {
    found += records
    if (found < wanted || start <= from) continue
    slices.push({ from: start, to: end })
    end = start
    found = 0
    wanted *= GROWTH
  }
  return end > from ? [...slices, { from, to: end }] : slices
}
