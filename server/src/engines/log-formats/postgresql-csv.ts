import { parse } from 'csv-parse/sync'
import { EVENT_BYTES } from './event-limit.ts'
import { type Fields, fieldsEvent, putNumber, putText } from './fields.ts'
import { BrokenLog, type LineParser, type LogFormat, type ParsedEvent } from './log-format.ts'
import { putDuration, SEVERITIES } from './postgresql-message.ts'
import { TextEvents } from './text-events.ts'
import { TextReader } from './text-reader.ts'
import { isoTime } from './times.ts'

/** https://www.postgresql.org/docs/current/runtime-config-logging.html#RUNTIME-CONFIG-LOGGING-CSVLOG; older versions have fewer. */
const COLUMNS = [
  'log_time', 'user_name', 'database_name', 'process_id', 'connection_from', 'session_id', 'session_line_num', 'command_tag',
  'session_start_time', 'virtual_transaction_id', 'transaction_id', 'error_severity', 'sql_state_code', 'message', 'detail', 'hint',
  'internal_query', 'internal_query_pos', 'context', 'query', 'query_pos', 'location', 'application_name', 'backend_type', 'leader_pid', 'query_id',
] as const
const FEWEST = 22
const NUMBERS = new Set<string>(['process_id', 'session_line_num', 'internal_query_pos', 'query_pos', 'leader_pid', 'transaction_id'])
const BEGINS = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)? [A-Z0-9+-]{1,6},(?:"[^"]*")?,(?:"[^"]*")?,\d+,/

/** Cuts text where a line ends outside of quotes. Keeps one record. */
class RecordSplitter {
  #open = ''
  #inQuotes = false

  push(text: string): readonly string[] {
    const found: string[] = []
    const before = this.#open.length
    this.#open += text
    let start = 0
    for (let at = before; at < this.#open.length; at++) {
      const char = this.#open.charCodeAt(at)
      if (char === 34) this.#inQuotes = !this.#inQuotes
      else if (char === 10 && !this.#inQuotes) {
        found.push(this.#open.slice(start, at))
        start = at + 1
      }
    }
    this.#open = this.#open.slice(start)
    if (this.#open.length > EVENT_BYTES) throw new BrokenLog('record-too-long', `A record is longer than an event may be (${EVENT_BYTES} bytes): is a quote not closed?`)
    return found
  }

  rest(): string {
    const rest = this.#open
    this.#open = ''
    return rest
  }
}

const open = (near: number): LineParser => {
  const reader = new TextReader()
  const splitter = new RecordSplitter()
  const text = new TextEvents(near)
  const take = (records: readonly string[]): ParsedEvent[] => {
    const out: ParsedEvent[] = []
    const rows = rowsOf(records)
    for (const record of records) {
      const event = eventOf(rows.get(record))
      if (event === undefined) {
        for (const line of record.split('\n')) if (line.trim() !== '') text.add(line, out)
        continue
      }
      text.flush(out)
      text.now(event.timestamp)
      out.push(event)
    }
    return out
  }
  return {
    push: bytes => take(splitter.push(reader.read(bytes))),
    end: () => {
      const out = take([...splitter.push(reader.end()), splitter.rest()])
      text.flush(out)
      return out
    },
  }
}

const eventOf = (values: readonly string[] | undefined): ParsedEvent | undefined => {
  const time = isoTime(values?.[0] ?? '')
  if (values === undefined || time === undefined || values.length < FEWEST || !SEVERITIES.has(values[11] ?? '')) return undefined
  const fields: Fields = {}
  COLUMNS.forEach((name, index) => (NUMBERS.has(name) ? putNumber : putText)(fields, name, values[index]))
  putDuration(fields, values[13] ?? '')
  return fieldsEvent(time.at, fields)
}

/** All at once, which is much faster; one by one where one of them is no CSV. */
const rowsOf = (records: readonly string[]): ReadonlyMap<string, readonly string[]> => {
  const candidates = records.filter(record => BEGINS.test(record))
  const rows = rowsIn(candidates.join('\n'))
  const found = new Map<string, readonly string[]>()
  candidates.forEach((record, index) => {
    const row = rows?.length === candidates.length ? rows[index] : rowsIn(record)?.[0]
    if (row !== undefined) found.set(record, row)
  })
  return found
}

const rowsIn = (text: string): readonly (readonly string[])[] | undefined => {
  try {
    return parse(text, { relax_column_count: true, record_delimiter: ['\n', '\r\n'] })
  } catch {
    // What is no CSV is kept as text.
    return undefined
  }
}

export const postgresqlCsv: LogFormat = {
  name: 'postgresql-csv',
  text: "PostgreSQL's csvlog.",
  fits: ({ lines }) => BEGINS.test(lines[0] ?? ''),
  open: ({ modifiedAt }) => open(modifiedAt),
}
