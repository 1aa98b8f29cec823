import { jsonObject, jsonTime } from './json-time.ts'
import { fitsEvent } from './event-limit.ts'
import { type LineReader, lineFormat } from './line-format.ts'
import type { FormatName, LogFormat } from './log-format.ts'

/** A line is its own message: numbers and the order of members stay as they were written. */
const readLine = (belongs: (object: Readonly<Record<string, unknown>>) => boolean): LineReader => line => {
  const object = fitsEvent(line) ? jsonObject(line) : undefined
  return object === undefined || !belongs(object) ? undefined : { timestamp: jsonTime(object), message: line, fields: object }
}

const having = (name: FormatName, text: string, ...members: readonly string[]): LogFormat =>
  lineFormat(name, text, () => readLine(object => members.every(member => Object.hasOwn(object, member))))

export const jsonLines = having('json-lines', 'A JSON object a line.')
export const waf = having('waf', 'Log records of AWS WAF, one a line.', 'webaclId', 'httpRequest', 'timestamp')
export const postgresqlJson = having('postgresql-json', "PostgreSQL's jsonlog (15 and later).", 'error_severity', 'session_id', 'timestamp', 'pid')
