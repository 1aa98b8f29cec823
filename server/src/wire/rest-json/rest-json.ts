import { readJson } from '../json-read.ts'
import { writeJson } from '../json-write.ts'
import { Mismatch, reading, within } from '../mismatch.ts'
import type { Protocol, WireRequest } from '../protocol.ts'
import { faultMembers, faultShape } from '../reply.ts'
import type { Member, OperationSchema, StructureShape } from '../schema.ts'
import { readUtf8 } from '../utf8.ts'
import { bindingsOf, readBound, readParameters, writeBound } from './bindings.ts'
import { routeOf } from './route.ts'

/** REST-JSON: members travel in the path, the query string, headers and a JSON body, as the http traits say. */
export const restJson: Protocol = {
  name: 'rest-json',

  decode: (request, operation) =>
    reading('SerializationException', () => (operation.input.kind === 'structure' ? read(request, operation, operation.input) : {})),

  encode(output, operation, { requestId }) {
    const status = operation.http?.[2] ?? 200
    const headers: Record<string, string> = { 'content-type': 'application/json', 'x-amzn-requestid': requestId }
    if (operation.output.kind !== 'structure') return { status, headers, body: '' }
    const values = (output ?? {}) as Readonly<Record<string, unknown>>
    const bindings = bindingsOf(operation.output)
    for (const [header, member] of bindings.headers) {
      const value = values[member.name]
      if (value !== undefined && value !== null) headers[header] = writeBound(value)
    }
    const chosen = bindings.status === undefined ? undefined : values[bindings.status.name]
    return {
      status: typeof chosen === 'number' ? chosen : status,
      headers,
      body: bindings.payload === undefined ? writeJson(values, bindings.body, true) : writePayload(values, bindings.payload),
    }
  },

  encodeFault(fault, context) {
    const shape = faultShape(fault, context)
    const members = faultMembers(fault, shape)
    return {
      status: fault.status,
      headers: { 'content-type': 'application/json', 'x-amzn-requestid': context.requestId, 'x-amzn-errortype': fault.shape },
      body: shape === undefined ? JSON.stringify(members) : writeJson(members, shape, true),
    }
  },
}

const read = (request: WireRequest, operation: OperationSchema, shape: StructureShape): unknown => {
  const bindings = bindingsOf(shape)
  const { payload } = bindings
  const output: Record<string, unknown> =
    payload === undefined
      ? (readJson(request.body, bindings.body, true) as Record<string, unknown>)
      : { [payload.name]: readPayload(request.body, payload) }
  const put = (member: Member, texts: readonly string[] | undefined): void => {
    if (texts === undefined) return
    try {
      output[member.name] = readBound(texts, member.shape)
    } catch (error) {
      throw within(error, member.name)
    }
  }
  if (bindings.labels.length > 0 && operation.http !== undefined) {
    const route = routeOf(operation.http)
    const labels = route.match(request.path, false) ?? route.match(request.path, true)
    for (const member of bindings.labels) put(member, labels?.[member.name] === undefined ? undefined : [labels[member.name] ?? ''])
  }
  if (bindings.queries.length > 0) {
    const parameters = readParameters(request.query)
    for (const [key, member] of bindings.queries) put(member, parameters.get(key))
  }
  for (const [header, member] of bindings.headers) {
    const value = request.headers[header]
    put(member, member.shape.kind === 'list' ? value?.split(',').map(part => part.trim()) : value === undefined ? undefined : [value])
  }
  return output
}

const readPayload = (body: Uint8Array, { shape }: Member): unknown => {
  if (shape.kind === 'blob') return body
  if (shape.kind !== 'string') return readJson(body, shape, true)
  const text = readUtf8(body)
  if (text === undefined) throw new Mismatch('Invalid UTF-8')
  return text
}

const writePayload = (values: Readonly<Record<string, unknown>>, { name, shape }: Member): string | Uint8Array => {
  const value = values[name]
  if (value === undefined || value === null) return ''
  if (shape.kind === 'blob') return value as Uint8Array
  return shape.kind === 'string' ? (value as string) : writeJson(value, shape, true)
}
