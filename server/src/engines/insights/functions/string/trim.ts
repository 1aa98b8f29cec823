import { boundText, call, choose, constant, NULL, type Expression } from '../../../../sql/expression.ts'
import { once } from '../../../../sql/once.ts'
import { asText, stringValue } from '../../values.ts'
import type { Example, InsightsFunction } from '../insights-function.ts'
import { BLANK } from './blank.ts'

type Side = 'left' | 'right'

const trimming = (name: string, where: string, sides: readonly Side[], examples: readonly Example[]): InsightsFunction => ({
  name,
  parameters: [
    { name: 'str', takes: 'string' },
    { name: 'trimChars', takes: 'string', optional: true },
  ],
  text: `The text without white space at its ${where}; with a second argument, without any of that one’s characters, in whatever order they stand.`,
  examples,
  bind: ([text, characters]) => {
    const of = asText(text!)
    if (characters === undefined) return stringValue(trimmed(of, boundText(BLANK), sides))
    return stringValue(once(of, it => once(asText(characters), some => choose([[call('isNull', some), NULL], [call('equals', some, constant('')), it]], trimmed(it, setOf(some), sides)))))
  },
})

/** `set` is a class of RE2. */
const trimmed = (text: Expression, set: Expression, sides: readonly Side[]): Expression => {
  const edge = { left: call('concat', constant('^'), set, constant('+')), right: call('concat', set, constant('+$')) }
  return sides.reduce((rest, side) => call('replaceRegexpOne', rest, edge[side], constant('')), text)
}

/** The characters of a text as a class of RE2; those that mean something in it are escaped. */
const setOf = (characters: Expression): Expression => {
  const escaped = call('replaceRegexpAll', call('toValidUTF8', call('ifNull', characters, constant(''))), boundText(String.raw`[\]\[\\^-]`), boundText(String.raw`\\\0`))
  // The engine looks at patterns also of rows that take another branch, and a class of nothing is none.
  return choose([[call('empty', call('ifNull', characters, constant(''))), constant('[x]')]], call('concat', constant('['), escaped, constant(']')))
}

export const ltrim = trimming('ltrim', 'beginning', ['left'], [
  { expression: 'ltrim("  a ")', result: 'a ' },
  { expression: 'ltrim("xyZxyfooxyZ", "xyZ")', result: 'fooxyZ' },
])

export const rtrim = trimming('rtrim', 'end', ['right'], [
  { expression: 'rtrim("  a ")', result: '  a' },
  { expression: 'rtrim("xyZfooxyxyZ", "xyZ")', result: 'xyZfoo' },
])

export const trim = trimming('trim', 'beginning and end', ['left', 'right'], [
  { expression: 'trim("  a ")', result: 'a' },
  { expression: 'trim("xyZxyfooxyxyZ", "xyZ")', result: 'foo' },
  { expression: 'trim(missing)', result: null },
])
