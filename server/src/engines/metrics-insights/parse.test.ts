import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { SyntaxProblem } from '../languages/syntax-problem.ts'
import { isInsights, parseInsights } from './parse.ts'
import { CURRENT_ACCOUNT, type InsightsQuery } from './query.ts'

const EC2: InsightsQuery = {
  statistic: 'AVG', metricName: 'CPUUtilization', namespace: 'AWS/EC2', schema: undefined,
  conditions: [], groupBy: [], orderBy: undefined, limit: 500,
}

describe('parseInsights', () => {
  test.each<[string, Partial<InsightsQuery>]>([
    ['SELECT AVG(CPUUtilization) FROM "AWS/EC2"', {}],
    ['SELECT AVG(CPUUtilization) FROM SCHEMA("AWS/EC2")', { schema: [] }],
    ['SELECT AVG(CPUUtilization) FROM SCHEMA("AWS/EC2", InstanceId)', { schema: ['InstanceId'] }],
    ['select avg ( CPUUtilization )\nfrom schema("AWS/EC2", InstanceId);', { schema: ['InstanceId'] }],
    [
      'SELECT SUM(RequestCount) FROM SCHEMA("AWS/ApplicationELB", LoadBalancer, AvailabilityZone) ' +
        "WHERE LoadBalancer = 'app/load-balancer-1' GROUP BY AvailabilityZone ORDER BY MAX() DESC LIMIT 5",
      {
        statistic: 'SUM', metricName: 'RequestCount', namespace: 'AWS/ApplicationELB', schema: ['LoadBalancer', 'AvailabilityZone'],
        conditions: [{ key: 'LoadBalancer', equal: true, value: 'app/load-balancer-1' }],
        groupBy: ['AvailabilityZone'], orderBy: { statistic: 'MAX', descending: true }, limit: 5,
      },
    ],
    ['SELECT MAX("My.Metric") FROM Custom_1', { statistic: 'MAX', metricName: 'My.Metric', namespace: 'Custom_1' }],
    ['SELECT AVG("Bytes\\"Input\\"") FROM "AWS/EC2"', { metricName: 'Bytes"Input"' }],
    [
      "SELECT AVG(CPUUtilization) FROM \"AWS/EC2\" WHERE a != 'it\\'s' AND \"Dim 2\" = '' AND AWS.AccountId = CURRENT_ACCOUNT_ID()",
      { conditions: [
        { key: 'a', equal: false, value: "it's" },
        { key: 'Dim 2', equal: true, value: '' },
        { key: 'AWS.AccountId', equal: true, value: CURRENT_ACCOUNT },
      ] },
    ],
    [
      'SELECT AVG(CPUUtilization) FROM "AWS/EC2" WHERE tag.env = \'prod\' GROUP BY tag."my team", AWS.AccountId ORDER BY COUNT()',
      {
        conditions: [{ key: 'tag.env', equal: true, value: 'prod' }],
        groupBy: ['tag.my team', 'AWS.AccountId'], orderBy: { statistic: 'COUNT', descending: false },
      },
    ],
    ['SELECT AVG(CPUUtilization) FROM "AWS/EC2" ORDER BY MIN() ASC LIMIT 500', { orderBy: { statistic: 'MIN', descending: false } }],
  ])('%s', (text, parts) => {
    expect(isInsights(text)).toBe(true)
    expect(parseInsights(text)).toEqual({ ...EC2, ...parts })
  })

  test.each<[string, string, number]>([
    ['SELECT', 'Unexpected end of query', 6],
    ['SELECT MEDIAN(a) FROM b', "Function 'MEDIAN' not found", 7],
    ['SELECT AVG(a) FORM b', "Unexpected token 'FORM', expected FROM", 14],
    ['SELECT AVG(a) FROM AWS/EC2', "Unexpected character '/'", 22],
    ['SELECT AVG() FROM b', "Unexpected token ')'", 11],
    ['SELECT AVG(a) FROM SCHEMA()', "Unexpected token ')'", 26],
    ['SELECT AVG(a) FROM b WHERE c = "d"', "Unexpected token '\"d\"'", 31],
    ["SELECT AVG(a) FROM b WHERE c = 'd' OR e = 'f'", "Unexpected token 'OR'", 35],
    ["SELECT AVG(a) FROM b WHERE c < 'd'", "Unexpected character '<'", 29],
    ['SELECT AVG(a) FROM b GROUP c', "Unexpected token 'c', expected BY", 27],
    ['SELECT AVG(a) FROM b GROUP BY aws.thing', "Unknown key 'aws.thing'", 30],
    ['SELECT AVG(a) FROM b ORDER BY AVG', "Unexpected end of query, expected '('", 33],
    ['SELECT AVG(a) FROM b LIMIT 501', 'LIMIT must be between 1 and 500', 27],
    ['SELECT AVG(a) FROM b LIMIT 0', 'LIMIT must be between 1 and 500', 27],
    ['SELECT AVG(limit) FROM b', "Unexpected token 'limit'", 11],
    ['SELECT AVG(a) FROM b; SELECT', "Unexpected token 'SELECT'", 22],
    ['SELECT AVG("a) FROM b', "Unexpected character '\"'", 11],
  ])('refuses %s', (text, message, at) => {
    expect(() => parseInsights(text)).toThrow(expect.objectContaining({ name: 'SyntaxProblem', message, at }))
  })

  test('refuses every other text with its own error', () => {
    const word = fc.constantFrom('SELECT ', 'AVG(', ')', ' FROM ', 'a', '"b"', "'c'", ' WHERE ', '=', '!=', ' AND ', ' GROUP BY ', ' ORDER BY ', 'tag.', ',', ' LIMIT ', '7', ';', '\\')
    fc.assert(fc.property(fc.oneof(fc.string(), fc.array(word, { maxLength: 30 }).map(words => words.join(''))), text => {
      try {
        parseInsights(text)
      } catch (error) {
        expect(error).toBeInstanceOf(SyntaxProblem)
      }
    }), { numRuns: 500 })
  })

  test('takes metric math for what it is', () => {
    expect(['SELECTED + 1', 'm1', 'SUM(m1)', ''].map(isInsights)).toEqual([false, false, false, false])
  })
})
