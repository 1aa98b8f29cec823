import { and, boundNumber, boundText, boundTexts, call, choose, constant, NULL, or, parameter, type Expression } from '../../../sql/expression.ts'
import { asBoolean, asNumber, asText, asTime, booleanValue, type Value } from '../values.ts'

export type Comparison = '=' | '!=' | '<' | '<=' | '>' | '>='

const CALLS: Readonly<Record<Comparison, string>> = {
  '=': 'equals', '!=': 'notEquals', '<': 'less', '<=': 'lessOrEquals', '>': 'greater', '>=': 'greaterOrEquals',
}
const NUMERIC = /^-?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?$/

/** A comparison: as times, numbers or truths where one side is such, as numbers where both may be, else as texts. A missing side makes it missing. */
export const compare = (operator: Comparison, left: Value, right: Value): Value => {
  const by = (a: Expression, b: Expression): Expression => call(CALLS[operator], a, b)
  const types = [left.type, right.type]
  if (types.includes('time')) return booleanValue(by(comparableTime(left), comparableTime(right)))
  if (types.includes('boolean') && !types.includes('number')) return booleanValue(by(asBoolean(left), asBoolean(right)))
  if (types.includes('number') || types.includes('boolean')) {
    const numbers = by(asNumber(left), asNumber(right))
    const text = operator === '!=' ? textBeside(left, right) : undefined
    return booleanValue(text === undefined ? numbers : choose([[call('isNotNull', asNumber(text)), numbers], [call('isNotNull', asText(text)), constant(1)]], NULL))
  }
  const [literal, field] = typeof left.constant === 'string' ? [left.constant, right] : [right.constant, left]
  const texts = typeof literal === 'string' ? by(left.stored ?? asText(left), right.stored ?? asText(right)) : by(asText(left), asText(right))
  if (typeof literal === 'string') {
    if (operator === '=') return among(field, [literal], texts)
    if (operator === '!=' || field.type === 'string' || !NUMERIC.test(literal)) return booleanValue(texts)
    const number = boundNumber(Number(literal))
    const field_ = asNumber(field)
    return booleanValue(choose([[call('isNotNull', field_), left === field ? by(field_, number) : by(number, field_)]], texts))
  }
  if (left.type === 'string' && right.type === 'string') return booleanValue(texts)
  const numbers = [asNumber(left), asNumber(right)] as const
  return booleanValue(choose([[and(...numbers.map(number => call('isNotNull', number))), by(...numbers)]], texts))
}

/** What may be a text, where the other side is a number that is written out: a text that is none differs from it. */
const textBeside = (left: Value, right: Value): Value | undefined => {
  const [literal, other] = typeof left.constant === 'number' ? [left, right] : [right, left]
  return typeof literal.constant === 'number' && (other.type === 'any' || other.type === 'string') && other.numeric !== true ? other : undefined
}

/** `value in [...]`; `negated` is false for a missing value too. */
export const isIn = (value: Value, items: readonly Value[], negated: boolean): Value => {
  const texts = items.flatMap(item => (typeof item.constant === 'string' ? [item.constant] : []))
  const textual = value.type === 'string' || value.type === 'any' || value.type === 'json'
  if (textual && texts.length === items.length) {
    const found = call('in', value.stored ?? asText(value), boundTexts(texts))
    return negated ? booleanValue(call('not', found)) : among(value, texts, found)
  }
  const each = (operator: Comparison): readonly Expression[] => items.map(item => compare(operator, value, item).sql)
  return booleanValue(negated ? and(...each('!=')) : or(...each('=')))
}

const HINT_LIMIT = 20

/** Whether a field is one of some texts: as a condition by what is cheaper to tell, and with what an index can say of it in front. */
const among = (field: Value, texts: readonly string[], exact: Expression): Value => {
  const cheaper = field.among?.(texts) ?? exact
  const hints = texts.length > HINT_LIMIT ? [] : texts.flatMap(text => field.hint?.(text) ?? [])
  const test = hints.length === texts.length ? and(or(...hints), cheaper) : cheaper
  return test === exact ? booleanValue(exact) : { ...booleanValue(exact), test }
}

/** Whole milliseconds are compared as such: the table is ordered by them, and only then is it read in part. */
const comparableTime = (value: Value): Expression => {
  if (typeof value.constant === 'number') {
    return Number.isSafeInteger(value.constant) ? parameter('Int64', BigInt(value.constant)) : boundNumber(value.constant)
  }
  if (typeof value.constant === 'string') return asTime({ type: 'string', sql: boundText(value.constant) })
  return value.type === 'number' ? value.sql : asTime(value)
}
