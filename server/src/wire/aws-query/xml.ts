import { writeBase64 } from '../base64.ts'
import { writeDouble } from '../doubles.ts'
import { perShape } from '../per-shape.ts'
import type { ListShape, MapShape, Shape, SimpleShape, StructureShape, Traits } from '../schema.ts'
import { writeDateTime } from '../timestamp.ts'

/** The members of a structure as XML elements, without an element around them. */
export const writeMembers = (value: unknown, shape: Shape): string => (shape.kind === 'structure' ? structureWriter(shape)(value) : '')

// What XML 1.0 cannot carry at all (https://www.w3.org/TR/xml/#charsets), lone surrogates included, is left out.
const ILLEGAL = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu
const SPECIAL = /[&<>"\r]/g
const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\r': '&#xD;' }

export const escapeXml = (text: string): string => text.replace(ILLEGAL, '').replace(SPECIAL, character => ESCAPES[character] ?? character)

/** Writes the value inside an element of the given name; `traits` are the member's. */
type Write = (value: unknown, element: string, traits: Traits) => string

const writerOf = perShape((shape: Shape): Write => build(shape))

const build = (shape: Shape): Write => {
  switch (shape.kind) {
    case 'structure': {
      const members = structureWriter(shape)
      const attributes = attributesWriter(shape)
      return (value, element, traits) => `<${element}${attributes(value, traits)}>${members(value)}</${element}>`
    }
    case 'list':
      return list(shape)
    case 'map':
      return map(shape)
    default: {
      const text = simple(shape)
      return (value, element) => wrap(element, text(value))
    }
  }
}

const wrap = (element: string, content: string): string => `<${element}>${content}</${element}>`

const structureWriter = perShape((shape: StructureShape): ((value: unknown) => string) => {
  let members: readonly { readonly name: string; readonly element: string; readonly traits: Traits; readonly write: Write }[] | undefined
  return value => {
    members ??= shape.members.filter(({ traits }) => traits.xmlAttribute === undefined).map(({ name, traits, shape: target }) => {
      return { name, element: traits.xmlName ?? name, traits, write: writerOf(target) }
    })
    const source = value as Readonly<Record<string, unknown>>
    let xml = ''
    for (const member of members) {
      const given = source[member.name]
      if (given !== undefined && given !== null) xml += member.write(given, member.element, member.traits)
    }
    return xml
  }
})

/** What stands in the element's tag besides its name: `traits` are the member's. */
const attributesWriter = (shape: StructureShape): ((value: unknown, traits: Traits) => string) => {
  const attributes = shape.members.filter(({ traits }) => traits.xmlAttribute !== undefined)
  if (attributes.length === 0) return () => ''
  return (value, { xmlNamespace: space = shape.traits.xmlNamespace }) => {
    const source = value as Readonly<Record<string, string | undefined>>
    const declared = typeof space === 'object' ? ` xmlns:${space[0]}="${escapeXml(space[1])}"` : ''
    return declared + attributes.map(({ name, traits }) => (source[name] === undefined ? '' : ` ${traits.xmlName ?? name}="${escapeXml(source[name])}"`)).join('')
  }
}

const list = (shape: ListShape): Write => {
  const name = shape.itemTraits.xmlName ?? 'member'
  let write: Write | undefined
  return (value, element, traits) => {
    write ??= writerOf(shape.item)
    const flat = traits.xmlFlattened !== undefined
    let xml = ''
    for (const item of value as Iterable<unknown>) {
      if (item !== undefined && item !== null) xml += write(item, flat ? element : name, shape.itemTraits)
    }
    return flat ? xml : wrap(element, xml)
  }
}

const map = (shape: MapShape): Write => {
  const keyName = shape.keyTraits.xmlName ?? 'key'
  const valueName = shape.valueTraits.xmlName ?? 'value'
  let write: Write | undefined
  return (value, element, traits) => {
    write ??= writerOf(shape.value)
    const flat = traits.xmlFlattened !== undefined
    let xml = ''
    for (const [key, item] of Object.entries(value as Readonly<Record<string, unknown>>)) {
      if (item === undefined || item === null) continue
      xml += wrap(flat ? element : 'entry', wrap(keyName, escapeXml(key)) + write(item, valueName, shape.valueTraits))
    }
    return flat ? xml : wrap(element, xml)
  }
}

const simple = (shape: SimpleShape): ((value: unknown) => string) => {
  switch (shape.kind) {
    case 'string':
      return value => escapeXml(value as string)
    case 'blob':
      return value => writeBase64(value as Uint8Array)
    case 'timestamp':
      return value => {
        const at = value as Date
        if (shape.format === 'epoch-seconds') return String(at.getTime() / 1000)
        return shape.format === 'http-date' ? at.toUTCString() : writeDateTime(at)
      }
    case 'unit':
      return () => ''
    case 'document':
      throw new TypeError('documents cannot travel in the query protocol')
    default:
      return shape.double === true ? value => writeDouble(value as number) : String
  }
}
