import { perShape } from '../per-shape.ts'
import type { Shape, StructureShape } from '../schema.ts'
import { CborBuffer } from './buffer.ts'

/** A value of the shape → bytes. Members that are undefined or null are left out. */
export const writeCbor = (value: unknown, shape: Shape): Uint8Array => {
  const out = new CborBuffer()
  writerOf(shape)(out, value)
  return out.finish()
}

/** An error's map: `__type` first, then its members, by the model's shape where there is one. */
export const writeCborError = (type: string, members: Readonly<Record<string, unknown>>, shape: StructureShape | undefined): Uint8Array => {
  const out = new CborBuffer()
  const entries = Object.entries(members).filter(([, value]) => value !== undefined && value !== null)
  const known = entries.filter(([name]) => shape === undefined || shape.byName.has(name))
  out.head(5, known.length + 1)
  out.text('__type')
  out.text(type)
  for (const [name, value] of known) {
    const member = shape?.byName.get(name)
    out.text(name)
    if (member === undefined) out.text(String(value))
    else writerOf(member.shape)(out, value)
  }
  return out.finish()
}

type Write = (out: CborBuffer, value: unknown) => void

const writerOf = perShape((shape: Shape): Write => build(shape))

const build = (shape: Shape): Write => {
  switch (shape.kind) {
    case 'structure':
      return structure(shape)
    case 'list': {
      let write: Write | undefined
      return (out, value) => {
        write ??= writerOf(shape.item)
        const items = value as readonly unknown[]
        out.head(4, items.length)
        for (const item of items) orNull(out, item, write)
      }
    }
    case 'map': {
      let write: Write | undefined
      return (out, value) => {
        write ??= writerOf(shape.value)
        const entries = Object.entries(value as Readonly<Record<string, unknown>>).filter(([, item]) => item !== undefined)
        out.head(5, entries.length)
        for (const [key, item] of entries) {
          out.text(key)
          orNull(out, item, write)
        }
      }
    }
    case 'number':
    case 'decimal':
      return shape.double === true ? (out, value) => out.double(value as number) : (out, value) => out.number(value as number)
    case 'bigint':
      return (out, value) => out.bigint(value as bigint)
    case 'string':
      return (out, value) => out.text(value as string)
    case 'boolean':
      return (out, value) => out.boolean(value as boolean)
    case 'blob':
      return (out, value) => out.bytes(value as Uint8Array)
    case 'timestamp':
      return (out, value) => {
        out.head(6, 1)
        // A double also for whole seconds: the SDKs for .NET and Rust read nothing else here.
        out.double((value as Date).getTime() / 1000)
      }
    case 'unit':
      return out => out.head(5, 0)
    case 'document':
      throw new TypeError('documents cannot travel as CBOR')
  }
}

const structure = (shape: StructureShape): Write => {
  let members: readonly { readonly name: string; readonly write: Write }[] | undefined
  return (out, value) => {
    members ??= shape.members.map(member => ({ name: member.name, write: writerOf(member.shape) }))
    const source = value as Readonly<Record<string, unknown>>
    const given = members.filter(({ name }) => source[name] !== undefined && source[name] !== null)
    out.head(5, given.length)
    for (const { name, write } of given) {
      out.text(name)
      write(out, source[name])
    }
  }
}

const orNull = (out: CborBuffer, value: unknown, write: Write): void => {
  if (value === null || value === undefined) out.null()
  else write(out, value)
}
