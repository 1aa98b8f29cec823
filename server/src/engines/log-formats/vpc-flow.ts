import { type Fields, fieldsEvent, putNumber, putText } from './fields.ts'
import { type LineReader, lineFormat } from './line-format.ts'
import { numericTime } from './times.ts'

/** Version 2, which is what a line without a header is taken for. */
const DEFAULT = 'version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status'.split(' ')

/** What versions 3 and later can name besides. */
const LATER = (
  'vpc-id subnet-id instance-id tcp-flags type pkt-srcaddr pkt-dstaddr region az-id sublocation-type sublocation-id pkt-src-aws-service pkt-dst-aws-service ' +
  'flow-direction traffic-path ecs-cluster-arn ecs-cluster-name ecs-container-instance-arn ecs-container-instance-id ecs-container-id ' +
  'ecs-second-container-id ecs-service-name ecs-task-definition-arn ecs-task-arn ecs-task-id reject-reason resource-id encryption-status'
).split(' ')
const KNOWN = new Set([...DEFAULT, ...LATER])

/** Fields as Logs Insights names those that it discovers in flow logs; all others in the same manner: `pkt-srcaddr` is `pktSrcAddr`. */
const NAMED: Readonly<Record<string, string>> = {
  srcaddr: 'srcAddr', dstaddr: 'dstAddr', srcport: 'srcPort', dstport: 'dstPort', start: 'startTime', end: 'endTime',
  'pkt-srcaddr': 'pktSrcAddr', 'pkt-dstaddr': 'pktDstAddr',
}
const NUMBERS = new Set(['version', 'srcport', 'dstport', 'protocol', 'packets', 'bytes', 'start', 'end', 'tcp-flags', 'traffic-path', 'encryption-status', 'packets-lost-no-route'])
const NAME = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/
const STATUSES = new Set(['OK', 'NODATA', 'SKIPDATA'])

/** https://docs.aws.amazon.com/vpc/latest/userguide/flow-log-records.html; custom formats name their columns in the first line. */
const reader = (): LineReader => {
  let columns: readonly string[] | undefined
  return line => {
    const tokens = line.split(' ', 100)
    if (isHeader(tokens)) {
      columns = tokens
      return 'header'
    }
    const names = columns ?? DEFAULT
    if (tokens.length !== names.length || (columns === undefined && !isDefault(tokens))) return undefined
    const fields: Fields = {}
    names.forEach((name, index) => (NUMBERS.has(name) ? putNumber : putText)(fields, fieldName(name), tokens[index]))
    const start = fields['startTime']
    return fieldsEvent(typeof start === 'number' ? numericTime(start) : undefined, fields)
  }
}

/** Names that are all known, or of which two are: transit gateways and versions to come name others beside them. */
const isHeader = (tokens: readonly string[]): boolean =>
  tokens.length > 1 && tokens.every(token => NAME.test(token)) && (tokens.every(token => KNOWN.has(token)) || tokens.filter(token => DEFAULT.includes(token)).length >= 2)

const isDefault = (tokens: readonly string[]): boolean =>
  tokens[0] === '2' && STATUSES.has(tokens[13] ?? '') && /^\d{9,11}$/.test(tokens[10] ?? '') && /^(\d{12}|unknown)$/.test(tokens[1] ?? '')

const fieldName = (name: string): string => NAMED[name] ?? name.replace(/-([a-z0-9])/g, (_all, letter: string) => letter.toUpperCase())

export const vpcFlow = lineFormat('vpc-flow', 'VPC flow log; the first line may name its columns.', reader)
