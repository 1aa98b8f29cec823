import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { compilePattern } from './compile-pattern.ts'
import type { FilterPattern } from './filter-pattern.ts'
import { LogLine } from './log-line.ts'
import { literalsOf } from './regex-literals.ts'
import { SearchRegex } from './search-regex.ts'

/**
 * Patterns and messages are made as trees and written as texts. What should match is decided on the trees, plainly and slowly: every
 * way of placing fields is tried, wildcards are native regular expressions, nothing is parsed.
 */
const RUNS = { numRuns: 2000 }

const check = (pattern: FilterPattern, message: string, expected: boolean): void => {
  expect(pattern.matches(new LogLine(message))).toBe(expected)
  expect(pattern.extract(new LogLine(message)) !== undefined).toBe(expected)
  if (expected) for (const texts of pattern.required) expect(texts.some(text => message.includes(text)), texts.join(' or ')).toBe(true)
}

// The alphabets are small, so that things are equal often.
const word = fc.string({ unit: fc.constantFrom('a', 'b', '1', '_'), minLength: 1, maxLength: 4 })
const phrase = fc.string({ unit: fc.constantFrom('a', 'b', '1', ' ', '"', '\\', '/', 'é', '\n', '😀'), maxLength: 5 })
const quote = (text: string): string => `"${text.replaceAll(/["\\*]/g, '\\$&')}"`

type Glob = readonly string[]
const glob: fc.Arbitrary<Glob> = fc.array(phrase, { minLength: 1, maxLength: 3 })
const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
const globMatches = (parts: Glob, text: string): boolean => new RegExp(`^${parts.map(escaped).join('.*')}$`, 's').test(text)

test('terms', () => {
  const term = fc.record({ sign: fc.constantFrom('', '', '-', '?'), text: fc.oneof(word, phrase), quoted: fc.boolean() })
  const write = ({ sign, text, quoted }: { sign: string; text: string; quoted: boolean }): string =>
    sign + (quoted || !/^\w+$/.test(text) ? quote(text) : text)
  fc.assert(
    fc.property(fc.array(term, { maxLength: 4 }), fc.array(fc.oneof(word, phrase), { maxLength: 6 }), (terms, pieces) => {
      const message = pieces.join(' ')
      const has = (text: string): boolean => text.trim() === '' || message.includes(text)
      const of = (sign: string): readonly string[] => terms.filter(item => item.sign === sign).map(({ text }) => text)
      const strict = of('').length + of('-').length > 0
      const expected = strict ? of('').every(has) && !of('-').some(has) : of('?').length === 0 || of('?').some(has)
      check(compilePattern(terms.map(write).join(' ')), message, expected)
    }),
    RUNS,
  )
})

type Json = string | boolean | null | { readonly number: string } | readonly Json[] | ReadonlyMap<string, Json>
const key = fc.constantFrom('a', 'b', 'c.d', 'e-f')
const numberText = fc.constantFrom('0', '1', '12', '12.0', '-1', '1e1', '1.2E+1', '0.5', '12345678901234567890', '10')
const scalar: fc.Arbitrary<Json> = fc.oneof(phrase, phrase, word, fc.boolean(), fc.constant(null), numberText.map(number => ({ number })))
const { tree } = fc.letrec<{ tree: Json }>(tie => ({
  tree: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    scalar,
    fc.array(tie('tree'), { maxLength: 3 }),
    fc.array(fc.tuple(key, tie('tree')), { maxLength: 4 }).map(entries => new Map(entries)),
  ),
}))
const document = fc.array(fc.tuple(key, tree), { maxLength: 4 }).map(entries => new Map(entries))

