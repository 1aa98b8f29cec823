import { readBase64 } from './base64.ts'
import { MAX_DEPTH, Mismatch, cannotConvert, finite, memberStep, tooDeep, within } from './mismatch.ts'
import { perShape } from './per-shape.ts'
import type { ListShape, MapShape, Member, Shape, SimpleShape, StructureShape } from './schema.ts'
import { setOwn } from './set-own.ts'
import { readDateTime, readEpochSeconds } from './timestamp.ts'
import { readUtf8 } from './utf8.ts'

/** Turns what JSON.parse gave into the SDK's types; throws {@link Mismatch}. */
type Read = (value: unknown, depth: number) => unknown

/** Bytes → the shape's value. An empty body counts as `{}`. `named` follows `jsonName`, as REST does and RPC does not. */
export const readJson = (body: Uint8Array, shape: Shape, named = false): unknown => readerOf(shape, named)(parseJson(body), 0)

export const parseJson = (body: Uint8Array): unknown => {
  if (body.byteLength === 0) return {}
  const text = readUtf8(body)
  if (text === undefined) throw new Mismatch('Invalid UTF-8')
  try {
    return JSON.parse(text)
  } catch {
    throw new Mismatch('The request body is not valid JSON')
  }
}

const plain = perShape((shape: Shape): Read => build(shape, false))
const renamed = perShape((shape: Shape): Read => build(shape, true))
const readerOf = (shape: Shape, named: boolean): Read => (named ? renamed : plain)(shape)

const build = (shape: Shape, named: boolean): Read => {
  switch (shape.kind) {
    case 'structure':
      return structure(shape, named)
    case 'list':
      return list(shape, named)
    case 'map':
      return map(shape, named)
    default:
      return simple(shape)
  }
}

const structure = (shape: StructureShape, named: boolean): Read => {
  const keyed = (member: Member) => ({
    name: member.name,
    key: named ? (member.traits.jsonName ?? member.name) : member.name,
    read: readerOf(member.shape, named),
  })
  // Prepared at first use: shapes may contain themselves.
  let members: readonly ReturnType<typeof keyed>[] | undefined
  return (value, depth) => {
    if (!isObject(value)) throw cannotConvert(tokenOf(value), 'structure')
    if (depth > MAX_DEPTH) throw tooDeep()
    members ??= shape.members.map(keyed)
    const output: Record<string, unknown> = {}
    let at = ''
    try {
      for (const member of members) {
        const given = value[member.key]
        if (given === undefined || given === null) continue
        at = member.name
        output[member.name] = member.read(given, depth + 1)
      }
    } catch (error) {
      throw within(error, at)
    }
    if (shape.union && Object.keys(output).length !== 1) throw new Mismatch(`Exactly one member of ${shape.name} must be set`)
    return output
  }
}

const list = (shape: ListShape, named: boolean): Read => {
  const sparse = shape.traits.sparse !== undefined
  let read: Read | undefined
  return (value, depth) => {
    if (!Array.isArray(value)) throw cannotConvert(tokenOf(value), 'list')
    if (depth > MAX_DEPTH) throw tooDeep()
    read ??= readerOf(shape.item, named)
    const given: readonly unknown[] = value
    const output: unknown[] = []
    try {
      for (const item of given) output.push(item === null && sparse ? null : read(item, depth + 1))
    } catch (error) {
      throw within(error, memberStep(output.length))
    }
    return output
  }
}

const map = (shape: MapShape, named: boolean): Read => {
  const sparse = shape.traits.sparse !== undefined
  let read: Read | undefined
  return (value, depth) => {
    if (!isObject(value)) throw cannotConvert(tokenOf(value), 'map')
    if (depth > MAX_DEPTH) throw tooDeep()
    read ??= readerOf(shape.value, named)
    const output: Record<string, unknown> = {}
    for (const key of Object.keys(value)) {
      try {
        const item = value[key]
        setOwn(output, key, item === null && sparse ? null : read(item, depth + 1))
      } catch (error) {
        throw within(error, key)
      }
    }
    return output
  }
}

const simple = (shape: SimpleShape): Read => {
  switch (shape.kind) {
    case 'string':
      return value => {
        if (typeof value !== 'string') throw cannotConvert(tokenOf(value), 'String')
        return value
      }
    case 'number':
    case 'decimal':
      return value => {
        if (typeof value === 'number') return finite(value)
        if (value === 'NaN' || value === 'Infinity' || value === '-Infinity') return finite(Number(value))
        throw cannotConvert(tokenOf(value), 'Number')
      }
    case 'bigint':
      return value => {
        if (!Number.isSafeInteger(value)) throw cannotConvert(tokenOf(value), 'BigInteger')
        return BigInt(value as number)
      }
    case 'boolean':
      return value => {
        if (typeof value !== 'boolean') throw cannotConvert(tokenOf(value), 'Boolean')
        return value
      }
    case 'blob':
      return value => {
        const bytes = typeof value === 'string' ? readBase64(value) : undefined
        if (bytes === undefined) throw cannotConvert(tokenOf(value), 'Blob')
        return bytes
      }
    case 'timestamp':
      return value => {
        const textual = shape.format === 'date-time' || shape.format === 'http-date'
        const date = textual ? typeof value === 'string' && readDateTime(value) : typeof value === 'number' && readEpochSeconds(value)
        if (date === undefined || date === false) throw cannotConvert(tokenOf(value), 'Timestamp')
        return date
      }
    case 'document':
      return (value, depth) => bounded(value, depth)
    case 'unit':
      return () => ({})
  }
}

const bounded = (value: unknown, depth: number): unknown => {
  if (depth > MAX_DEPTH) throw tooDeep()
  if (typeof value === 'object' && value !== null) for (const inner of Object.values(value)) bounded(inner, depth + 1)
  return value
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

const tokenOf = (value: unknown): string => {
  if (value === null || value === undefined) return 'NULL_VALUE'
  if (Array.isArray(value)) return 'list'
  if (typeof value === 'object') return 'structure'
  if (typeof value === 'boolean') return value ? 'TRUE_VALUE' : 'FALSE_VALUE'
  return typeof value === 'number' ? 'NUMBER_VALUE' : 'STRING_VALUE'
}
