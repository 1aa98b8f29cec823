import { escapeXml, writeMembers } from '../aws-query/xml.ts'
import { Fault } from '../fault.ts'
import { Mismatch, within } from '../mismatch.ts'
import type { Protocol, ReplyContext, WireReply, WireRequest } from '../protocol.ts'
import { bindingsOf, readBound, readParameters } from '../rest-json/bindings.ts'
import type { Member, Shape, StructureShape } from '../schema.ts'
import { setOwn } from '../set-own.ts'
import { readUtf8 } from '../utf8.ts'
import { addressOf } from './address.ts'
import { readElement } from './read.ts'
import { readXml } from './xml-read.ts'

/**
 * REST-XML as S3 speaks it: members travel in the path (`/bucket/key`), the query string, headers and an XML body. Bodies that are
 * streamed are not looked at here, either way: {@link streamedMember} tells which member they are.
 */
export const restXml: Protocol = {
  name: 'rest-xml',

  decode: (request, operation) => {
    try {
      return operation.input.kind === 'structure' ? read(request, operation.input) : {}
    } catch (error) {
      throw error instanceof Mismatch ? new Fault('InvalidArgument', error.fault('SerializationException').message) : error
    }
  },

  encode(output, operation, context) {
    const status = STATUSES[operation.name] ?? operation.http?.[2] ?? 200
    const headers = { ...ids(context) }
    if (operation.output.kind !== 'structure') return { status, headers, body: '' }
    const values = (output ?? {}) as Readonly<Record<string, unknown>>
    const bindings = bindingsOf(operation.output)
    for (const [header, member] of bindings.headers) {
      const value = values[member.name]
      if (value !== undefined && value !== null) headers[header] = headerText(value, member.shape)
    }
    if (bindings.prefixed !== undefined) {
      const [prefix, { name }] = bindings.prefixed
      for (const [key, value] of Object.entries((values[name] ?? {}) as Readonly<Record<string, string>>)) headers[prefix + key] = value
    }
    const { payload, body } = bindings
    if (payload !== undefined) {
      const value = values[payload.name]
      if (value === undefined || value === null || payload.traits.streaming !== undefined) return { status, headers, body: '' }
      if (payload.shape.kind !== 'structure') return { status, headers, body: value as string | Uint8Array }
      return document(status, headers, rootOf(payload), writeMembers(value, payload.shape), context)
    }
    if (body.members.length === 0) return { status, headers, body: '' }
    const root = operation.output.traits.xmlName ?? operation.output.name
    // An output whose only member has the root's own name is that element itself, e.g. LocationConstraint.
    const [alone] = body.members
    const bare = body.members.length === 1 && alone?.name === root
    const content = bare ? escapeXml((values[root] ?? '') as string) : writeMembers(values, body)
    return document(status, headers, root, content, context)
  },

  encodeFault(fault, context) {
    if (fault.status === 304) return { status: 304, headers: ids(context), body: '' }
    const more = Object.entries(fault.members).map(([name, value]) => `<${name}>${escapeXml(String(value))}</${name}>`)
    const words = `<Code>${escapeXml(fault.code)}</Code><Message>${escapeXml(fault.message)}</Message>${more.join('')}`
    const trace = `<RequestId>${escapeXml(context.requestId)}</RequestId><HostId>${hostId(context)}</HostId>`
    const body = `${DECLARATION}<Error>${words}${trace}</Error>`
    return { status: fault.status, headers: { ...ids(context), 'content-type': 'application/xml' }, body }
  },
}

/** Where S3 answers otherwise than its own model says. */
const STATUSES: Readonly<Record<string, number>> = { PutBucketTagging: 204 }

const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'

/** The member that is the body as it comes, of any length; undefined where there is none. */
export const streamedMember = (shape: Shape): Member | undefined =>
  shape.kind === 'structure'
    ? shape.members.find(({ traits }) => traits.streaming !== undefined && traits.httpPayload !== undefined)
    : undefined

