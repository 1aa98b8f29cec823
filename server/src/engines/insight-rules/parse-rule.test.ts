import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseRule } from './parse-rule.ts'
import { RuleProblem } from './rule-problem.ts'

/** AWS's own example of a rule over JSON events. */
const RULE = {
  Schema: { Name: 'CloudWatchLogRule', Version: 1 },
  LogGroupNames: ['API-Gateway-Access-Logs*', 'Log-group-name2'],
  LogFormat: 'JSON',
  Contribution: { Keys: ['$.ip'], ValueOf: '$.requestBytes', Filters: [{ Match: '$.httpMethod', In: ['PUT'] }] },
  AggregateOn: 'Sum',
}
const contribution = (change: object): object => ({ ...RULE, Contribution: { ...RULE.Contribution, ...change } })
const filters = (...Filters: unknown[]): object => contribution({ Filters })

test('AWS\'s example over JSON', () => {
  expect(parseRule(JSON.stringify(RULE))).toEqual({
    schema: { name: 'CloudWatchLogRule', version: 1 },
    logGroups: { kind: 'names', patterns: ['API-Gateway-Access-Logs*', 'Log-group-name2'] },
    logFormat: 'JSON',
    fields: new Map(),
    keys: ['$.ip'],
    valueOf: '$.requestBytes',
    filters: [{ match: '$.httpMethod', test: { kind: 'In', values: ['PUT'] } }],
    aggregateOn: 'Sum',
  })
})

test('AWS\'s example over flow logs', () => {
  const rule = parseRule(JSON.stringify({
    Schema: RULE.Schema, AggregateOn: 'Count', Contribution: { Filters: [], Keys: ['tcp-flag', '4'] }, LogFormat: 'CLF',
    LogGroupNames: ['/vpc/flowlogs/*'], Fields: { 23: 'tcp-flag' },
  }))
  expect(rule).toMatchObject({ logFormat: 'CLF', keys: ['tcp-flag', '4'], fields: new Map([['23', 'tcp-flag']]), aggregateOn: 'Count', valueOf: undefined })
})

test('every test of a filter', () => {
  const given = [{ NotIn: ['a'] }, { StartsWith: ['b'] }, { GreaterThan: 1 }, { IsPresent: false }]
  expect(parseRule(JSON.stringify(filters(...given.map(one => ({ Match: '$.f', ...one }))))).filters.map(({ test: { kind } }) => kind)).toEqual([
    'NotIn', 'StartsWith', 'GreaterThan', 'IsPresent',
  ])
})

test.each<[string, unknown]>([
  ['must be a JSON object', []],
  ['must not have the member Colour', { ...RULE, Colour: 1 }],
  ['Schema must be {"Name": "CloudWatchLogRule", "Version": 1}', { ...RULE, Schema: { Name: 'CloudWatchLogRule', Version: 2 } }],
  ['Either LogGroupNames or LogGroupARNs must be there', { ...RULE, LogGroupARNs: ['arn'] }],
  ['Either LogGroupNames or LogGroupARNs must be there', { ...RULE, LogGroupNames: undefined }],
  ['LogGroupNames must have at least 1 members', { ...RULE, LogGroupNames: [] }],
  ['LogGroupNames[0] may have * at its end alone', { ...RULE, LogGroupNames: ['a*b'] }],
  ['LogFormat must be JSON or CLF', { ...RULE, LogFormat: 'XML' }],
  ['Fields is for the log format CLF', { ...RULE, Fields: { 1: 'a' } }],
  ['AggregateOn must be Count or Sum', { ...RULE, AggregateOn: 'Average' }],
  ['Contribution.ValueOf is needed when AggregateOn is Sum', contribution({ ValueOf: undefined })],
  ['Contribution.ValueOf must not be there when AggregateOn is Count', { ...RULE, AggregateOn: 'Count' }],
  ['Contribution.Keys must have at least 1 members', contribution({ Keys: [] })],
  ['Contribution.Keys must have at most 4 members', contribution({ Keys: ['$.a', '$.b', '$.c', '$.d', '$.e'] })],
  ['Contribution.Keys[0] must be a text', contribution({ Keys: [5] })],
  ['Contribution names the field ip, which must begin with $.', contribution({ Keys: ['ip'] })],
  ['Contribution.Filters must have at most 4 members', filters(1, 2, 3, 4, 5)],
  ['Contribution.Filters[0] must be a JSON object', filters(1)],
  ['Contribution.Filters[0] must have exactly one of In, NotIn, StartsWith, GreaterThan, LessThan, EqualTo, NotEqualTo, IsPresent', filters({ Match: '$.a' })],
  ['Contribution.Filters[0].Match must be a text', filters({ In: ['a'] })],
  ['Contribution.Filters[0].In must have at most 10 members', filters({ Match: '$.a', In: 'abcdefghijk'.split('') })],
  ['Contribution.Filters[0].GreaterThan must be a number', filters({ Match: '$.a', GreaterThan: '1' })],
  ['Contribution.Filters[0].IsPresent must be true or false', filters({ Match: '$.a', IsPresent: 1 })],
])('%s', (message, rule) => {
  expect(() => parseRule(JSON.stringify(rule))).toThrow(new RuleProblem('', message))
})

test('no JSON', () => {
  expect(() => parseRule('{')).toThrow('The rule definition is not valid JSON')
})

test('anything is a rule or a problem', () => {
  const name = fc.constantFrom(...Object.keys(RULE), 'Fields', 'LogGroupARNs', 'Keys', 'Filters', 'Match', 'In', '__proto__')
  const leaf = fc.oneof(fc.string(), fc.constantFrom('JSON', 'CLF', 'Sum', '$.a', 'CloudWatchLogRule'), fc.double(), fc.boolean(), fc.constant(null))
  const { json } = fc.letrec<{ json: unknown }>(tie => ({
    json: fc.oneof({ maxDepth: 4 }, leaf, fc.array(tie('json'), { maxLength: 4 }), fc.dictionary(name, tie('json'), { maxKeys: 5 })),
  }))
  const hostile = fc.oneof(fc.string(), json.map(value => JSON.stringify(value)), fc.tuple(name, json).map(([key, value]) => JSON.stringify({ ...RULE, [key]: value })))
  fc.assert(fc.property(hostile, text => {
    try {
      parseRule(text)
    } catch (error) {
      expect(error).toBeInstanceOf(RuleProblem)
    }
  }), { numRuns: 500 })
})
