import { describe, expect, test } from 'vitest'
import { and, boundText, boundTexts, call, callWith, cast, choose, column, constant, lambda, list, NULL, parameter, window, type Expression } from './expression.ts'
import { printExpression, printStatement } from './print.ts'

describe('expressions', () => {
  test.for<readonly [Expression, string]>([
    [column('ts'), 'ts'], [column('limit'), '`limit`'], [column('ts', 'l'), 'l.ts'], [constant('UTC'), '\'UTC\''], [NULL, 'NULL'], [constant(-1.5), '-1.5'],
    [and(call('equals', column('a'), constant(1)), call('less', column('b'), constant(2))), '((a = 1) AND (b < 2))'],
    [callWith('quantile', [constant(0.5)], column('x')), 'quantile(0.5)(x)'], [cast(NULL, 'Nullable(String)'), 'CAST(NULL, \'Nullable(String)\')'],
    [choose([[column('a'), constant(1)]], constant(2)), 'if(a, 1, 2)'], [list([constant(1), constant(2)]), '[1, 2]'],
    [call('arrayMap', lambda(['x'], column('x')), column('a')), 'arrayMap((x) -> x, a)'],
    [window(call('sum', column('x')), [{ by: column('ts'), descending: true, nulls: 'last' }]), 'sum(x) OVER (ORDER BY ts DESC NULLS LAST ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)'],
  ])('%#', ([expression, sql]) => expect(printExpression(expression).sql).toBe(sql))

  test('equal values of one type share a placeholder', () => {
    const { sql, parameters } = printExpression(call('f', boundText('1'), boundText('1'), boundTexts(['1']), parameter('Int64', 1n), boundText('2')))
    expect(sql).toBe('f({p1:String}, {p1:String}, {p2:Array(String)}, {p3:Int64}, {p4:String})')
    expect(parameters).toEqual({ p1: '1', p2: ['1'], p3: 1n, p4: '2' })
  })

  test('nothing of a user can be a name or a constant', () => {
    for (const text of ['\'', '\\', 'a\nb', '`', 'é']) expect(() => constant(text)).toThrow('must be a parameter')
    for (const name of ['a b', '1a', 'a.b', '`a`', '', 'a;']) {
      expect(() => column(name)).toThrow('not a plain name')
      expect(() => call(name)).toThrow('not a plain name')
    }
    expect(() => constant(Infinity)).toThrow('not a constant')
  })
})

test('a statement has its clauses in order', () => {
  const inner = { kind: 'select', columns: [{ name: 'a', of: column('a') }], from: { kind: 'table', table: 't' } } as const
  expect(printStatement({
    kind: 'select',
    definitions: [{ name: 'f1', of: call('length', column('a')) }],
    columns: [{ name: 'n', of: call('count') }],
    from: { kind: 'select', select: inner },
    where: call('greater', column('f1'), constant(1)),
    groupBy: [column('a')],
    orderBy: [{ by: column('a') }],
    limitBy: { count: 1, by: [column('a')] },
    limit: 5,
  }).sql).toBe('WITH length(a) AS f1\nSELECT count() AS n\nFROM (\n  SELECT a\n  FROM t\n)\nWHERE (f1 > 1)\nGROUP BY a\nORDER BY a\nLIMIT 1 BY a\nLIMIT 5')
})
