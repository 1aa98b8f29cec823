import { type Fields, fieldsEvent, putNumber, putText } from './fields.ts'
import { type LineReader, lineFormat } from './line-format.ts'
import { quotedTokens } from './quoted-tokens.ts'
import { bracketedTime } from './times.ts'

/**
 * `combined`, `common` and `vhost_combined` of nginx and Apache, with nginx's names for the fields. Behind them a quoted token is taken for X-Forwarded-For,
 * numbers for the request's time and then the upstream's, in seconds.
 */
const read: LineReader = line => {
  if (!line.includes(' [', 3)) return undefined
  const found = quotedTokens(line)
  // Debian's Apache writes the virtual host and its port in front.
  const vhost = found !== undefined && bracketedTime(found[3] ?? '') === undefined ? found[0] : undefined
  const tokens = vhost === undefined ? found : found?.slice(1)
  const time = tokens === undefined ? undefined : bracketedTime(tokens[3] ?? '')
  if (tokens === undefined || tokens.length < 7 || time === undefined || !/^(\d{3}|-)$/.test(tokens[5] ?? '')) return undefined
  const fields: Fields = {}
  putVirtualHost(fields, vhost)
  putText(fields, 'remote_addr', tokens[0])
  putText(fields, 'remote_user', tokens[2])
  putText(fields, 'time_local', tokens[3])
  putRequest(fields, tokens[4] ?? '')
  putNumber(fields, 'status', tokens[5])
  putNumber(fields, 'body_bytes_sent', tokens[6])
  putText(fields, 'http_referer', tokens[7])
  putText(fields, 'http_user_agent', tokens[8])
  putMore(fields, tokens.slice(9))
  return fieldsEvent(time.at, fields)
}

const putVirtualHost = (fields: Fields, vhost: string | undefined): void => {
  const [, name, port] = /^(.*):(\d{1,5})$/.exec(vhost ?? '') ?? [undefined, vhost]
  putText(fields, 'server_name', name)
  putNumber(fields, 'server_port', port)
}

const putRequest = (fields: Fields, request: string): void => {
  putText(fields, 'request', request)
  const [, method, uri, protocol] = /^([A-Z]{1,20}) (.*) (HTTP\/[\d.]+)$/s.exec(request) ?? []
  putText(fields, 'request_method', method)
  putText(fields, 'request_uri', uri)
  putText(fields, 'server_protocol', protocol)
}

const TIMES = ['request_time', 'upstream_response_time'] as const

/** `0.001, 0.002` of several upstreams stays a list, as text. */
const putMore = (fields: Fields, tokens: readonly string[]): void => {
  let next = 0
  for (let at = 0; at < tokens.length && next <= TIMES.length; at++) {
    let token = tokens[at] ?? ''
    const name = TIMES[next]
    if (!/^(?:-|\d+\.?\d*,?)$/.test(token) || name === undefined) {
      if (next === 0 && fields['http_x_forwarded_for'] === undefined) putText(fields, 'http_x_forwarded_for', token)
      continue
    }
    if (token === '-' && next === 0 && at === 0 && tokens.length > 1) continue
    while (token.endsWith(',') && at + 1 < tokens.length) token += ` ${tokens[++at] ?? ''}`
    putNumber(fields, name, token)
    next++
  }
}

export const combined = lineFormat('combined', 'Access log of nginx or Apache, combined or common.', () => read)
