import { readBase64 } from '../base64.ts'
import { Mismatch, finite, memberStep, within } from '../mismatch.ts'
import { perShape } from '../per-shape.ts'
import type { ListShape, MapShape, Member, Shape, SimpleShape, StructureShape, Traits } from '../schema.ts'
import { setOwn } from '../set-own.ts'
import { readDateTime, readEpochSeconds } from '../timestamp.ts'
import type { XmlElement } from './xml-read.ts'

/** An element → the shape's value. Elements that the shape does not know are passed over; one that it needs must be there. */
export const readElement = (element: XmlElement, shape: Shape): unknown => readerOf(shape)([element], {})

/** All elements of a member's name: one, or a flattened list's or map's. `traits` are the member's. */
type Read = (elements: readonly XmlElement[], traits: Traits) => unknown

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
      return elements => {
        const { children, text } = only(elements)
        if (children.length > 0) throw new Mismatch('Text expected')
        return parse(text)
      }
    }
  }
}

const only = (elements: readonly XmlElement[]): XmlElement => {
  if (elements.length !== 1) throw new Mismatch('One element expected')
  return elements[0]!
}

const structure = (shape: StructureShape): Read => {
  let members: readonly { readonly element: string; readonly member: Member; readonly read: Read }[] | undefined
  return elements => {
    const { children, text } = only(elements)
    if (text.trim() !== '') throw new Mismatch('Elements expected')
    members ??= shape.members.map(member => ({ element: member.traits.xmlName ?? member.name, member, read: readerOf(member.shape) }))
    const output: Record<string, unknown> = {}
    for (const [name, same] of grouped(children)) {
      const known = members.find(({ element }) => element === name)
      if (known === undefined) continue
      try {
        output[known.member.name] = known.read(same, known.member.traits)
      } catch (error) {
        throw within(error, known.member.name)
      }
    }
    // Attributes are not read: whoever needs to know what kind of thing an element is sees it by its children.
    const absent = members.find(({ member }) => member.required && member.traits.xmlAttribute === undefined && output[member.name] === undefined)
    if (absent !== undefined) throw new Mismatch('Missing').within(absent.member.name)
    return output
  }
}

const grouped = (children: readonly XmlElement[]): ReadonlyMap<string, readonly XmlElement[]> => {
  const groups = new Map<string, XmlElement[]>()
  for (const child of children) {
    const group = groups.get(child.name)
    if (group === undefined) groups.set(child.name, [child])
    else group.push(child)
  }
  return groups
}

const list = (shape: ListShape): Read => {
  let read: Read | undefined
  const name = shape.itemTraits.xmlName ?? 'member'
  return (elements, traits) => {
    read ??= readerOf(shape.item)
    const items = traits.xmlFlattened === undefined ? only(elements).children.filter(child => child.name === name) : elements
    const output: unknown[] = []
    try {
      for (const item of items) output.push(read([item], shape.itemTraits))
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
  return (elements, traits) => {
    read ??= readerOf(shape.value)
    const entries = traits.xmlFlattened === undefined ? only(elements).children : elements
    const output: Record<string, unknown> = {}
    for (const { children } of entries) {
      const key = children.find(({ name }) => name === keyName)
      const value = children.find(({ name }) => name === valueName)
      if (key === undefined || value === undefined) throw new Mismatch(`A map entry needs ${keyName} and ${valueName}`)
      setOwn(output, key.text, read([value], shape.valueTraits))
    }
    return output
  }
}

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,9})?$/

const simple = (shape: SimpleShape): ((text: string) => unknown) => {
  switch (shape.kind) {
    case 'string':
      return text => text
    case 'number':
    case 'decimal':
      return text => (NUMBER.test(text.trim()) ? finite(Number(text)) : refuse('Number'))
    case 'bigint':
      return text => (/^-?\d{1,200}$/.test(text.trim()) ? BigInt(text.trim()) : refuse('BigInteger'))
    case 'boolean':
      return text => (/^\s*(true|false)\s*$/i.test(text) ? text.trim().toLowerCase() === 'true' : refuse('Boolean'))
    case 'blob':
      return text => readBase64(text.trim()) ?? refuse('Blob')
    case 'timestamp':
      return text => {
        const bare = text.trim()
        return readDateTime(bare) ?? (/^\d+(\.\d+)?$/.test(bare) ? readEpochSeconds(Number(bare)) : undefined) ?? refuse('Timestamp')
      }
    case 'document':
      throw new TypeError('documents cannot travel in XML')
    case 'unit':
      return () => ({})
  }
}

const refuse = (wanted: string): never => {
  throw new Mismatch(`Not a ${wanted}`)
}