const isNumber = (value: Json | undefined): value is { readonly number: string } => typeof value === 'object' && value !== null && 'number' in value
/** `spell` decides for every character whether to write it as an escape. */
const writeJson = (value: Json, spell: (char: string) => boolean): string => {
  if (typeof value === 'string') {
    const units = Array.from({ length: value.length }, (_, index) => value[index]!)
    return `"${units.map(unit => (spell(unit) ? `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}` : plain(unit))).join('')}"`
  }
  if (isNumber(value)) return value.number
  if (value instanceof Map) return `{${[...value].map(([name, item]) => `${writeJson(name, spell)}: ${writeJson(item as Json, spell)}`).join(',')}}`
  return Array.isArray(value) ? `[${value.map(item => writeJson(item as Json, spell)).join(' , ')}]` : JSON.stringify(value)
}
const plain = (unit: string): string => (/["\\]/.test(unit) ? `\\${unit}` : unit === '\n' ? '\\n' : unit)

/** A key (`any key` and `any index` are wildcards, and no key of ours), or an index. */
type PathStep = string | number
const step: fc.Arbitrary<{ text: string; step: PathStep }> = fc.oneof(
  key.map(name => ({ text: name.includes('.') ? `['${name}']` : `.${name}`, step: name })),
  fc.nat({ max: 2 }).map(index => ({ text: `[${index}]`, step: index })),
)
const wild = fc.constantFrom({ text: '.*', step: 'any key' as const }, { text: '[*]', step: 'any index' as const })
const path = fc
  .tuple(fc.array(step, { maxLength: 2 }), fc.option(wild, { freq: 4 }), fc.array(step, { maxLength: 1 }))
  .map(([before, any, after]) => [...before, ...(any === null ? [] : [any]), ...after])
  .filter(steps => steps.length > 0)

const valuesAt = (value: Json, steps: readonly PathStep[]): readonly Json[] => {
  const [first, ...rest] = steps
  if (first === undefined) return [value]
  const children = ((): readonly (Json | undefined)[] => {
    if (value instanceof Map) return first === 'any key' ? [...value.values()] : typeof first === 'string' ? [value.get(first) as Json | undefined] : []
    if (Array.isArray(value)) return first === 'any index' ? value : typeof first === 'number' ? [value[first] as Json | undefined] : []
    return []
  })()
  return children.flatMap(child => (child === undefined ? [] : valuesAt(child, rest)))
}

type Test = { readonly text: string; readonly holds: (value: Json) => boolean; readonly text2?: (text: string) => boolean }
const globTest: fc.Arbitrary<Test> = fc.tuple(fc.boolean(), glob).map(([equal, parts]) => {
  const all = parts.length > 1 && parts.every(part => part === '')
  return {
    text: `${equal ? '=' : '!='} "${parts.map(part => quote(part).slice(1, -1)).join('*')}"`,
    holds: value => {
      if (typeof value === 'string') return globMatches(parts, value) === equal
      if (isNumber(value)) return globMatches(parts, value.number) === equal
      return all && equal && typeof value === 'boolean'
    },
    text2: text => globMatches(parts, text) === equal,
  }
})
const OPERATORS: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  '=': (a, b) => a === b, '!=': (a, b) => a !== b, '<': (a, b) => a < b, '>': (a, b) => a > b, '<=': (a, b) => a <= b, '>=': (a, b) => a >= b,
}
const numberTest: fc.Arbitrary<Test> = fc.tuple(fc.constantFrom(...Object.keys(OPERATORS)), numberText).map(([operator, number]) => ({
  text: `${operator} ${number}`,
  holds: value => {
    if (isNumber(value)) return OPERATORS[operator]!(Number(value.number), Number(number))
    return typeof value === 'string' && (operator === '=' ? value === number : operator === '!=' && value !== number)
  },
  text2: text => {
    if (/^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(text)) return OPERATORS[operator]!(Number(text), Number(number))
    return operator === '=' ? text === number : operator === '!=' && text !== number
  },
}))
const regexTest: fc.Arbitrary<Test> = fc.tuple(fc.boolean(), fc.constantFrom('a', '[ab]1', '^a|1$', 'a+b?', '\\x22', '/', '1\\.?')).map(([equal, source]) => {
  const regex = new RegExp(source, 's')
  return {
    text: `${equal ? '=' : '!='} %${source}%`,
    holds: value => (typeof value === 'string' ? regex.test(value) === equal : isNumber(value) && regex.test(value.number) === equal),
    text2: text => regex.test(text) === equal,
  }
})
const isTest: fc.Arbitrary<Test> = fc.constantFrom(null, true, false).map(constant => ({
  text: `IS ${String(constant).toUpperCase()}`,
  holds: value => value === constant,
}))

type Expression = { readonly text: string; readonly holds: (root: Json) => boolean }
const condition: fc.Arbitrary<Expression> = fc.oneof(
  fc.tuple(path, fc.oneof(globTest, numberTest, isTest)).map(([steps, asked]) => ({
    text: `$${steps.map(({ text }) => text).join('')} ${asked.text}`,
    holds: (root: Json) => valuesAt(root, steps.map(item => item.step)).some(asked.holds),
  })),
  path.map(steps => ({
    text: `$${steps.map(({ text }) => text).join('')} NOT EXISTS`,
    holds: (root: Json) => valuesAt(root, steps.map(item => item.step)).length === 0,
  })),
)
const join = (mark: string, operands: readonly Expression[]): Expression => ({
  text: operands.map(({ text }) => text).join(` ${mark} `),
  holds: root => (mark === '&&' ? operands.every(({ holds }) => holds(root)) : operands.some(({ holds }) => holds(root))),
})
const bracketed = ({ text, holds }: Expression): Expression => ({ text: `(${text})`, holds })
const conjunction = fc.array(condition, { minLength: 1, maxLength: 2 }).map(operands => join('&&', operands))
const disjunction = fc.array(conjunction, { minLength: 1, maxLength: 2 }).map(operands => join('||', operands))
const expression = fc.oneof(disjunction, fc.tuple(disjunction, condition).map(([left, right]) => join('&&', [bracketed(left), right])))
const fewWildcards = ({ text }: Expression): boolean => (text.match(/\$\S*(?:\.\*|\[\*\])/g)?.length ?? 0) <= 3

const judgeJson = (asked: Expression, root: Json, seed: number): void => {
  let state = seed
  const spell = (): boolean => (state = (state * 1_103_515_245 + 12_345) % 2_147_483_648) % 7 === 0
  check(compilePattern(`{ ${asked.text} }`), writeJson(root, seed % 3 === 0 ? spell : () => false), asked.holds(root))
}

test('JSON', () => {
  fc.assert(fc.property(expression.filter(fewWildcards), document, fc.nat(), judgeJson), RUNS)
})

test('JSON with regular expressions', () => {
  const asked = fc.tuple(fc.constantFrom(['.a', 'a'], ['.*', 'any key']), regexTest).map(([[text, at], inner]) => ({
    text: `$${text} ${inner.text}`,
    holds: (root: Json) => valuesAt(root, [at!]).some(inner.holds),
  }))
  const flat = fc.array(fc.tuple(key, scalar), { maxLength: 4 }).map(entries => new Map(entries))
  fc.assert(fc.property(asked, flat, fc.nat(), judgeJson), RUNS)
})

type PatternSlot = { readonly text: string; readonly holds: (field: string) => boolean } | 'ellipsis'
const slot: fc.Arbitrary<PatternSlot> = fc.oneof(
  fc.constant('ellipsis' as const),
  fc.constant({ text: '', holds: () => true }),
  fc.constant({ text: 'x', holds: () => true }),
  fc.oneof(globTest, numberTest).map(asked => ({ text: `x ${asked.text}`, holds: asked.text2! })),
  fc.tuple(globTest, numberTest, fc.constantFrom('&&', '||')).map(([left, right, mark]) => ({
    text: `x ${left.text} ${mark} x ${right.text}`,
    holds: (field: string) => (mark === '&&' ? left.text2!(field) && right.text2!(field) : left.text2!(field) || right.text2!(field)),
  })),
)

/** Every way is tried of what an ellipsis takes. */
const places = (slots: readonly PatternSlot[], fields: readonly string[]): boolean => {
  const [first, ...rest] = slots
  if (first === undefined) return fields.length === 0
  if (first === 'ellipsis') return places(rest, fields) || (fields.length > 0 && places(slots, fields.slice(1)))
  return fields.length > 0 && first.holds(fields[0]!) && places(rest, fields.slice(1))
}

test('space-delimited', () => {
  const bare = fc.oneof(word, numberText).map(text => ({ text, written: text }))
  const inside = phrase.filter(text => !text.includes('"'))
  const field = fc.oneof(bare, inside.map(text => ({ text, written: `"${text}"` })), inside.map(text => ({ text, written: `[${text}]` })))
  fc.assert(
    fc.property(fc.array(slot, { maxLength: 5 }), fc.array(field, { maxLength: 5 }), (slots, fields) => {
      const message = fields.map(({ written }) => written).join('  ')
      const texts = fields.map(({ text }) => text)
      const last = slots.length - 1
      const absorbs = slots.length > 0 && !slots.includes('ellipsis') && texts.length > slots.length
      const seen = absorbs ? [...texts.slice(0, last), fields.slice(last).map(({ written }) => written).join('  ')] : texts
      const pattern = compilePattern(`[${slots.map(item => (item === 'ellipsis' ? '...' : item.text)).join(', ')}]`)
      // A pattern of one blank slot is written as `[]`, which takes everything.
      const expected = slots.length === 0 || (slots.length === 1 && slots[0] !== 'ellipsis' && slots[0]!.text === '') || places(slots, seen)
      check(pattern, message, expected)
    }),
    RUNS,
  )
})

test('regular expressions find what the native ones find, and nothing without their literals', () => {
  const atom = fc.constantFrom('a', 'b', '1', '.', '[ab]', '[^a]', '\\.', '\\d', '\\w', '\\x31', '\\*', '-')
  const item = fc.tuple(atom, fc.constantFrom('', '', '', '*', '+', '?', '{2}', '{0,1}', '{1,}', '+?')).map(([one, repeated]) => one + repeated)
  const alternative = fc.tuple(fc.constantFrom('', '', '^'), fc.array(item, { maxLength: 4 }), fc.constantFrom('', '', '$')).map(([start, items, end]) => start + items.join('') + end)
  const source = fc.array(alternative, { minLength: 1, maxLength: 3 }).map(alternatives => alternatives.join('|'))
  const text = fc.string({ unit: fc.constantFrom('a', 'b', '1', '.', '*', '-', '\n', 'é'), maxLength: 8 })
  fc.assert(
    fc.property(source, text, (regex, message) => {
      const expected = new RegExp(regex, 's').test(message)
      expect(new SearchRegex(regex, 0).test(message)).toBe(expected)
      const literals = literalsOf(regex)
      if (expected && literals.length > 0) expect(literals.some(literal => message.includes(literal))).toBe(true)
    }),
    RUNS,
  )
})
