import type { LogFieldColumns } from '../../model/log-scope.ts'
import { call, choose, column, constant, parameter, type Expression } from '../../sql/expression.ts'
import type { Fields } from './fields.ts'
import { messageFields, type MessageKinds } from './message-fields.ts'
import type { QueriedGroup } from './plan/plan-query.ts'
import { anyValue, asNumber, asText, type Value } from './values.ts'

/** Which columns a group keeps a discovered field in; undefined: the field is in the messages alone. */
type ColumnsOf = (group: number, name: string) => LogFieldColumns | undefined

/** Fields as the log store keeps them: in columns where the group has some for the field, else in the message. */
export const columnFields = (groups: readonly QueriedGroup[], unmasked: boolean, columnsOf: ColumnsOf, kinds: MessageKinds = {}): Fields => {
  const found = messageFields({ labels: new Map(groups.map(({ id, label }) => [id, label])), unmasked, ...kinds })
  // Columns hold what everybody may see.
  if (unmasked) return found
  const ids = groups.map(({ id }) => id)
  const kept = (name: string, otherwise: () => Value): Value => {
    const places = ids.map(id => columnsOf(id, name))
    return places.every(place => place === undefined) ? otherwise() : placedValue(ids, places, otherwise)
  }
  return {
    system: name => {
      const value = found.system(name)
      // The store knows what lines of AWS Lambda say, by the same names.
      return value?.type === 'number' || (value?.type === 'string' && !OF_EVERY_EVENT.has(name)) ? withType(value, kept(name, () => value)) : value
    },
    discovered: path => kept(path.join('.'), () => found.discovered(path)),
  }
}

const OF_EVERY_EVENT: ReadonlySet<string> = new Set(['@message', '@logStream', '@log', '@ptr'])

const withType = ({ type }: Value, value: Value): Value => (type === 'number' && value.number !== undefined ? { type, sql: value.number } : { type, sql: value.sql })

/** Groups with the same columns share a branch; those without any read the message. */
const placedValue = (ids: readonly number[], places: readonly (LogFieldColumns | undefined)[], otherwise: () => Value): Value => {
  const byPlace = new Map<string, { readonly place: LogFieldColumns | undefined; readonly ids: number[] }>()
  for (const [index, place] of places.entries()) {
    const key = `${place?.number} ${place?.text}`
    const same = byPlace.get(key)
    if (same === undefined) byPlace.set(key, { place, ids: [ids[index]!] })
    else same.ids.push(ids[index]!)
  }
  const branches = [...byPlace.values()].map(({ place, ids: of }) => ({ of, value: place === undefined ? otherwise() : columnValue(place) }))
  const [only] = branches
  if (branches.length === 1) return only!.value
  const chosen = (form: (value: Value) => Expression): Expression =>
    choose(branches.slice(1).map(({ of, value }) => [call('in', column('grp'), parameter('Array(UInt32)', of)), form(value)]), form(only!.value))
  return anyValue(chosen(asText), chosen(asNumber))
}

/** Where a field has both columns, a row has its value in one of them. */
const columnValue = ({ number, text }: LogFieldColumns): Value => {
  const asWritten = text === undefined ? undefined : call('CAST', column(text), constant('Nullable(String)'))
  if (number === undefined) return { ...anyValue(asWritten!), stored: column(text!) }
  const digits = call('toString', column(number))
  if (asWritten === undefined) return { ...anyValue(digits, column(number)), numeric: true }
  return anyValue(call('coalesce', asWritten, digits), call('coalesce', column(number), call('toFloat64OrNull', asWritten)))
}
