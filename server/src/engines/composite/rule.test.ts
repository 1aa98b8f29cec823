import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { AlarmStateValue } from '../../model/alarm.ts'
import { SyntaxProblem } from '../languages/syntax-problem.ts'
import { reachesItself } from './cycles.ts'
import { compositeState, evaluateRule } from './evaluate.ts'
import { parseRule } from './parse.ts'
import { alarmsIn } from './rule.ts'

const STATES: Readonly<Record<string, AlarmStateValue>> = { a: 'ALARM', o: 'OK', i: 'INSUFFICIENT_DATA', 'two words': 'ALARM', 'say "so"': 'OK' }
const judged = (text: string) => evaluateRule(parseRule(text), alarm => STATES[alarm])
const refusal = (text: string): string => {
  try {
    parseRule(text)
  } catch (error) {
    if (error instanceof SyntaxProblem) return error.message
    throw error
  }
  throw new Error('it was read')
}

test.each<[string, boolean]>([
  ['TRUE', true],
  ['FALSE', false],
  ['false', false],
  ['true', true],
  ['ALARM(a)', true],
  ['OK("o")', true],
  ['INSUFFICIENT_DATA(i)', true],
  ['ALARM(i)', false],
  ['NOT ALARM(a)', false],
  ['NOT OK(i)', true],
  ['ALARM("two words") AND OK("say \\"so\\"")', true],
  ['ALARM( a )\n OR\tALARM(o)', true],
  ['ALARM(a) OR ALARM(a) AND FALSE', true],
  ['(ALARM(a) OR ALARM(a)) AND FALSE', false],
  ['NOT ALARM(o) AND NOT (ALARM(o) OR FALSE)', true],
  ['NOT (TRUE AND (FALSE OR TRUE))', false],
  ['AT_LEAST(1, ALARM, (a, o, i))', true],
  ['AT_LEAST(2, ALARM, (a, o, i))', false],
  ['AT_LEAST(2, NOT ALARM, (a, o, i))', true],
  ['AT_LEAST(50%, ALARM, (a, "two words", o, i))', true],
  ['AT_LEAST(51%, ALARM, (a, "two words", o, i))', false],
  ['AT_LEAST(34%, OK, (a, o, i))', false],
  ['AT_LEAST(100%, NOT INSUFFICIENT_DATA, (a, o)) AND TRUE', true],
  ['ALARM(gone) OR OK(gone) OR INSUFFICIENT_DATA(gone) OR AT_LEAST(1, NOT OK, (gone))', false],
])('%s is %s', (text, value) => expect(judged(text).value).toBe(value))

test.each<[string, string]>([
  ['', 'AlarmRule must not contain leading or trailing whitespace or be null'],
  [' TRUE', 'AlarmRule must not contain leading or trailing whitespace or be null'],
  ['TRUE\n', 'AlarmRule must not contain leading or trailing whitespace or be null'],
  ['ALARM(The Oldest one)', "Error in AlarmRule [Unsupported token 'Oldest' at char 10, must be: ')']"],
  ['ALARM(a) OR ALARM(b) OR (OK(c) AND INSUFFICIENT_DATA(d) OR ALARM(My Oldest alarm))',
    "Error in AlarmRule [Unsupported token 'Oldest' at char 68, must be: ')']"],
  ['()', "Error in AlarmRule [Unsupported token ')' at char 1]"],
  ['ALARM', "Error in AlarmRule [Unsupported token '' at char 5, must be: '(']"],
  ['ALARM()', "Error in AlarmRule [Unsupported token ')' at char 6]"],
  ['ALARM("")', "Error in AlarmRule [Unsupported token '\"\"' at char 6]"],
  ['ALARM("a)', "Error in AlarmRule [Unsupported token '\"' at char 6]"],
  ['alarm(a)', "Error in AlarmRule [Unsupported token 'alarm' at char 0, must be: '(', 'NOT', AT_LEAST, TRUE or FALSE, ALARM, OK, or INSUFFICIENT_DATA]"],
  ['ALARM(a) ALARM(b)', "Error in AlarmRule [Unsupported token 'ALARM' at char 9]"],
  ['ALARM(a) AND', "Error in AlarmRule [Unsupported token '' at char 12]"],
  ['NOT NOT TRUE', "Error in AlarmRule [Unsupported token 'NOT' at char 4]"],
  ['AT_LEAST(0, OK, (a))', 'Error in AlarmRule [AT_LEAST needs a number from 1 to 1 at char 9]'],
  ['AT_LEAST(3, OK, (a, b))', 'Error in AlarmRule [AT_LEAST needs a number from 1 to 2 at char 9]'],
  ['AT_LEAST(101%, OK, (a))', 'Error in AlarmRule [AT_LEAST needs a number from 1 to 100% at char 9]'],
  ['AT_LEAST(some, OK, (a))', "Error in AlarmRule [Unsupported token 'some' at char 9]"],
  ['AT_LEAST(x1, OK, (a))', "Error in AlarmRule [Unsupported token 'x1' at char 9]"],
  ['AT_LEAST(1x, OK, (a))', "Error in AlarmRule [Unsupported token '1x' at char 9]"],
  ['AT_LEAST("1", OK, (a))', "Error in AlarmRule [Unsupported token '\"1\"' at char 9]"],
  ['AT_LEAST(1, "OK", (a))', "Error in AlarmRule [Unsupported token '\"OK\"' at char 12]"],
  ['"("TRUE)', "Error in AlarmRule [Unsupported token '\"(\"' at char 0]"],
  ['AT_LEAST(1, TRUE, (a))', "Error in AlarmRule [Unsupported token 'TRUE' at char 12]"],
  ['AT_LEAST(1, OK, a)', "Error in AlarmRule [Unsupported token 'a' at char 16, must be: '(']"],
  ['('.repeat(200) + 'TRUE' + ')'.repeat(200), 'Too deeply nested'],
])('%j is refused: %s', (text, message) => expect(refusal(text)).toBe(message))

