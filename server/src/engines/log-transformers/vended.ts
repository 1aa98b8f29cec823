import { add, type Fields, isFields } from './fields.ts'
import { jsonOf, type Processor } from './parsers.ts'

const VPC = 'version accountId interfaceId srcAddr dstAddr srcPort dstPort protocol packets bytes start end action logStatus'.split(' ')
const ROUTE53 = 'version queryTimestamp hostZoneId queryName queryType responseCode protocol edgeLocation resolverIp ednsClientSubnet'.split(' ')
const CLOUDFRONT = [
  'date', 'time', 'x-edge-location', 'sc-bytes', 'c-ip', 'cs-method', 'cs(Host)', 'cs-uri-stem', 'sc-status', 'cs(Referer)', 'cs(User-Agent)', 'cs-uri-query',
  'cs(Cookie)', 'x-edge-result-type', 'x-edge-request-id', 'x-host-header', 'cs-protocol', 'cs-bytes', 'time-taken', 'x-forwarded-for', 'ssl-protocol', 'ssl-cipher',
  'x-edge-response-result-type', 'cs-protocol-version', 'fle-status', 'fle-encrypted-fields', 'c-port', 'time-to-first-byte', 'x-edge-detailed-result-type',
  'sc-content-type', 'sc-content-len', 'sc-range-start', 'sc-range-end',
]
const POSTGRES = /^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)? [A-Z]{1,5}):([^:()]*)(?:\(\d+\))?:([^@:]*)@([^:]*):\[(\d+)\]:([A-Z0-9]+):/

/** Columns between separators; numbers are numbers where `numeric`. */
const columns = (names: readonly string[], separator: RegExp, numeric: boolean): Processor => (fields, { message }) => {
  const values = message.split(separator, names.length + 1)
  if (values.length !== names.length) return false
  add(fields, Object.fromEntries(names.map((name, index) => [name, valueOf(values[index]!, numeric)])), undefined, true)
  return true
}

const valueOf = (text: string, numeric: boolean): string | number => (numeric && /^\d{1,15}$/.test(text) && (text === '0' || !text.startsWith('0')) ? Number(text) : text)

export const parseVpc = (): Processor => {
  const parse = columns(VPC, / /, true)
  return (fields, event) => {
    if (parse(fields, event) === false) return false
    // An account is no number, though it looks like one.
    fields['accountId'] = String(fields['accountId'])
    return true
  }
}

export const parseRoute53 = (): Processor => columns(ROUTE53, / /, false)

export const parseCloudfront = (): Processor => columns(CLOUDFRONT, /\t/, false)

export const parsePostgres = (): Processor => (fields, { message }) => {
  const found = POSTGRES.exec(message)
  if (found === null) return false
  const [, logTime, srcIp, userName, dbName, processId, logLevel] = found
  add(fields, { logTime, srcIp, userName, dbName, processId, logLevel }, undefined, true)
  return true
}

/** Headers and labels become objects by their names. */
export const parseWaf = (): Processor => (fields, { message }) => {
  const value = jsonOf(message)
  if (!isFields(value)) return false
  const { httpRequest, labels } = value
  if (isFields(httpRequest) && Array.isArray(httpRequest['headers'])) {
    httpRequest['headers'] = Object.fromEntries(httpRequest['headers'].flatMap((header: Fields) => (typeof header?.['name'] === 'string' ? [[header['name'], header['value']]] : [])))
  }
  if (Array.isArray(labels)) value['labels'] = Object.fromEntries(labels.flatMap((label: Fields) => (typeof label?.['name'] === 'string' ? [[label['name'], label['name']]] : [])))
  add(fields, value, undefined, true)
  return true
}
