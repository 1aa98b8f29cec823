import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { MetricIdentity } from '../../model/metric.ts'
import { InsightsAggregation } from './aggregate.ts'
import { parseInsights } from './parse.ts'
import { selectMetrics } from './select.ts'

const ACCOUNT = '123456789012'
const metric = (dimensions: Readonly<Record<string, string>>, name = 'm', namespace = 'App'): MetricIdentity => ({
  namespace, name, dimensions: Object.entries(dimensions).map(([key, value]) => ({ name: key, value })),
})
const select = (text: string, metrics: readonly MetricIdentity[]) => selectMetrics(parseInsights(text), metrics, ACCOUNT)

const PLAIN = metric({})
const A1 = metric({ host: 'a', zone: '1' })
const A2 = metric({ host: 'a', zone: '2' })
const B = metric({ host: 'b' })
const ALL = [PLAIN, A1, A2, B, metric({}, 'n'), metric({}, 'm', 'Else')]

describe('which metrics a query is about', () => {
  test.each<[string, readonly MetricIdentity[]]>([
    ['SELECT AVG(m) FROM App', [PLAIN, A1, A2, B]],
    ['SELECT AVG(m) FROM SCHEMA(App)', [PLAIN]],
    ['SELECT AVG(m) FROM SCHEMA(App, host)', [B]],
    ['SELECT AVG(m) FROM SCHEMA(App, zone, host)', [A1, A2]],
    ["SELECT AVG(m) FROM App WHERE host = 'a' AND zone != '1'", [A2]],
    ["SELECT AVG(m) FROM App WHERE zone != '1'", [A2]],
    ["SELECT AVG(m) FROM App WHERE tag.env = 'prod'", []],
    ["SELECT AVG(m) FROM App WHERE tag.env != 'prod'", []],
    ['SELECT AVG(m) FROM App WHERE AWS.AccountId = CURRENT_ACCOUNT_ID()', [PLAIN, A1, A2, B]],
    ["SELECT AVG(m) FROM App WHERE AWS.AccountId = '210987654321'", []],
    ["SELECT AVG(M) FROM App", []],
  ])('%s', (text, found) => {
    expect(select(text, ALL)).toMatchObject({ metrics: found, truncated: false })
  })

  test('groups hold what has the same values; what lacks a key is Other', () => {
    const groups = (text: string) => {
      const selection = select(text, ALL)
      return selection.groups.map(({ label }, group) => [label, selection.metrics.filter((_, index) => selection.groupOf[index] === group).length])
    }
    expect(groups('SELECT AVG(m) FROM App')).toEqual([['', 4]])
    expect(groups('SELECT AVG(m) FROM App GROUP BY host')).toEqual([['Other', 1], ['a', 2], ['b', 1]])
    expect(groups('SELECT AVG(m) FROM App GROUP BY zone, host')).toEqual([['Other', 2], ['1 a', 1], ['2 a', 1]])
    expect(groups('SELECT AVG(m) FROM App GROUP BY AWS.AccountId')).toEqual([[ACCOUNT, 4]])
    expect(groups('SELECT AVG(m) FROM App GROUP BY tag.env')).toEqual([['Other', 4]])
    expect(select('SELECT AVG(m) FROM App GROUP BY zone, host', ALL).groups[1]?.values).toEqual({ zone: '1', host: 'a' })
  })

  test('looks at the first 10,000', () => {
    const many = Array.from({ length: 10_001 }, (_, index) => metric({ id: String(index) }))
    expect(select('SELECT AVG(m) FROM App', many)).toMatchObject({ truncated: true, metrics: { length: 10_000 } })
    expect(select('SELECT AVG(m) FROM App', many.slice(1))).toMatchObject({ truncated: false, metrics: { length: 10_000 } })
  })
})

describe('what the buckets come to', () => {
  const run = (text: string, slots: number, adds: readonly (readonly [metric: number, slot: number, ...values: number[]])[]) => {
    const query = parseInsights(text)
    const selection = selectMetrics(query, ALL, ACCOUNT)
    const aggregation = new InsightsAggregation(query, selection, slots)
    for (const [place, slot, ...values] of adds) {
      aggregation.add(place, slot, values.length, values.reduce((a, b) => a + b), Math.min(...values), Math.max(...values))
    }
    return aggregation.series().map(({ group, values }) => [selection.groups[group]!.label, [...values]])
  }
  const DATA = [[0, 0, 10], [1, 0, 1, 3], [2, 0, 5], [2, 2, -4], [3, 1, 7], [1, 0, 1]] as const

  test.each<[string, readonly unknown[]]>([
    ['SELECT SUM(m) FROM App', [['', [20, 7, -4]]]],
    ['SELECT COUNT(m) FROM App', [['', [5, 1, 1]]]],
    ['SELECT AVG(m) FROM App', [['', [4, 7, -4]]]],
    ['SELECT MIN(m) FROM App', [['', [1, 7, -4]]]],
    ['SELECT MAX(m) FROM App', [['', [10, 7, -4]]]],
    ['SELECT SUM(m) FROM App GROUP BY host', [['Other', [10, NaN, NaN]], ['a', [10, NaN, -4]], ['b', [NaN, 7, NaN]]]],
    ['SELECT SUM(m) FROM App GROUP BY host ORDER BY SUM()', [['a', [10, NaN, -4]], ['b', [NaN, 7, NaN]], ['Other', [10, NaN, NaN]]]],
    ['SELECT SUM(m) FROM App GROUP BY host ORDER BY COUNT() DESC', [['a', [10, NaN, -4]], ['Other', [10, NaN, NaN]], ['b', [NaN, 7, NaN]]]],
    ['SELECT SUM(m) FROM App GROUP BY host ORDER BY MAX() DESC LIMIT 2', [['Other', [10, NaN, NaN]], ['b', [NaN, 7, NaN]]]],
    ['SELECT SUM(m) FROM App GROUP BY host ORDER BY AVG() ASC LIMIT 1', [['a', [10, NaN, -4]]]],
    ['SELECT SUM(m) FROM App GROUP BY host LIMIT 1', [['Other', [10, NaN, NaN]]]],
    ["SELECT SUM(m) FROM App WHERE host = 'nobody'", []],
  ])('%s', (text, lines) => {
    expect(run(text, 3, lines.length === 0 ? [] : DATA)).toEqual(lines)
  })

  test('the groups of totals alone come in the same order as with their buckets', () => {
    const functions = fc.constantFrom('AVG', 'COUNT', 'MAX', 'MIN', 'SUM')
    const adds = fc.array(fc.tuple(fc.nat(3), fc.nat(4), fc.integer({ min: -9, max: 9 })), { maxLength: 40 })
    fc.assert(fc.property(functions, fc.constantFrom('ASC', 'DESC'), adds, (order, direction, data) => {
      const query = parseInsights(`SELECT SUM(m) FROM App GROUP BY host, zone ORDER BY ${order}() ${direction} LIMIT 2`)
      const selection = selectMetrics(query, ALL, ACCOUNT)
      const [whole, totals] = [new InsightsAggregation(query, selection, 5), new InsightsAggregation(query, selection, 0)]
      for (const each of [whole, totals]) for (const [place, slot, value] of data) each.add(place, slot, 1, value, value, value)
      expect(totals.ranking()).toEqual(whole.series().map(({ group }) => group))
    }))
  })
})
