import { type Fields, fieldsEvent, putNumber, putText } from './fields.ts'
import { type LineReader, lineFormat } from './line-format.ts'
import { syslogTime } from './times.ts'

const HEAD = /^\[[A-Z][a-z]{2} ([A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d(?:\.\d{1,9})? \d{4})\] \[(?:([\w-]+):)?([\w-]+)\] (?:\[pid (\d+)(?::tid (\d+))?\] )?(?:\[client ([^\]]{1,80})\] )?/

/** Apache's error log. Its times are of the server's zone, which it does not say: they are taken for UTC. */
const read: LineReader = line => {
  const head = HEAD.exec(line.slice(0, 512))
  const time = head === null ? undefined : syslogTime(head[1] ?? '', 0)
  if (head === null || time === undefined) return undefined
  const fields: Fields = {}
  putText(fields, 'module', head[2])
  putText(fields, 'level', head[3])
  putNumber(fields, 'pid', head[4])
  putText(fields, 'tid', head[5])
  putText(fields, 'client', head[6])
  putText(fields, 'message', line.slice(head[0].length))
  return fieldsEvent(time.at, fields)
}

export const apacheError = lineFormat('apache-error', 'Error log of Apache httpd.', () => read)
