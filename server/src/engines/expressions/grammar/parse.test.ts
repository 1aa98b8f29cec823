import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { seconds } from '../../../base/time.ts'
import { SyntaxProblem } from '../../languages/syntax-problem.ts'
import { compile } from '../compile.ts'
import { ExpressionError } from '../expression-error.ts'
import { FUNCTIONS } from '../registry.ts'
import { parse } from './parse.ts'
import type { Syntax } from './syntax.ts'

/** The tree with all its brackets. */
const spelled = (syntax: Syntax): string => {
  switch (syntax.kind) {
    case 'number':
      return String(syntax.value)
    case 'text':
      return JSON.stringify(syntax.text)
    case 'id':
      return syntax.name
    case 'word':
      return `#${syntax.word}`
    case 'call':
      return `${syntax.name}(${syntax.args.map(spelled).join(', ')})`
    case 'list':
      return `[${syntax.items.map(spelled).join(', ')}]`
    case 'minus':
      return `(-${spelled(syntax.operand)})`
    case 'binary':
      return `(${spelled(syntax.left)} ${syntax.symbol} ${spelled(syntax.right)})`
  }
}

describe('parse', () => {
  test.each([
    ['m1', 'm1'],
    ['1 + 2 * 3 - 4', '((1 + (2 * 3)) - 4)'],
    ['a / b / c', '((a / b) / c)'],
    ['-a ^ 2', '(-(a ^ 2))'],
    ['2 ^ -a', '(2 ^ (-a))'],
    ['a ^ b ^ c', '(a ^ (b ^ c))'],
    ['--a', '(-(-a))'],
    ['a - -b', '(a - (-b))'],
    ['(a + b) * c', '((a + b) * c)'],
    ['a + 1 > b * 2 AND c == d OR e', '((((a + 1) > (b * 2)) AND (c == d)) OR e)'],
    ['a || b && c', '(a || (b && c))'],
    ['a < b < c', '((a < b) < c)'],
    ['1.5e3 + .5 + 2E-2', '((1500 + 0.5) + 0.02)'],
    ['[a, [b, c], d + 1]', '[a, [b, c], (d + 1)]'],
    ['FILL(m1, REPEAT)', 'FILL(m1, #REPEAT)'],
    ['METRICS()', 'METRICS()'],
    ['SEARCH(\'{A/B,C} d="e"\', "Sum", 300)', 'SEARCH("{A/B,C} d=\\"e\\"", "Sum", 300)'],
    ["S('it\\'s', '\\\\ \\d \\\"')", 'S("it\'s", "\\\\\\\\ \\\\d \\\\\\"")'],
    ['\tm1\n+\r\nm2 ', '(m1 + m2)'],
    ['and + or', '(and + or)'],
  ])('%s', (text, tree) => {
    expect(spelled(parse(text))).toBe(tree)
  })

  test('knows where things stand', () => {
    expect(parse(' ABS( (m1) )+2')).toMatchObject({ start: 1, end: 14, left: { start: 1, end: 12, args: [{ kind: 'id', start: 6, end: 10 }] } })
  })
})

describe('bad input', () => {
  const word = fc.oneof(
    fc.constantFrom('m1', 'm2', 'e1', 'e2', '1', '0.5', '-', '+', '*', '/', '^', '(', ')', '[', ']', ',', ' AND ', ' OR ', '==', '<', '!=', '&&', "'a'", '"b"', "'", '"', '\\', ' REPEAT ', 'ASC', 'AVG', 'SELECT ', 'FROM', '\n', 'é', '\u0000', 'true'),
    fc.constantFrom(...FUNCTIONS.map(({ name }) => `${name}(`)),
  )
  const text = fc.oneof(fc.string({ unit: 'binary' }), fc.array(word, { maxLength: 40 }).map(words => words.join('')))

  const onlyItsOwn = (work: () => unknown, kind: typeof SyntaxProblem | typeof ExpressionError): void => {
    try {
      work()
    } catch (error) {
      expect(error).toBeInstanceOf(kind)
    }
  }

  test('any text parses or is a SyntaxProblem', () => {
    fc.assert(fc.property(text, given => onlyItsOwn(() => parse(given), SyntaxProblem)), { numRuns: 2000 })
  })

  test('any request compiles or is an ExpressionError', () => {
    const stored = [{ id: 'm1', period: seconds(60) }, { id: 'm2', period: seconds(300) }]
    fc.assert(
      fc.property(text, text, (a, b) => {
        onlyItsOwn(() => compile(stored, [{ id: 'e1', expression: a }, { id: 'e2', expression: b }]), ExpressionError)
      }),
      { numRuns: 2000 },
    )
  })

  test('one that is cut or changed in a place, too', () => {
    const examples = FUNCTIONS.flatMap(({ examples: all }) => all)
    fc.assert(
      fc.property(fc.constantFrom(...examples), fc.nat(100), fc.string({ maxLength: 2 }), ({ expression, metrics }, at, change) => {
        const changed = expression.slice(0, at) + change + expression.slice(at + change.length)
        const stored = Object.keys(metrics).map(id => ({ id, period: seconds(60) }))
        onlyItsOwn(() => compile(stored, [{ id: 'e1', expression: changed }]), ExpressionError)
        onlyItsOwn(() => compile(stored, [{ id: 'e1', expression: expression.slice(0, at) }]), ExpressionError)
      }),
      { numRuns: 2000 },
    )
  })

  test.each([
    ['brackets', '('], ['lists', '['], ['signs', '-'], ['powers', '2^'], ['calls', 'ABS('], ['sums', '1+'], ['quotes', "'"], ['escapes', '"\\'], ['names', 'a'],
    ['digits', '1'], ['lists of items', '[a,'], ['spaces', ' '], ['comparisons', 'a<'], ['dots', '.'], ['exponents', '1e'], ['other quotes', '\'"'],
  ])('100 kB of %s take no more time than reading them', (_, piece) => {
    const hostile = piece.repeat(100_000 / piece.length)
    const started = performance.now()
    onlyItsOwn(() => parse(hostile), SyntaxProblem)
    onlyItsOwn(() => parse(`${hostile}1`), SyntaxProblem)
    expect(performance.now() - started).toBeLessThan(1000)
  })

  test('100 are the most levels', () => {
    expect(() => parse('('.repeat(99) + 'm1' + ')'.repeat(99))).not.toThrow()
    expect(() => parse('('.repeat(101) + 'm1' + ')'.repeat(101))).toThrow('Too deeply nested')
    expect(() => parse(`${'-'.repeat(101)}1`)).toThrow('Too deeply nested')
  })
})
