import { readBase64 } from '../base64.ts'
import { MAX_DEPTH, Mismatch, finite, memberStep, tooDeep, within } from '../mismatch.ts'
import { perShape } from '../per-shape.ts'
import type { ListShape, MapShape, Member, Shape, SimpleShape, StructureShape, Traits } from '../schema.ts'
import { setOwn } from '../set-own.ts'
import { readDateTime } from '../timestamp.ts'
import type { FormNode } from './form.ts'

/** A tree of form keys → the shape's value. Keys that the shape does not know are passed over. */
export const readQuery = (form: FormNode, shape: Shape): unknown => readerOf(shape)(form, {}, 0)

/** `traits` are the member's: they decide whether a list or map is flattened. */
type Read = (node: FormNode, traits: Traits, depth: number) => unknown

const readerOf = perShape((shape: Shape): Read => build(shape))

const build = (shape: Shape): Read => {
  switch (shape.kind) {
    case 'structure':
      return structure(shape)
    case 'list':
      return list(shape)
    case 'map':
      return map(shape)
    default: {
      const parse = simple(shape)
      return node => {
        if (node.value === undefined) throw new Mismatch('Start of structure or map found where not expected')
        return parse(node.value)
      }
    }
  }
}

interface Keyed {
  readonly member: Member
  readonly read: Read
}

const structure = (shape: StructureShape): Read => {
  let members: ReadonlyMap<string, Keyed> | undefined
  return (node, _traits, depth) => {
    if (depth > MAX_DEPTH) throw tooDeep()
    if (node.value !== undefined && node.value !== '') throw new Mismatch('Expected structure or null')
    members ??= new Map(
      shape.members.map(member => [member.traits.xmlName ?? member.name, { member, read: readerOf(member.shape) }]),
    )
    const output: Record<string, unknown> = {}
    for (const [key, child] of node.children ?? []) {
      const known = members.get(key)
      if (known === undefined) continue
      try {
        output[known.member.name] = known.read(child, known.member.traits, depth + 1)
      } catch (error) {
        throw within(error, known.member.name)
      }
    }
    return output
  }
}

const list = (shape: ListShape): Read => {
  let read: Read | undefined
  return (node, traits, depth) => {
    if (depth > MAX_DEPTH) throw tooDeep()
    // `Names=` is how an empty list is sent.
    if (node.value !== undefined && node.value !== '') throw new Mismatch('Expected list or null')
    read ??= readerOf(shape.item)
    const flat = traits.xmlFlattened !== undefined
    const items = flat ? node : node.children?.get(shape.itemTraits.xmlName ?? 'member')
    const output: unknown[] = []
    try {
      for (const child of numbered(items)) output.push(read(child, shape.itemTraits, depth + 1))
    } catch (error) {
      throw within(error, memberStep(output.length))
    }
    return output
  }
}

const map = (shape: MapShape): Read => {
  const keyName = shape.keyTraits.xmlName ?? 'key'
  const valueName = shape.valueTraits.xmlName ?? 'value'
  let read: Read | undefined
  return (node, traits, depth) => {
    if (depth > MAX_DEPTH) throw tooDeep()
    if (node.value !== undefined && node.value !== '') throw new Mismatch('Expected map or null')
    read ??= readerOf(shape.value)
    const entries = traits.xmlFlattened === undefined ? node.children?.get('entry') : node
    const output: Record<string, unknown> = {}
    for (const entry of numbered(entries)) {
      const key = entry.children?.get(keyName)?.value
      const value = entry.children?.get(valueName)
      if (key === undefined || value === undefined) throw new Mismatch(`A map entry needs ${keyName} and ${valueName}`)
      if (Object.hasOwn(output, key)) throw new Mismatch('Duplicate key').within(key)
      try {
        setOwn(output, key, read(value, shape.valueTraits, depth + 1))
      } catch (error) {
        throw within(error, key)
      }
    }
    return output
  }
}

const INDEX = /^[1-9]\d{0,8}$/

/** The children `1`, `2`, … in the order of their numbers; gaps are closed, as AWS does. */
const numbered = (node: FormNode | undefined): readonly FormNode[] => {
  if (node?.children === undefined) return []
  const entries: (readonly [number, FormNode])[] = []
  let sorted = true
  for (const [key, child] of node.children) {
    if (!INDEX.test(key)) throw new Mismatch(`${key.slice(0, 64)} is not a valid index`)
    const index = Number(key)
    sorted &&= index > (entries.at(-1)?.[0] ?? 0)
    entries.push([index, child])
  }
  return (sorted ? entries : entries.toSorted(([left], [right]) => left - right)).map(([, child]) => child)
}

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,9})?$/

const simple = (shape: SimpleShape): ((text: string) => unknown) => {
  switch (shape.kind) {
    case 'string':
      return text => text
    case 'number':
    case 'decimal':
      return text => {
        if (NUMBER.test(text) || text === 'NaN' || text === 'Infinity' || text === '-Infinity') return finite(Number(text))
        throw cannotParse(text, 'Number')
      }
    case 'bigint':
      return text => {
        if (/^-?\d{1,200}$/.test(text)) return BigInt(text)
        throw cannotParse(text, 'BigInteger')
      }
    case 'boolean':
      return text => {
        const lower = text.toLowerCase()
        if (lower === 'true' || lower === 'false') return lower === 'true'
        throw cannotParse(text, 'Boolean')
      }
    case 'blob':
      return text => {
        const bytes = readBase64(text)
        if (bytes === undefined) throw new Mismatch('Invalid base64')
        return bytes
      }
    case 'timestamp':
      return text => {
        const date = readDateTime(text)
        if (date === undefined) throw cannotParse(text, 'Timestamp')
        return date
      }
    case 'document':
      throw new TypeError('documents cannot travel in the query protocol')
    case 'unit':
      return () => ({})
  }
}

const cannotParse = (text: string, wanted: string): Mismatch => new Mismatch(`${JSON.stringify(text.slice(0, 64))} can not be converted to ${wanted}`)
