import { writeBase64 } from './base64.ts'
import { writeDouble } from './doubles.ts'
import { perShape } from './per-shape.ts'
import type { ListShape, MapShape, Shape, SimpleShape, StructureShape } from './schema.ts'
import { writeDateTime } from './timestamp.ts'

/** A value of the shape → JSON text. Members that are undefined or null are left out. */
export const writeJson = (value: unknown, shape: Shape, named = false): string => {
  try {
    return writerOf(shape, named)(value)
  } finally {
    lastTimes = NO_TIMES
  }
}

type Write = (value: unknown) => string

/** The list of times that was written last, within one answer: series of a graph mostly share theirs. */
const NO_TIMES: { readonly list: unknown; readonly write: Write | undefined; readonly text: string } = { list: undefined, write: undefined, text: '' }
let lastTimes = NO_TIMES

const plain = perShape((shape: Shape): Write => build(shape, false))
const renamed = perShape((shape: Shape): Write => build(shape, true))
const writerOf = (shape: Shape, named: boolean): Write => (named ? renamed : plain)(shape)

const build = (shape: Shape, named: boolean): Write => {
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

const structure = (shape: StructureShape, named: boolean): Write => {
  let members: readonly { readonly name: string; readonly key: string; readonly write: Write }[] | undefined
  return value => {
    members ??= shape.members.map(member => ({
      name: member.name,
      key: `${JSON.stringify(named ? (member.traits.jsonName ?? member.name) : member.name)}:`,
      write: writerOf(member.shape, named),
    }))
    const source = value as Readonly<Record<string, unknown>>
    let text = ''
    for (const member of members) {
      const given = source[member.name]
      if (given === undefined || given === null) continue
      text += (text === '' ? '' : ',') + member.key + member.write(given)
    }
    return `{${text}}`
  }
}

const list = (shape: ListShape, named: boolean): Write => {
  let write: Write | undefined
  return value => {
    write ??= writerOf(shape.item, named)
    if (shape.item.kind === 'timestamp') return writeTimes(value, write)
    if (shape.item.kind === 'number' && areFractions(value)) return JSON.stringify(value)
    return writeItems(value, write)
  }
}

const writeItems = (value: unknown, write: Write): string => {
  let text = ''
  for (const item of value as Iterable<unknown>) text += (text === '' ? '' : ',') + (item === null || item === undefined ? 'null' : write(item))
  return `[${text}]`
}

const writeTimes = (value: unknown, write: Write): string => {
  if (lastTimes.list !== value || lastTimes.write !== write) lastTimes = { list: value, write, text: writeItems(value, write) }
  return lastTimes.text
}

/** Numbers that are written alike whatever their shape, which the language itself does in a quarter of the time: most averages. */
const areFractions = (value: unknown): value is readonly number[] => {
  if (!Array.isArray(value)) return false
  for (const item of value) if (typeof item !== 'number' || !Number.isFinite(item) || Number.isInteger(item)) return false
  return true
}

const map = (shape: MapShape, named: boolean): Write => {
  let write: Write | undefined
  return value => {
    write ??= writerOf(shape.value, named)
    let text = ''
    for (const [key, item] of Object.entries(value as Readonly<Record<string, unknown>>)) {
      if (item === undefined) continue
      text += `${text === '' ? '' : ','}${JSON.stringify(key)}:${item === null ? 'null' : write(item)}`
    }
    return `{${text}}`
  }
}

const simple = (shape: SimpleShape): Write => {
  switch (shape.kind) {
    case 'number':
    case 'decimal':
    case 'bigint':
      return value => {
        if (typeof value === 'number' && !Number.isFinite(value)) return `"${value}"`
        return shape.double === true ? writeDouble(value as number) : String(value)
      }
    case 'blob':
      return value => JSON.stringify(writeBase64(value as Uint8Array))
    case 'timestamp':
      return value => {
        const at = value as Date
        if (shape.format === 'date-time') return `"${writeDateTime(at)}"`
        return shape.format === 'http-date' ? `"${at.toUTCString()}"` : String(at.getTime() / 1000)
      }
    case 'unit':
      return () => '{}'
    default:
      return value => JSON.stringify(value)
  }
}
