import { boundText, call, choose, constant, type Expression } from '../../../sql/expression.ts'

/** The JSON text of what lies at the path within JSON text, '' if there is nothing. Numbers in the path are list indexes from 0, or keys of objects. */
export const jsonAt = (json: Expression, path: readonly (string | number)[]): Expression => {
  const { container, keys } = jsonPath(json, path)
  return keys.length === 0 ? container : call('JSONExtractRaw', container, ...keys)
}

interface JsonPath {
  /** JSON text. */
  readonly container: Expression
  /** What the engine's functions take to find the member in it. */
  readonly keys: readonly Expression[]
}

/** Where a member is to be read: in the JSON itself, or in the list that a number in the path goes into. */
export const jsonPath = (json: Expression, path: readonly (string | number)[]): JsonPath => {
  const at = path.findIndex(key => typeof key === 'number' || /^[0-9]{1,9}$/.test(key))
  if (at < 0) return { container: json, keys: path.map(key => boundText(String(key))) }
  const container = jsonAt(json, path.slice(0, at))
  const index = call('JSONExtractRaw', container, constant(Number(path[at]) + 1))
  const key = call('JSONExtractRaw', container, boundText(String(path[at])))
  // An index into an object would be its n-th member.
  const element = choose([[call('startsWith', container, constant('[')), index]], key)
  const rest = path.slice(at + 1)
  return rest.length === 0 ? { container: element, keys: [] } : jsonPath(element, rest)
}
