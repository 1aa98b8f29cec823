import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { SyntaxProblem } from '../languages/syntax-problem.ts'
import { alarmQueryProblem, problemText } from './alarm-query.ts'
import { FUNCTIONS } from './functions/registry.ts'
import { parsePromql } from './parse.ts'
import type { Plan } from './plan.ts'

/** The plan with all its brackets. */
const spelled = (plan: Plan): string => {
  switch (plan.kind) {
    case 'selector': {
      const matchers = plan.matchers.map(({ name, symbol, value }) => `${name}${symbol}${value}`).join(',')
      return `{${matchers}}${plan.range === undefined ? '' : `[${plan.range}]`}${plan.offset === 0 ? '' : `@-${plan.offset}`}`
    }
    case 'subquery':
      return `${spelled(plan.of)}[${plan.range}:${plan.step}]${plan.offset === 0 ? '' : `@-${plan.offset}`}`
    case 'binary': {
      const { on, labels, many, include } = plan.matching
      const matching = labels.length > 0 || on ? ` ${on ? 'on' : 'ignoring'}(${labels.join()})${many === undefined ? '' : `${many}(${include.join()})`}` : ''
      return `(${spelled(plan.left)} ${plan.symbol}${plan.bool ? ' bool' : ''}${matching} ${spelled(plan.right)})`
    }
    case 'aggregate':
      return `${plan.aggregation.name} ${plan.without ? 'without' : 'by'}(${plan.labels.join()})(${[plan.parameter, plan.of].flatMap(each => (each === undefined ? [] : [spelled(each)])).join()})`
    case 'call':
      return `${plan.fn.name}(${plan.args.map(spelled).join()})`
    case 'negation':
      return `-${spelled(plan.of)}`
    case 'literal':
      return String(plan.value)
    case 'text':
      return JSON.stringify(plan.text)
  }
}

const problemOf = (query: string): string => {
  try {
    return spelled(parsePromql(query))
  } catch (error) {
    if (error instanceof SyntaxProblem) return problemText(query, error)
    throw error
  }
}

describe('parse', () => {
  test.each([
    ['up', '{__name__=up}'],
    ['up{a="b", c!~"d",}[1h30m] offset -5m', '{__name__=up,a=b,c!~d}[5400000]@--300000'],
    [`{"a.b", 'c.d'="e"}`, '{__name__=a.b,c.d=e}'],
    ['up[300]', '{__name__=up}[300000]'],
    ['1 + 2 * 3 - 4', '((1 + (2 * 3)) - 4)'],
    ['-1 ^ 2', '-(1 ^ 2)'],
    ['-x ^ 2', '-({__name__=x} ^ 2)'],
    ['2 ^ 3 ^ 2', '(2 ^ (3 ^ 2))'],
    ['a - -1', '({__name__=a} - -1)'],
    ['1 -1', '(1 - 1)'],
    ['a and b or c unless d', '(({__name__=a} and {__name__=b}) or ({__name__=c} unless {__name__=d}))'],
    ['a == bool on(x) group_left(y) b', '({__name__=a} == bool on(x)left(y) {__name__=b})'],
    ['sum by (a, "b c") (x)', 'sum by(a,b c)({__name__=x})'],
    ['TOPK(2, x) without (a)', 'topk without(a)(2,{__name__=x})'],
    ['rate(x[5m])[1h:10s] offset 1d', 'rate({__name__=x}[300000])[3600000:10000]@-86400000'],
    ['max_over_time(x[1h:])', 'max_over_time({__name__=x}[3600000:60000])'],
    ['0x1F + 1_000 + 1.5e3 + Inf + 5m', '((((31 + 1000) + 1500) + Infinity) + 300)'],
    ['sum # the name of a metric\n', '{__name__=sum}'],
    ['label_replace(x, `a`, "\\x41\\u00e9\\n", \'b\\\'\', "(.*)")', 'label_replace({__name__=x},"a","Aé\\n","b\'","(.*)")'],
    ['(((x)))', '{__name__=x}'],
  ])('%s', (query, plan) => {
    expect(problemOf(query)).toBe(plan)
  })
})