/** The members that headers bring, e.g. those that come after a body. Headers that the shape does not know are passed over. */
export const readHeaders = (headers: WireRequest['headers'], shape: StructureShape): Record<string, unknown> => {
  const bindings = bindingsOf(shape)
  const output: Record<string, unknown> = {}
  for (const [header, member] of bindings.headers) {
    const value = headers[header]
    if (value === undefined) continue
    put(output, member, member.shape.kind === 'list' ? value.split(',').map(part => part.trim()) : [value])
  }
  if (bindings.prefixed !== undefined) {
    const [prefix, { name }] = bindings.prefixed
    const map: Record<string, unknown> = {}
    for (const [header, value] of Object.entries(headers)) if (header.startsWith(prefix)) setOwn(map, header.slice(prefix.length), value)
    output[name] = map
  }
  return output
}

const put = (output: Record<string, unknown>, member: Member, texts: readonly string[]): void => {
  try {
    output[member.name] = readBound(texts, member.shape)
  } catch (error) {
    throw within(error, member.name)
  }
}

const read = (request: WireRequest, shape: StructureShape): unknown => {
  const bindings = bindingsOf(shape)
  const output = readHeaders(request.headers, shape)
  const address = addressOf(request.path, undefined)
  for (const member of bindings.labels) {
    const value = member.name === 'Bucket' ? address?.bucket : address?.key
    if (value !== undefined) put(output, member, [value])
  }
  if (bindings.queries.length > 0) {
    const parameters = readParameters(request.query)
    for (const [key, member] of bindings.queries) {
      const texts = parameters.get(key)
      if (texts === undefined) continue
      if (member.shape.kind === 'number') requireInteger(key, texts[0] ?? '')
      put(output, member, texts)
    }
  }
  const { payload } = bindings
  if (payload?.traits.streaming !== undefined) return output
  if (payload !== undefined) {
    const value = readPayload(request.body, payload)
    if (value !== undefined) output[payload.name] = value
  }
  return output
}

/** What S3 says of a parameter before it looks for what it is for. */
const requireInteger = (name: string, text: string): void => {
  if (/^-?\d{1,10}$/.test(text) && Math.abs(Number(text)) < 2 ** 31) return
  const members = { ArgumentName: name, ArgumentValue: text.slice(0, 1024) }
  throw new Fault('InvalidArgument', `Provided ${name} not an integer or within integer range`, { members })
}

const readPayload = (body: Uint8Array, { shape, required }: Member): unknown => {
  if (shape.kind === 'blob') return body
  const text = readUtf8(body)
  if (text === undefined) throw malformed()
  if (shape.kind === 'string') return text
  if (text === '') {
    if (required) throw new Fault('MissingRequestBodyError', 'Request Body is empty')
    return undefined
  }
  const root = readXml(text)
  if (root === undefined) throw malformed()
  try {
    return readElement(root, shape)
  } catch (error) {
    throw error instanceof Mismatch ? malformed() : error
  }
}

const malformed = (): Fault =>
  new Fault('MalformedXML', 'The XML you provided was not well-formed or did not validate against our published schema')

const headerText = (value: unknown, shape: Shape): string => {
  if (Array.isArray(value)) return value.join(',')
  if (!(value instanceof Date)) return String(value)
  return shape.kind === 'timestamp' && shape.format === 'date-time' ? value.toISOString() : value.toUTCString()
}

const rootOf = ({ name, shape, traits }: Member): string =>
  traits.xmlName ?? (shape.kind === 'structure' ? (shape.traits.xmlName ?? shape.name) : name)

const document = (status: number, headers: Record<string, string>, root: string, content: string, { service }: ReplyContext): WireReply => {
  const namespace = service?.xmlNamespace === undefined ? '' : ` xmlns="${escapeXml(service.xmlNamespace)}"`
  return {
    status,
    headers: { ...headers, 'content-type': 'application/xml' },
    body: `${DECLARATION}<${root}${namespace}>${content}</${root}>`,
  }
}

/** What AWS's people ask for besides the request's id; it says nothing more here. */
const hostId = ({ requestId }: ReplyContext): string => Buffer.from(requestId).toString('base64')

const ids = (context: ReplyContext): Record<string, string> => ({
  'x-amz-request-id': context.requestId,
  'x-amz-id-2': hostId(context),
})
