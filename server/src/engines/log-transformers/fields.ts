/** The fields of an event: a tree of JSON values. */
export type Fields = Record<string, unknown>

/** What is known of an event besides its text. */
export interface TransformedEvent {
  readonly message: string
  readonly logGroup: string
  readonly logStream: string
  readonly account: string
  readonly region: string
}

/** Levels of a path, as AWS limits them, and one for a list's members. */
const DEPTH = 4

export const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value)

/** The value at a dotted path; undefined where there is none. */
export const read = (fields: Fields, path: string): unknown => {
  let value: unknown = fields
  for (const name of namesOf(path)) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined
    value = (value as Fields)[name]
  }
  return value
}

/** Puts a value at a dotted path, making objects on the way; false where something else is in the way. */
export const put = (fields: Fields, path: string, value: unknown, overwrite: boolean): boolean => {
  const names = namesOf(path)
  const last = names.pop()!
  let place = fields
  for (const name of names) {
    if (!Object.hasOwn(place, name)) define(place, name, {})
    const next = place[name]
    if (!isFields(next)) return false
    place = next
  }
  if (Object.hasOwn(place, last) && !overwrite) return false
  define(place, last, value)
  return true
}

export const remove = (fields: Fields, path: string): void => {
  const names = namesOf(path)
  const last = names.pop()!
  const place = names.length === 0 ? fields : read(fields, names.join('.'))
  if (isFields(place)) delete place[last]
}

/** Adds fields beside others, or under a path. */
export const add = (fields: Fields, more: Fields, destination: string | undefined, overwrite: boolean): void => {
  for (const [name, value] of Object.entries(more)) {
    if (destination !== undefined) put(fields, `${destination}.${name.replaceAll('.', DOT)}`, value, overwrite)
    else if (overwrite || !Object.hasOwn(fields, name)) define(fields, name, value)
  }
}

/** A dot that is part of a name. */
const DOT = '\0'

/** `__proto__` is a name as any other. */
const define = (place: Fields, name: string, value: unknown): void => {
  Object.defineProperty(place, name, { value, writable: true, enumerable: true, configurable: true })
}

const namesOf = (path: string): string[] => path.split('.', DEPTH).map(name => name.replaceAll(DOT, '.'))
