import { fitsEvent, pieces } from './event-limit.ts'
import { jsonObject, jsonTime } from './json-time.ts'
import type { ParsedEvent } from './log-format.ts'
import { bracketedTime, isoTime, syslogTime } from './times.ts'

/** Lines that one event may have: stack traces have hundreds, a text whose lines all begin with a blank has millions. */
const LINES = 1000

/**
 * Plain lines to events. A line that begins with a time begins an event; once one has, lines without belong to the event before them,
 * as the lines of a stack trace do. Before that, a line goes on with the last one where it begins with a blank or as causes of Java do.
 * Times hold for the lines that follow until there is another one.
 */
export class TextEvents {
  readonly #near: number
  #open: { readonly timestamp: number | undefined; text: string; lines: number } | undefined
  #timed = false
  #last: number | undefined

  /** `near`: epoch milliseconds, for times without a year. */
  constructor(near: number) {
    this.#near = near
  }

  add(line: string, out: ParsedEvent[]): void {
    const object = jsonObject(line)
    const time = object === undefined ? leadingTime(line, this.#near) : jsonTime(object)
    const open = this.#open
    if (object === undefined && time === undefined && open !== undefined && this.#goesOn(line) && open.lines < LINES && fitsEvent(`${open.text}\n${line}`)) {
      open.text += `\n${line}`
      open.lines++
      return
    }
    this.flush(out)
    if (time !== undefined) this.#last = time
    if (object !== undefined && fitsEvent(line)) {
      out.push({ timestamp: time ?? this.#last, message: line, fields: object })
      return
    }
    if (time !== undefined) this.#timed = true
    this.#open = { timestamp: time ?? this.#last, text: line, lines: 1 }
  }

  flush(out: ParsedEvent[]): void {
    const open = this.#open
    this.#open = undefined
    if (open !== undefined) for (const message of pieces(open.text)) out.push({ timestamp: open.timestamp, message })
  }

  /** A time that was read elsewhere in the object. */
  now(timestamp: number | undefined): void {
    if (timestamp !== undefined) this.#last = timestamp
  }

  #goesOn(line: string): boolean {
    return this.#timed || /^(?:[\t ]|Caused by: |\.\.\. \d+ more|[)\]}]+[;,]?$)/.test(line)
  }
}

/** How far into a line its time may begin: after a bracket, a priority, a level and a name. */
const LEAD = 64

/** The time that a line begins with, behind `[`, `<34>1`, a level or `time=` at most. */
const leadingTime = (line: string, near: number): number | undefined => {
  const head = line.slice(0, LEAD * 2)
  const lead = /^(?:<\d{1,3}>(?:1 )?)?(?:[[("']|(?:level|lvl|severity)=\w+ )?(?:(?:time|ts|timestamp|t|at)=["[]?)?(?:[A-Z]{4,8}:? +\[?)?(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? )?/.exec(head)?.[0].length ?? 0
  return (isoTime(head, lead) ?? bracketedTime(head, lead) ?? syslogTime(head, near, lead))?.at
}
