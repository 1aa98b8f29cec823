import { boundText, call, choose, constant, type Expression } from '../../../sql/expression.ts'

/** The JSON text of what lies at the path within JSON text, '' if there is nothing. Numbers in the path are list indexes from 0, or keys of objects. */
export const jsonAt = (json: Expression, path: readonly (string | number)[]): Expression => {
  const at = path.findIndex(key => typeof key === 'number' || /^[0-9]{1,9}$/.test(key))
  if (at < 0) return path.length === 0 ? json : call('JSONExtractRaw', json, ...path.map(key => boundText(String(key))))
  const container = jsonAt(json, path.slice(0, at))
  const index = call('JSONExtractRaw', container, constant(Number(path[at]) + 1))
  const key = call('JSONExtractRaw', container, boundText(String(path[at])))
  // An index into an object would be its n-th member.
  const element = choose([[call('startsWith', container, constant('[')), index]], key)
  return jsonAt(element, path.slice(at + 1))
}
