import { type Fields, fieldsEvent, putNumber, putText } from './fields.ts'
import { type LineReader, lineFormat } from './line-format.ts'
import { isoTime } from './times.ts'

const HEAD = /^\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d \[(debug|info|notice|warn|error|crit|alert|emerg)\] (\d+)#(\d+): (?:\*(\d+) )?/
const NAMES = ['client', 'server', 'request', 'subrequest', 'upstream', 'host', 'referrer'] as const

/** nginx's error log. Its times are of the server's zone, which it does not say: they are taken for UTC. */
const read: LineReader = line => {
  const head = HEAD.exec(line)
  const time = head === null ? undefined : isoTime(line)
  if (head === null || time === undefined) return undefined
  const fields: Fields = {}
  putText(fields, 'level', head[1])
  putNumber(fields, 'pid', head[2])
  putNumber(fields, 'tid', head[3])
  putNumber(fields, 'connection', head[4])
  const rest = line.slice(head[0].length)
  const context = rest.indexOf(', client: ')
  putText(fields, 'message', context === -1 ? rest : rest.slice(0, context))
  if (context !== -1) putContext(fields, rest.slice(context))
  return fieldsEvent(time.at, fields)
}

/** `, client: 1.2.3.4, server: x, request: "GET / HTTP/1.1", …` */
const putContext = (fields: Fields, text: string): void => {
  for (const name of NAMES) {
    const from = text.indexOf(`, ${name}: `)
    if (from === -1) continue
    const value = from + name.length + 4
    const quoted = text[value] === '"'
    const end = quoted ? text.indexOf('"', value + 1) : text.indexOf(', ', value)
    putText(fields, name, text.slice(quoted ? value + 1 : value, end === -1 ? undefined : end))
  }
}

export const nginxError = lineFormat('nginx-error', 'Error log of nginx.', () => read)
