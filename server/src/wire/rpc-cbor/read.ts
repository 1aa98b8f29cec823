import { MAX_DEPTH, Mismatch, cannotConvert, finite, memberStep, tooDeep, within } from '../mismatch.ts'
import { perShape } from '../per-shape.ts'
import type { ListShape, MapShape, Shape, SimpleShape, StructureShape } from '../schema.ts'
import { setOwn } from '../set-own.ts'
import { readEpochSeconds } from '../timestamp.ts'
import { Cursor, INDEFINITE } from './cursor.ts'

/** Bytes → the shape's value. Nothing is built for members that the shape does not know. */
export const readCbor = (body: Uint8Array, shape: Shape): unknown => {
  if (body.byteLength === 0) return {}
  const cursor = new Cursor(body)
  const value = readerOf(shape)(cursor, 0)
  if (!cursor.done) throw new Mismatch('Unexpected bytes after the end of the request')
  return value
}

type Read = (cursor: Cursor, depth: number) => unknown

const readerOf = perShape((shape: Shape): Read => build(shape))

const build = (shape: Shape): Read => {
  switch (shape.kind) {
    case 'structure':
      return structure(shape)
    case 'list':
      return list(shape)
    case 'map':
      return map(shape)
    default:
      return simple(shape)
  }
}

const structure = (shape: StructureShape): Read => {
  let members: ReadonlyMap<string, Read> | undefined
  return (cursor, depth) => {
    const size = cursor.mapHeader()
    if (size === undefined) throw cannotConvert(cursor.token(), 'structure')
    if (depth > MAX_DEPTH) throw tooDeep()
    members ??= new Map(shape.members.map(member => [member.name, readerOf(member.shape)]))
    const output: Record<string, unknown> = {}
    for (let index = 0; size === INDEFINITE ? !cursor.takeBreak() : index < size; index++) {
      const name = cursor.key()
      const read = members.get(name)
      if (read === undefined) cursor.skip(depth + 1)
      else if (!cursor.takeNull()) {
        if (Object.hasOwn(output, name)) throw new Mismatch('Duplicate key').within(name)
        try {
          output[name] = read(cursor, depth + 1)
        } catch (error) {
          throw within(error, name)
        }
      }
    }
    if (shape.union && Object.keys(output).length !== 1) throw new Mismatch(`Exactly one member of ${shape.name} must be set`)
    return output
  }
}

const list = (shape: ListShape): Read => {
  const sparse = shape.traits.sparse !== undefined
  let read: Read | undefined
  return (cursor, depth) => {
    const size = cursor.listHeader()
    if (size === undefined) throw cannotConvert(cursor.token(), 'list')
    if (depth > MAX_DEPTH) throw tooDeep()
    read ??= readerOf(shape.item)
    const output: unknown[] = []
    try {
      while (size === INDEFINITE ? !cursor.takeBreak() : output.length < size) {
        output.push(sparse && cursor.takeNull() ? null : read(cursor, depth + 1))
      }
    } catch (error) {
      throw within(error, memberStep(output.length))
    }
    return output
  }
}

const map = (shape: MapShape): Read => {
  const sparse = shape.traits.sparse !== undefined
  let read: Read | undefined
  return (cursor, depth) => {
    const size = cursor.mapHeader()
    if (size === undefined) throw cannotConvert(cursor.token(), 'map')
    if (depth > MAX_DEPTH) throw tooDeep()
    read ??= readerOf(shape.value)
    const output: Record<string, unknown> = {}
    for (let index = 0; size === INDEFINITE ? !cursor.takeBreak() : index < size; index++) {
      const key = cursor.key()
      if (Object.hasOwn(output, key)) throw new Mismatch('Duplicate key').within(key)
      try {
        setOwn(output, key, sparse && cursor.takeNull() ? null : read(cursor, depth + 1))
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
      return cursor => wanted(cursor, cursor.text(), 'String')
    case 'number':
    case 'decimal':
      return cursor => finite(Number(wanted(cursor, cursor.number(), 'Number')))
    case 'bigint':
      return cursor => {
        const value = wanted(cursor, cursor.number(), 'BigInteger')
        if (typeof value === 'number' && !Number.isSafeInteger(value)) throw cannotConvert('NUMBER_VALUE', 'BigInteger')
        return BigInt(value)
      }
    case 'boolean':
      return cursor => wanted(cursor, cursor.boolean(), 'Boolean')
    case 'blob':
      return cursor => wanted(cursor, cursor.blob(), 'Blob')
    case 'timestamp':
      return cursor => {
        const seconds = cursor.tagged(1) ? cursor.number() : undefined
        const date = seconds === undefined ? undefined : readEpochSeconds(Number(seconds))
        return wanted(cursor, date, 'Timestamp')
      }
    case 'document':
      return () => {
        throw new Mismatch('Documents cannot travel as CBOR')
      }
    case 'unit':
      return (cursor, depth) => {
        cursor.skip(depth)
        return {}
      }
  }
}

const wanted = <Value>(cursor: Cursor, value: Value | undefined, name: string): Value => {
  if (value === undefined) throw cannotConvert(cursor.token(), name)
  return value
}
