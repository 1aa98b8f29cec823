import { type Fields, fieldsEvent, putNumber, putText } from './fields.ts'
import { LineSplitter } from './line-splitter.ts'
import type { LineParser, LogFormat, ParsedEvent } from './log-format.ts'
import { putDuration, SEVERITIES } from './postgresql-message.ts'
import { TextEvents } from './text-events.ts'
import { isoTime } from './times.ts'

/** How long a line's prefix may be; only so much of a line is compared with it. */
const PREFIX = 512
/** `%t:%r:%u@%d:[%p]:`, as RDS has it. */
const RDS = /^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)? [A-Z0-9+-]{1,6}):(.*?)(?:\((\d+)\))?:([^:@]*)@([^:]*):\[(\d+)\]:([A-Z]+[1-5]?):\s*/
/** `%m [%p] `, PostgreSQL's own default, and `%m [%p] %q%u@%d ` of Debian. */
const PLAIN = /^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)? [A-Z0-9+-]{1,6})()() \[(\d+)\] (?:([^ @]+)@([^ ]+) )?([A-Z]+[1-5]?):\s*/

/** Characters of a message with its lines. In JSON each may take six bytes, and statements stand there twice: it always fits an event. */
const MESSAGE_LENGTH = 80_000

/** Lines that say more about the message before them, by csvlog's names. */
const MORE: Readonly<Record<string, string>> = {
  DETAIL: 'detail', HINT: 'hint', CONTEXT: 'context', STATEMENT: 'query', QUERY: 'internal_query', LOCATION: 'location',
}

interface Line {
  readonly time: string
  readonly host: string
  readonly port: string
  readonly user: string
  readonly database: string
  readonly pid: string
  readonly label: string
  readonly text: string
}

const lineOf = (line: string): Line | undefined => {
  const head = line.slice(0, PREFIX)
  const rds = RDS.exec(head)
  if (rds !== null) {
    const [all, time = '', host = '', port = '', user = '', database = '', pid = '', label = ''] = rds
    return { time, host, port, user, database, pid, label, text: line.slice(all.length) }
  }
  const plain = PLAIN.exec(head)
  if (plain === null) return undefined
  const [all, time = '', host = '', port = '', pid = '', user = '', database = '', label = ''] = plain
  return { time, host, port, user, database, pid, label, text: line.slice(all.length) }
}

/** The message that is open: lines that begin with a tab go on with its newest part, and lines such as DETAIL add parts. */
class Message {
  readonly #line: Line
  readonly #parts: Record<string, string>
  #part = 'message'
  #length: number

  constructor(line: Line) {
    this.#line = line
    this.#parts = { message: line.text }
    this.#length = line.text.length
  }

  /** False where it does not belong here, or would make it too long. */
  add(line: Line): boolean {
    const part = MORE[line.label]
    if (part === undefined || line.pid !== this.#line.pid || this.#parts[part] !== undefined) return false
    if (!this.#grow(line.text)) return false
    this.#parts[part] = line.text
    this.#part = part
    return true
  }

  goOn(line: string): boolean {
    if (!this.#grow(line)) return false
    this.#parts[this.#part] += `\n${line.startsWith('\t') ? line.slice(1) : line}`
    return true
  }

  event(): ParsedEvent | undefined {
    const { time, host, port, user, database, pid, label } = this.#line
    const fields: Fields = {}
    putText(fields, 'log_time', time)
    putText(fields, 'connection_from', port === '' ? host : `${host}:${port}`)
    putText(fields, 'user_name', user)
    putText(fields, 'database_name', database)
    putNumber(fields, 'process_id', pid)
    putText(fields, 'error_severity', label)
    for (const [name, text] of Object.entries(this.#parts)) putText(fields, name, text)
    putDuration(fields, this.#parts['message'] ?? '')
    return fieldsEvent(isoTime(time)?.at, fields)
  }

  #grow(text: string): boolean {
    this.#length += text.length + 1
    return this.#length < MESSAGE_LENGTH
  }
}

const open = (near: number): LineParser => {
  const splitter = new LineSplitter()
  const text = new TextEvents(near)
  let message: Message | undefined
  const close = (out: ParsedEvent[]): void => {
    const event = message?.event()
    if (event !== undefined) out.push(event)
    message = undefined
  }
  const take = (lines: readonly string[]): ParsedEvent[] => {
    const out: ParsedEvent[] = []
    for (const raw of lines) {
      const line = lineOf(raw)
      if (line === undefined) {
        if (message !== undefined && message.goOn(raw)) continue
        close(out)
        text.add(raw, out)
        continue
      }
      if (message !== undefined && message.add(line)) continue
      text.flush(out)
      close(out)
      text.now(isoTime(line.time)?.at)
      if (SEVERITIES.has(line.label) && line.text.length < MESSAGE_LENGTH) message = new Message(line)
      else text.add(raw, out)
    }
    return out
  }
  return {
    push: bytes => take(splitter.push(bytes)),
    end: () => {
      const out = take(splitter.end())
      close(out)
      text.flush(out)
      return out
    },
  }
}

export const postgresqlStderr: LogFormat = {
  name: 'postgresql-stderr',
  text: "PostgreSQL's log to stderr, with the prefix of RDS or one of the usual ones.",
  fits: ({ lines }) => lines.slice(0, 3).some(line => SEVERITIES.has(lineOf(line)?.label ?? '')),
  open: ({ modifiedAt }) => open(modifiedAt),
}