describe('refused, with where', () => {
  test.each([
    ['', '1:1: parse error: no expression found in input'],
    ['up{', '1:4: parse error: unexpected end of input'],
    ['sum(\n  up))', '2:6: parse error: unexpected ")"'],
    ['up{a="b" c="d"}', '1:10: parse error: unexpected "c"'],
    ['nonsense(up)', '1:9: parse error: unexpected "("'],
    ['{a=~".*"}', '1:1: parse error: vector selector must contain at least one non-empty matcher'],
    ['up{__name__="x"}', '1:1: parse error: metric name must not be set twice: "up"'],
    ['up{a=~"("}', /^1:7: parse error: .*missing.*\)/],
    ['up{a=~"(?<=b)c"}', /^1:7: parse error: /],
    ['up{a="b}', '1:9: parse error: unexpected end of input'],
    ['count_values("\\q", up)', /string literal/],
    ['rate(up)', '1:6: parse error: expected type range vector in call to function "rate", got instant vector'],
    ['abs(1)', '1:5: parse error: expected type instant vector in call to function "abs", got scalar'],
    ['abs()', '1:1: parse error: expected 1 argument(s) in call to "abs", got 0'],
    ['round(up, 1, 2)', '1:1: parse error: expected at most 2 argument(s) in call to "round", got 3'],
    ['sum(1)', '1:5: parse error: expected type instant vector in aggregation expression, got scalar'],
    ['topk(up)', '1:1: parse error: wrong number of arguments for aggregate expression provided, expected 2, got 1'],
    ['1 == 1', '1:1: parse error: comparisons between scalars must use BOOL modifier'],
    ['up + bool up', '1:1: parse error: bool modifier can only be used on comparison operators'],
    ['up and 1', '1:1: parse error: set operator "and" not allowed in binary scalar expression'],
    ['up + on(a) 1', '1:6: parse error: vector matching only allowed between instant vectors'],
    ['up and on(a) group_left up', '1:14: parse error: no grouping allowed for "and" operation'],
    ['up * on(a) group_left(a) up', '1:6: parse error: label "a" must not occur in ON and GROUP clause at once'],
    ['up[5m] + 1', '1:1: parse error: binary expression must contain only scalar and instant vector types, got range vector'],
    ['(up)[5m]', '1:1: parse error: ranges are only allowed for vector selectors'],
    ['up[0s]', '1:4: parse error: duration must be greater than 0'],
    ['up offset 5m offset 5m', '1:1: parse error: offset may not be set multiple times'],
    ['(up) offset 5m', /offset modifier must be preceded by/],
    ['up @ 5', '1:1: parse error: the @ modifier is not supported'],
    ['holt_winters(up[5m], 1, 1)', /unexpected/],
    ['histogram_avg(up)', '1:1: parse error: the function histogram_avg is not supported'],
    ['limitk(1, up)', '1:1: parse error: limitk is not supported'],
    ['a + fill(0) b', '1:5: parse error: the fill modifiers are not supported'],
    ['label_replace(up, "", "", "", "")', '1:1: parse error: invalid destination label name in label_replace(): ""'],
    ['label_replace(up, "a", "", "b", "(")', /invalid regular expression in label_replace/],
    [`up{a=~"${'(a|b)'.repeat(300)}"}`, /longer than 1000 characters/],
    ['a'.repeat(10_001), '1:10001: parse error: the query must not be longer than 10000 characters'],
    [`${'('.repeat(250)}1${')'.repeat(250)}`, /too deeply nested/],
  ])('%s', (query, message) => {
    expect(problemOf(query)).toEqual(typeof message === 'string' ? message : expect.stringMatching(message))
  })

  test('an alarm needs series', () => {
    expect(alarmQueryProblem('up == 0')).toBeUndefined()
    expect(alarmQueryProblem('1 + 1')).toBe("an alarm's query must yield an instant vector, not a scalar")
    expect(alarmQueryProblem('up[5m]')).toBe("an alarm's query must yield an instant vector, not a range vector")
    expect(alarmQueryProblem('up{')).toBe('1:4: parse error: unexpected end of input')
  })
})

describe('bad input', () => {
  const word = fc.oneof(
    fc.constantFrom('up', '{', '}', '(', ')', '[', ']', '5m', ':', 'a=', '"b"', '=~', '!~', ',', ' by ', ' on', 'sum', ' offset ', '-', '+', '^', '@', '"', '`', '\\', '1e', '0x', ' bool ', ' and ', '#', '\n', 'é', '\u0000', 'group_left'),
    fc.constantFrom(...FUNCTIONS.map(({ name }) => `${name}(`)),
  )
  const examples = FUNCTIONS.flatMap(fn => fn.examples.map(({ query }) => query))
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(word, { maxLength: 40 }).map(words => words.join('')),
    fc.tuple(fc.constantFrom(...examples), fc.nat(60), fc.string({ maxLength: 2 })).map(([query, at, change]) => query.slice(0, at) + change + query.slice(at + change.length)),
  )

  test('any text is a plan or a SyntaxProblem', () => {
    fc.assert(fc.property(text, query => typeof problemOf(query) === 'string'), { numRuns: 3000 })
  })

  test.each([
    ['brackets', '('], ['signs', '-'], ['sums', '1+'], ['calls', 'abs('], ['braces', '{'], ['matchers', '{a="b",'], ['quotes', '"'], ['differences', 'a - -'],
    ['escapes', '"\\'], ['names', 'a'], ['digits', '1'], ['units', '1y'], ['spaces', ' '], ['comments', '#'], ['ranges', '[5m:]'], ['offsets', ' offset 5m'], ['dots', '.'],
  ])('10 kB of %s take no more time than reading them', (_, piece) => {
    const hostile = piece.repeat(10_000 / piece.length)
    const started = performance.now()
    problemOf(hostile)
    problemOf(`a${hostile.slice(0, 9998)}1`)
    expect(performance.now() - started).toBeLessThan(3000)
  })

  test.each([['x{100}', 140], ['(a*)*', 200], ['(a|a)*b|', 100], ['(.{1,30}){1,30}', 60]])('a pattern of %s is bounded', (piece, times) => {
    const pattern = piece.repeat(times)
    const started = performance.now()
    const plan = problemOf(`up{a=~"${pattern}"}`)
    expect(plan).not.toBe('')
    expect(performance.now() - started).toBeLessThan(3000)
  })
})
