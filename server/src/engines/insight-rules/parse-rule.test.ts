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

const at = (kind: string, key: string): string => `INVALID_RULE_BODY: ${kind} encountered at ${key} in the RuleBody.`

test.each<[string, unknown]>([
  ['INVALID_RULE_BODY: The RuleBody could not be parsed.', []],
  [at('UnknownKey', 'Filters'), { ...RULE, Filters: [] }],
  [at('UnknownKey', 'Colour'), contribution({ Colour: 1 })],
  [at('InvalidSchema', 'Schema'), { ...RULE, Schema: { Name: 'CloudWatchLogRule', Version: 2 } }],
  [at('InvalidSchema', 'Schema'), { ...RULE, Schema: { Name: 'Other', Version: 1 } }],
  [at('MissingKey', 'Schema'), { ...RULE, Schema: undefined }],
  ['INVALID_RULE_BODY: LogGroupARNs must not be there beside LogGroupNames.', { ...RULE, LogGroupARNs: ['arn'] }],
  [at('MissingKey', 'LogGroupNames'), { ...RULE, LogGroupNames: undefined }],
  [at('Empty', 'LogGroupNames'), { ...RULE, LogGroupNames: [] }],
  ['INVALID_RULE_BODY: LogGroupNames[0] may have * at its end alone.', { ...RULE, LogGroupNames: ['a*b'] }],
  [at('InvalidValueType', 'LogFormat'), { ...RULE, LogFormat: 'XML' }],
  [at('MissingKey', 'LogFormat'), { ...RULE, LogFormat: undefined }],
  ['INVALID_RULE_BODY: Fields is for the log format CLF.', { ...RULE, Fields: { 1: 'a' } }],
  [at('InvalidValueType', 'AggregateOn'), { ...RULE, AggregateOn: 'Average' }],
  [at('MissingKey', 'AggregateOn'), { ...RULE, AggregateOn: undefined }],
  ['INVALID_RULE_BODY: Contribution.ValueOf is needed when AggregateOn is Sum.', contribution({ ValueOf: undefined })],
  ['INVALID_RULE_BODY: Contribution.ValueOf must not be there when AggregateOn is Count.', { ...RULE, AggregateOn: 'Count' }],
  [at('MissingKey', 'Contribution'), { ...RULE, Contribution: undefined }],
  [at('MissingKey', 'Filters'), contribution({ Filters: undefined })],
  [at('Empty', 'Keys'), contribution({ Keys: [] })],
  ['RULE_BODY_COMPLEXITY: A RuleBody must have no more than 4 "Keys" in the "Contribution".', contribution({ Keys: ['$.a', '$.b', '$.c', '$.d', '$.e'] })],
  [at('InvalidValueType', 'Keys'), contribution({ Keys: [5] })],
  ['INVALID_RULE_BODY: Contribution names the field ip, which must begin with $.', contribution({ Keys: ['ip'] })],
  ['RULE_BODY_COMPLEXITY: A RuleBody must have no more than 4 "Filters" in the "Contribution".', filters(1, 2, 3, 4, 5)],
  [at('InvalidValueType', 'Filters'), filters(1)],
  ['INVALID_RULE_BODY: Contribution.Filters[0] must have exactly one of In, NotIn, StartsWith, GreaterThan, LessThan, EqualTo, NotEqualTo, IsPresent.', filters({ Match: '$.a' })],
  [at('MissingKey', 'Match'), filters({ In: ['a'] })],
  ['INVALID_RULE_BODY: Contribution.Filters[0].In must have at most 10 members.', filters({ Match: '$.a', In: 'abcdefghijk'.split('') })],
  [at('InvalidValueType', 'GreaterThan'), filters({ Match: '$.a', GreaterThan: '1' })],
  [at('InvalidValueType', 'IsPresent'), filters({ Match: '$.a', IsPresent: 1 })],
])('%s', (message, rule) => {
  expect(() => parseRule(JSON.stringify(rule))).toThrow(new RuleProblem(message))
})

test('a rule that was kept may have no filters', () => {
  expect(parseRule(JSON.stringify(contribution({ Filters: undefined })), 'kept').filters).toEqual([])
})

test('no JSON', () => {
  expect(() => parseRule('{')).toThrow(new RuleProblem('INVALID_RULE_BODY: The RuleBody could not be parsed.'))
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
