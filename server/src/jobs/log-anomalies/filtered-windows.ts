import { normalise } from '../../engines/log-patterns/normalise.ts'
import { compilePattern } from '../../engines/patterns/compile-pattern.ts'
import { LogLine } from '../../engines/patterns/log-line.ts'
import type { LogPageRead } from '../../model/log-read.ts'
import type { LogGroup } from '../../model/log.ts'
import type { EventReads, WindowRow } from './ports.ts'

const PAGE = 10_000
/** Of a message, as AWS analyses it. */
const CHARACTERS = 1_500
/** Different texts of one window. */
const TEXTS = 2_000

/** The windows of those events that match a filter pattern: the store cannot tell them. */
export const filteredWindows = async (
  reads: EventReads, group: LogGroup, from: number, to: number, period: number, filterPattern: string,
): Promise<ReadonlyMap<number, readonly WindowRow[]>> => {
  const pattern = compilePattern(filterPattern)
  const windows = new Map<number, Map<string, WindowRow>>()
  let boundary: LogPageRead['boundary']
  for (;;) {
    const events = await reads.page({ group, from, to, boundary, descending: false, limit: PAGE, unmask: false, texts: pattern.required })
    const last = events.at(-1)
    if (last === undefined) break
    boundary = { timestamp: last.timestamp, seq: last.seq + 1n }
    for (const { timestamp, message } of events) {
      if (!pattern.matches(new LogLine(message))) continue
      const begin = Math.floor(timestamp / period) * period
      const rows = windows.get(begin) ?? new Map<string, WindowRow>()
      windows.set(begin, rows)
      const sample = message.slice(0, CHARACTERS)
      const text = normalise(sample)
      const row = rows.get(text)
      if (row !== undefined) rows.set(text, { ...row, count: row.count + 1 })
      else if (rows.size < TEXTS) rows.set(text, { text, count: 1, sample, sampleAt: timestamp })
    }
  }
  return new Map([...windows].map(([begin, rows]) => [begin, [...rows.values()]]))
}
