import { writeJson } from '../json-write.ts'
import { perShape } from '../per-shape.ts'
import type { Shape, StructureShape } from '../schema.ts'

/**
 * A value as the query protocol shows it to those who ask for JSON: members in the alphabet's order, and those that are absent
 * as null.
 */
export const answerJson = (value: unknown, shape: Shape): string => writerOf(shape)(value)

type Write = (value: unknown) => string

const writerOf = perShape((shape: Shape): Write => {
  switch (shape.kind) {
    case 'structure':
      return structure(shape)
    case 'list':
      return value => `[${Array.from(value as Iterable<unknown>, item => orNull(shape.item, item)).join(',')}]`
    case 'map':
      return value => object(Object.entries(value as Readonly<Record<string, unknown>>).map(([key, item]) => member(key, shape.value, item)))
    default:
      return value => writeJson(value, shape)
  }
})

const structure = (shape: StructureShape): Write => {
  const members = shape.members.toSorted((left, right) => (left.name < right.name ? -1 : 1))
  return value => object(members.map(({ name, shape: target }) => member(name, target, (value as Readonly<Record<string, unknown>>)[name])))
}

const object = (members: readonly string[]): string => `{${members.join(',')}}`
const member = (name: string, shape: Shape, value: unknown): string => `${JSON.stringify(name)}:${orNull(shape, value)}`
const orNull = (shape: Shape, value: unknown): string => (value === undefined || value === null ? 'null' : writerOf(shape)(value))
