import { and, boundText, call, cast, choose, constant, NULL, type Expression } from '../../sql/expression.ts'
import { once } from '../../sql/once.ts'
import type { Period } from './period.ts'

/**
 * What a value is, and so what its SQL yields, each possibly Nullable (NULL is a missing value everywhere):
 * string → String; number → Float64, never NaN or infinite; boolean → UInt8; time → Int64, epoch milliseconds;
 * json → String that holds JSON text of anything; any → String, the text of a value that is only known at run time.
 */
export type ValueType = 'string' | 'number' | 'boolean' | 'time' | 'json' | 'any'

export interface Value {
  readonly type: ValueType
  readonly sql: Expression
  /** Of `any`: its number, where that is cheaper to have than by parsing its text. Nullable(Float64). */
  readonly number?: Expression | undefined
  /** Of `any`: its JSON, where it was read out of some. Maps and lists have no text, but they have this. Nullable(String). */
  readonly json?: Expression | undefined
  /** Of `any`: whether its text is only ever that of its number. */
  readonly numeric?: boolean | undefined
  /** Of a field that has a column: the same text in the column's own type, whose dictionary the engine looks at instead of every row. */
  readonly stored?: Expression | undefined
  /** Of a literal: what it is. */
  readonly constant?: string | number | boolean | undefined
  /** Of a field that is read out of the message: what is true of every row where it is this text, and cheap to find by an index. */
  readonly hint?: ((text: string) => Expression | undefined) | undefined
  /** Of such a field: whether it is one of these texts, where that is cheaper to tell than from `sql`; false where it is missing. */
  readonly among?: ((texts: readonly string[]) => Expression | undefined) | undefined
  /** Of a truth: what tells the rows where it holds from all others more cheaply than `sql`, but false from missing it does not. */
  readonly test?: Expression | undefined
  /** Of a literal such as `5m`. */
  readonly period?: Period | undefined
}

export const stringValue = (sql: Expression): Value => ({ type: 'string', sql })
export const numberValue = (sql: Expression): Value => ({ type: 'number', sql })
export const booleanValue = (sql: Expression): Value => ({ type: 'boolean', sql })
export const timeValue = (sql: Expression): Value => ({ type: 'time', sql })
export const jsonValue = (sql: Expression): Value => ({ type: 'json', sql })
export const anyValue = (sql: Expression, number?: Expression): Value => (number === undefined ? { type: 'any', sql } : { type: 'any', sql, number })

/** As a text, as functions of texts take it and as results show it: Nullable(String). Maps and lists have none. */
export const asText = (value: Value): Expression => {
  switch (value.type) {
    case 'string':
    case 'any':
      return value.sql
    case 'number':
    case 'boolean':
      return call('toString', value.sql)
    case 'time':
      return timeText(value.sql)
    case 'json':
      return scalarText(value.sql)
  }
}

/** As a number: Nullable(Float64). Text that is no number has none. */
export const asNumber = (value: Value): Expression => {
  switch (value.type) {
    case 'number':
      return value.sql
    case 'boolean':
    case 'time':
      return call('toFloat64', value.sql)
    case 'any':
      return value.number ?? parsedNumber(value.sql)
    case 'string':
      return parsedNumber(value.sql)
    case 'json':
      return parsedNumber(scalarText(value.sql))
  }
}

/** As a truth: Nullable(UInt8). Numbers but 0 are true; of texts `true` and `false`, and numbers. */
export const asBoolean = (value: Value): Expression => {
  switch (value.type) {
    case 'boolean':
      return value.sql
    case 'number':
    case 'time':
      return call('notEquals', value.sql, constant(0))
    case 'string':
    case 'any':
    case 'json':
      return once(call('lower', asText(value)), text =>
        choose(
          [[call('equals', text, constant('true')), constant(1)], [call('equals', text, constant('false')), constant(0)]],
          call('notEquals', value.number ?? parsedNumber(text), constant(0)),
        ))
  }
}

/** As a condition, by which rows are kept: true where the value is; where that is false or missing, either of the two. */
export const asCondition = (value: Value): Expression => value.test ?? asBoolean(value)

/** As a time: Nullable(Int64), epoch milliseconds. Numbers are epoch milliseconds; texts are read as ISO 8601 or as results show times. */
export const asTime = (value: Value): Expression => {
  switch (value.type) {
    case 'time':
      return value.sql
    case 'number':
      return call('accurateCastOrNull', call('floor', value.sql), constant('Int64'))
    case 'boolean':
      return cast(NULL, 'Nullable(Int64)')
    case 'string':
    case 'any':
    case 'json':
      return once(asText(value), text => {
        const number = call('accurateCastOrNull', call('floor', value.number ?? parsedNumber(text)), constant('Int64'))
        return call('coalesce', number, call('toUnixTimestamp64Milli', call('parseDateTime64BestEffortOrNull', text, constant(3), constant('UTC'))))
      })
  }
}

/** As JSON text: Nullable(String). Texts become JSON strings, not parsed. */
export const asJson = (value: Value): Expression => {
  if (value.json !== undefined) return value.json
  switch (value.type) {
    case 'json':
      return value.sql
    case 'number':
    case 'boolean':
      return call('toString', value.sql)
    case 'string':
    case 'time':
      return jsonString(asText(value))
    case 'any':
      // Not every text of a number is JSON: +5, 05, 5.
      return once(value.sql, text =>
        choose([[and(call('isNotNull', value.number ?? parsedNumber(text)), call('isValidJSON', text)), text]], jsonString(text)))
  }
}

/** As results show it: as text, but maps and lists as their JSON. */
export const asShown = (value: Value): Expression => (value.type === 'json' ? once(value.sql, json => call('coalesce', scalarText(json), json)) : asText(value))

/** A text, or a list of texts, as JSON. */
export const jsonString = (of: Expression): Expression =>
  // ClickHouse escapes every slash, which JSON does not ask for.
  call('replaceAll', call('toJSONString', of), boundText('\\/'), constant('/'))

/** A number that is the result of arithmetic: what is not finite is no number. */
export const finite = (sql: Expression): Expression => call('ifNotFinite', sql, NULL)

const parsedNumber = (text: Expression): Expression => finite(call('toFloat64OrNull', text))

/** `yyyy-MM-dd HH:mm:ss.SSS`. */
const timeText = (millis: Expression): Expression =>
  call('toString', call('fromUnixTimestamp64Milli', call('toInt64', millis), constant('UTC')))

const CONTAINERS = call('tuple', constant('Object'), constant('Array'), constant('Null'))

/** The text of JSON that is a string, a number or a truth; a string's without quotes. */
const scalarText = (of: Expression): Expression =>
  once(of, json =>
    choose(
      [
        [call('equals', call('JSONType', json), constant('String')), call('JSONExtractString', json)],
        [call('in', call('JSONType', json), CONTAINERS), NULL],
      ],
      json,
    ))