const many = (count: number, of: (at: number) => string): string => Array.from({ length: count }, (_, at) => of(at)).join(' OR ')

test('limits', () => {
  expect(alarmsIn(parseRule(many(100, at => `OK(${at})`)))).toHaveLength(100)
  expect(refusal(many(101, at => `OK(${at})`))).toBe('Error in AlarmRule [The number of child alarms 101 exceeds the limit of 100]')
  expect(alarmsIn(parseRule(many(500, () => 'OK(a)')))).toEqual(['a'])
  expect(refusal(many(250, () => '(TRUE)') + ' OR OK(a)')).toBe('Error in AlarmRule [The number of elements 501 exceeds the limit of 500]')
  expect(refusal(`OK(${'a'.repeat(10_240)})`)).toContain('10240')
  expect(alarmsIn(parseRule(`OK(${'a'.repeat(10_236)})`))).toHaveLength(1)
})

test('the explanation shows every node, with the part of the text that it stands for', () => {
  const text = 'ALARM(o) OR (OK(o) AND AT_LEAST(1, ALARM, (a, i)))'
  const { operands } = judged(text)
  expect(operands.map(({ value, node }) => [value, text.slice(node.start, node.end)])).toEqual([
    [false, 'ALARM(o)'],
    [true, '(OK(o) AND AT_LEAST(1, ALARM, (a, i)))'],
  ])
  expect(operands[1]!.operands[1]!.alarms).toEqual([
    { alarm: 'a', state: 'ALARM', counts: true },
    { alarm: 'i', state: 'INSUFFICIENT_DATA', counts: false },
  ])
})

test('every node explains itself', () => {
  const told = ({ value, operands, alarms, node }: ReturnType<typeof judged>): unknown =>
    [node.kind, value, ...alarms.map(({ alarm, state, counts }) => `${alarm} ${state} ${counts}`), ...operands.map(told)]
  expect(told(judged('TRUE AND NOT ALARM(o) AND OK(o) OR AT_LEAST(2, NOT OK, (a, o, gone))'))).toEqual(['or', true,
    ['and', true, ['constant', true], ['not', true, ['state', false, 'o OK false']], ['state', true, 'o OK true']],
    ['at least', false, 'a ALARM true', 'o OK false', 'gone undefined false'],
  ])
})

test('a chain stands for all of its text', () => {
  const text = 'OK(a) AND OK(b) AND OK(c)'
  expect(parseRule(text)).toMatchObject({ kind: 'and', start: 0, end: text.length })
})

test('the alarms of a rule are those of all its parts', () => {
  expect(alarmsIn(parseRule('TRUE OR AT_LEAST(1, OK, (a, b)) AND NOT ALARM(c) OR (OK(a) AND OK(d))'))).toEqual(['a', 'b', 'c', 'd'])
})

test('what holds is an alarm', () => expect([true, false].map(compositeState)).toEqual(['ALARM', 'OK']))

interface Case {
  readonly text: string
  readonly value: boolean
}
const name = fc.constantFrom('a', 'o', 'i', 'two words', 'say "so"')
const quoted = (text: string): string => `"${text.replaceAll('"', '\\"')}"`
const leaf: fc.Arbitrary<Case> = fc.oneof(
  fc.boolean().map(value => ({ text: value ? 'TRUE' : 'FALSE', value })),
  fc.tuple(fc.constantFrom<AlarmStateValue>('OK', 'ALARM', 'INSUFFICIENT_DATA'), name).map(([state, alarm]) =>
    ({ text: `${state}(${quoted(alarm)})`, value: STATES[alarm] === state })),
)
const { rule } = fc.letrec<{ rule: Case }>(tie => ({
  rule: fc.oneof(
    { depthSize: 'small' },
    leaf,
    tie('rule').map(({ text, value }) => ({ text: `NOT (${text})`, value: !value })),
    fc.tuple(tie('rule'), tie('rule')).map(([a, b]) => ({ text: `(${a.text}) AND (${b.text})`, value: a.value && b.value })),
    fc.tuple(tie('rule'), tie('rule')).map(([a, b]) => ({ text: `(${a.text}) OR (${b.text})`, value: a.value || b.value })),
  ),
}))

describe('properties', () => {
  test('a rule comes to what its parts come to', () => {
    fc.assert(fc.property(rule, ({ text, value }) => {
      fc.pre(text.length < 2000)
      expect(judged(text).value).toBe(value)
    }))
  })
  test('anything else ends in a SyntaxProblem', () => {
    const piece = fc.constantFrom('(', ')', ',', ' ', 'NOT', 'AND', 'OR', 'ALARM', 'AT_LEAST', '50%', '2', '"', 'a', '\\', 'TRUE', '\u{1f514}')
    fc.assert(fc.property(fc.array(piece, { maxLength: 40 }), pieces => {
      try {
        parseRule(pieces.join(' '))
      } catch (error) {
        expect(error).toBeInstanceOf(SyntaxProblem)
      }
    }))
  })
})

test.each<[string, Readonly<Record<string, string>>, boolean]>([
  ['nothing', {}, false],
  ['itself', { a: 'a' }, true],
  ['a circle', { a: 'b', b: 'c', c: 'a' }, true],
  ['a circle that it is outside of', { a: 'b', b: 'cd', c: 'b' }, false],
  ['a diamond', { a: 'bc', b: 'd', c: 'd' }, false],
])('a leads to %s', (_name, children, circular) => expect(reachesItself('a', id => children[id] ?? '')).toBe(circular))
