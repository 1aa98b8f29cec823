import { type Fields, fieldsEvent, putEndpoint, putNumber, putText } from './fields.ts'
import { type LineReader, lineFormat } from './line-format.ts'
import { quotedTokens } from './quoted-tokens.ts'
import { isoTime } from './times.ts'

/** Names as in the table that AWS documents for these logs in Athena: `client:port` is `client_ip` and `client_port`. */
const TYPES = new Set(['http', 'https', 'h2', 'grpcs', 'ws', 'wss'])
/** Up to `trace_id`; what newer balancers add stands behind, and older lines end early. */
const FEWEST = 17

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-access-logs.html */
const read: LineReader = line => {
  if (!TYPES.has(line.slice(0, Math.max(0, line.indexOf(' '))))) return undefined
  const tokens = quotedTokens(line)
  const time = tokens === undefined ? undefined : isoTime(tokens[1] ?? '')
  if (tokens === undefined || tokens.length < FEWEST || time === undefined) return undefined
  const fields: Fields = {}
  putText(fields, 'type', tokens[0])
  putText(fields, 'time', tokens[1])
  putText(fields, 'elb', tokens[2])
  putEndpoint(fields, 'client', tokens[3])
  putEndpoint(fields, 'target', tokens[4])
  NUMBERS.forEach((name, index) => putNumber(fields, name, tokens[5 + index]))
  putDuration(fields, tokens.slice(5, 8).map(Number))
  const [method, url, protocol] = requestOf(tokens[12] ?? '')
  putText(fields, 'request_verb', method)
  putText(fields, 'request_url', url)
  putText(fields, 'request_proto', protocol)
  TEXTS.forEach((name, index) => putText(fields, name, tokens[13 + index]))
  putNumber(fields, 'matched_rule_priority', tokens[20])
  LATER.forEach((name, index) => putText(fields, name, tokens[21 + index]))
  // What balancers will say one day is kept, too.
  putText(fields, 'more', tokens.slice(21 + LATER.length).join(' '))
  return fieldsEvent(time.at, fields)
}

const NUMBERS = [
  'request_processing_time', 'target_processing_time', 'response_processing_time', 'elb_status_code', 'target_status_code', 'received_bytes', 'sent_bytes',
] as const
const TEXTS = ['user_agent', 'ssl_cipher', 'ssl_protocol', 'target_group_arn', 'trace_id', 'domain_name', 'chosen_cert_arn'] as const
const LATER = [
  'request_creation_time', 'actions_executed', 'redirect_url', 'error_reason', 'target_port_list', 'target_status_code_list', 'classification',
  'classification_reason', 'conn_trace_id', 'transformed_host', 'transformed_uri', 'request_transform_status',
] as const

/** Not of AWS: how long it took in all, in seconds, where no part is -1 (never dispatched, or closed early). */
const putDuration = (fields: Fields, parts: readonly number[]): void => {
  if (parts.every(part => part >= 0)) fields['duration'] = Number(parts.reduce((sum, part) => sum + part, 0).toFixed(6))
}

/** The URL may hold blanks where somebody sends what no browser would; of what is no HTTP the balancer writes `- - - `, and `- http://host:80- -`. */
const requestOf = (text: string): readonly [string, string, string] => {
  const request = text.trimEnd()
  const unread = /^- (.*?)-? -$/.exec(request)
  if (unread !== null) return ['', unread[1] ?? '', '']
  const first = request.indexOf(' ')
  const last = request.lastIndexOf(' ')
  return first === -1 || last === first ? [request, '', ''] : [request.slice(0, first), request.slice(first + 1, last), request.slice(last + 1)]
}

export const alb = lineFormat('alb', 'Access log of an Application Load Balancer.', () => read)
