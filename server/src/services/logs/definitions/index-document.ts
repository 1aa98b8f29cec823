import { invalidParameter } from '../faults.ts'

/** A field that is to be indexed. */
interface IndexedField {
  readonly name: string
  readonly type: 'FIELD_INDEX' | 'FACET'
}

/** Documented with PutIndexPolicy. */
const FIELDS = 20
const NAME_LENGTH = 100
const CHARACTERS = 51_200

/** The fields of an index policy; throws what AWS refuses. */
export const checkIndexDocument = (document: string): readonly IndexedField[] => {
  if (document.length > CHARACTERS) throw invalidParameter(`The policy document is longer than ${CHARACTERS} characters.`)
  const policy = parsed(document)
  const names = policy['Fields'] ?? []
  const typed = policy['FieldsV2'] ?? {}
  if (!Array.isArray(names) || !names.every(name => typeof name === 'string')) throw invalidParameter('Fields must be a list of field names.')
  if (typeof typed !== 'object' || typed === null || Array.isArray(typed)) throw invalidParameter('FieldsV2 must be an object of fields and their types.')
  const fields: readonly IndexedField[] = [...names.map((name: string) => ({ name, type: 'FIELD_INDEX' as const })), ...Object.entries(typed).map(([name, value]) => ({ name, type: typeOf(name, value) }))]
  if (fields.length === 0) throw invalidParameter('An index policy must have at least one field.')
  if (fields.length > FIELDS) throw invalidParameter(`Policy document contains more than ${FIELDS} fields.`)
  if (new Set(fields.map(({ name }) => name)).size !== fields.length) throw invalidParameter('An index policy names a field more than once.')
  const wrong = fields.find(({ name }) => name === '' || name.length > NAME_LENGTH)
  if (wrong !== undefined) throw invalidParameter(`A field name must have 1 to ${NAME_LENGTH} characters.`)
  return fields
}

const typeOf = (name: string, value: unknown): IndexedField['type'] => {
  const type = typeof value === 'object' && value !== null && 'type' in value ? value.type : undefined
  if (type !== 'FIELD_INDEX' && type !== 'FACET') throw invalidParameter(`The type of ${name.slice(0, NAME_LENGTH)} must be FIELD_INDEX or FACET.`)
  return type
}

const parsed = (document: string): Readonly<Record<string, unknown>> => {
  let value: unknown
  try {
    value = JSON.parse(document)
  } catch {
    throw invalidParameter('The policy document is not valid JSON.')
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw invalidParameter('The policy document must be an object.')
  return value as Readonly<Record<string, unknown>>
}
