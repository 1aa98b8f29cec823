import { readBase64 } from '../base64.ts'
import { Mismatch, cannotConvert, finite } from '../mismatch.ts'
import type { Member, Shape, StructureShape } from '../schema.ts'
import { readDateTime, readEpochSeconds, writeDateTime } from '../timestamp.ts'

/** Where each member of a structure travels. */
interface Bindings {
  readonly labels: readonly Member[]
  readonly queries: readonly (readonly [key: string, member: Member])[]
  readonly headers: readonly (readonly [header: string, member: Member])[]
  /** A map of all headers that begin so, in lower case. */
  readonly prefixed: readonly [prefix: string, member: Member] | undefined
  readonly payload: Member | undefined
  readonly status: Member | undefined
  /** The members that are left to the body. */
  readonly body: StructureShape
}

const prepared = new WeakMap<StructureShape, Bindings>()

export const bindingsOf = (shape: StructureShape): Bindings => {
  const known = prepared.get(shape)
  if (known !== undefined) return known
  const keyed = (trait: 'httpQuery' | 'httpHeader') =>
    shape.members.flatMap(member => {
      const key = member.traits[trait]
      return key === undefined ? [] : [[key.toString(), member] as const]
    })
  const prefixed = shape.members.find(({ traits }) => traits.httpPrefixHeaders !== undefined)
  const inBody = shape.members.filter(({ traits }) => !OUTSIDE.some(trait => traits[trait] !== undefined))
  const bindings: Bindings = {
    labels: shape.members.filter(({ traits }) => traits.httpLabel !== undefined),
    queries: keyed('httpQuery'),
    headers: keyed('httpHeader').map(([header, member]) => [header.toLowerCase(), member] as const),
    prefixed: prefixed && [prefixed.traits.httpPrefixHeaders!.toLowerCase(), prefixed],
    payload: shape.members.find(({ traits }) => traits.httpPayload !== undefined),
    status: shape.members.find(({ traits }) => traits.httpResponseCode !== undefined),
    body: { ...shape, members: inBody, byName: new Map(inBody.map(member => [member.name, member])) },
  }
  prepared.set(shape, bindings)
  return bindings
}

const OUTSIDE = ['httpLabel', 'httpQuery', 'httpHeader', 'httpPrefixHeaders', 'httpPayload', 'httpResponseCode'] as const

/** The value of a label, a query parameter or a header; lists come as several texts. */
export const readBound = (texts: readonly string[], shape: Shape): unknown => {
  if (shape.kind === 'list') return texts.map(text => readBound([text], shape.item))
  const text = texts[0] ?? ''
  const value = readers[shape.kind]?.(text)
  if (value === undefined) throw cannotConvert('STRING_VALUE', shape.kind)
  return value
}

const readers: Readonly<Partial<Record<Shape['kind'], (text: string) => unknown>>> = {
  string: text => text,
  number: text => (text.trim() === '' || Number.isNaN(Number(text)) ? undefined : finite(Number(text))),
  boolean: text => (text === 'true' ? true : text === 'false' ? false : undefined),
  timestamp: text => readDateTime(text) ?? (/^\d+(\.\d+)?$/.test(text) ? readEpochSeconds(Number(text)) : httpDate(text)),
  blob: readBase64,
}

const httpDate = (text: string): Date | undefined => {
  const at = Date.parse(text)
  return Number.isNaN(at) ? undefined : new Date(at)
}

export const writeBound = (value: unknown): string => {
  if (Array.isArray(value)) return value.map(writeBound).join(', ')
  return value instanceof Date ? writeDateTime(value) : String(value)
}

/** `a=1&a=2` → values per key. */
export const readParameters = (query: string): ReadonlyMap<string, readonly string[]> => {
  const parameters = new Map<string, string[]>()
  for (const pair of query.split('&')) {
    if (pair === '') continue
    const equals = pair.indexOf('=')
    const key = decode(equals === -1 ? pair : pair.slice(0, equals))
    const values = parameters.get(key) ?? []
    values.push(equals === -1 ? '' : decode(pair.slice(equals + 1)))
    parameters.set(key, values)
  }
  return parameters
}

const decode = (text: string): string => {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    throw new Mismatch('Malformed percent-encoding')
  }
}
