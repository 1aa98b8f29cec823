import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { topicArn } from '../../base/arn.ts'
import { accountId, region } from '../../base/tenancy.ts'
import { epochMillis } from '../../base/time.ts'
import type { MessageAttribute, Publication } from '../../model/notification.ts'
import { compileFilter } from './compile-filter.ts'
import { validateFilterPolicy } from './parse.ts'
import { FilterPolicyError } from './policy.ts'

const tenant = { account: accountId('111111111111'), region: region('us-east-1') }
const publication = (message: string, attributes: Readonly<Record<string, MessageAttribute>>, structure?: 'json'): Publication => ({
  tenant,
  topicArn: topicArn(tenant, 't'),
  messageId: 'm',
  subject: undefined,
  message,
  structure,
  attributes,
  publishedAt: epochMillis(0),
  alarm: undefined,
})

/** A number, an array or a text becomes the attribute of the type that a publisher would give it. */
const attribute = (value: unknown): MessageAttribute =>
  typeof value === 'number'
    ? { type: 'Number', text: String(value) }
    : Array.isArray(value)
      ? { type: 'String.Array', text: JSON.stringify(value) }
      : { type: 'String', text: String(value) }

const byAttributes = (policy: object, values: Readonly<Record<string, unknown>>): boolean => {
  const attributes = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, attribute(value)]))
  return compileFilter(JSON.stringify(policy), 'MessageAttributes')(publication('x', attributes))
}
const byBody = (policy: object, body: unknown): boolean => compileFilter(JSON.stringify(policy), 'MessageBody')(publication(JSON.stringify(body), {}))

const or = { source: ['aws.cloudwatch'], $or: [{ metricName: ['CPUUtilization'] }, { namespace: ['AWS/EC2'] }] }

describe('conditions, the same for attributes and body', () => {
  test.each<[string, object, Record<string, unknown>, boolean]>([
    ['F1 equal', { a: ['rugby', 'tennis'] }, { a: 'tennis' }, true],
    ['F1 unequal', { a: ['rugby', 'tennis'] }, { a: 'baseball' }, false],
    ['F1 case', { a: ['rugby'] }, { a: 'Rugby' }, false],
    ['F2 array with one listed', { a: ['rugby'] }, { a: ['rugby', 'tennis'] }, true],
    ['F2 array with none listed', { a: ['rugby'] }, { a: ['baseball'] }, false],
    ['F3 other', { a: [{ 'anything-but': ['rugby', 'tennis'] }] }, { a: 'baseball' }, true],
    ['F3 listed', { a: [{ 'anything-but': ['rugby', 'tennis'] }] }, { a: 'rugby' }, false],
    ['F3 array with another', { a: [{ 'anything-but': ['rugby', 'tennis'] }] }, { a: ['rugby', 'baseball'] }, true],
    ['F3 array of listed', { a: [{ 'anything-but': ['rugby', 'tennis'] }] }, { a: ['rugby'] }, false],
    ['F3 absent', { a: [{ 'anything-but': ['rugby'] }] }, {}, false],
    ['F4 without prefix', { a: [{ 'anything-but': { prefix: 'order-' } }] }, { a: 'order_number' }, true],
    ['F4 with prefix', { a: [{ 'anything-but': { prefix: 'order-' } }] }, { a: 'order-cancelled' }, false],
    ['no suffix', { a: [{ 'anything-but': { suffix: ['.tmp', '.bak'] } }] }, { a: 'a.bak' }, false],
    ['no wildcard', { a: [{ 'anything-but': { wildcard: '*x*' } }] }, { a: 'abc' }, true],
    ['F5 inside', { a: [{ cidr: '10.0.0.0/24' }] }, { a: '10.0.0.255' }, true],
    ['F5 outside', { a: [{ cidr: '10.0.0.0/24' }] }, { a: '10.1.1.0' }, false],
    ['IPv6 inside', { a: [{ cidr: '2001:db8::/32' }] }, { a: '2001:db8::1' }, true],
    ['no address', { a: [{ cidr: '10.0.0.0/24' }] }, { a: 'x' }, false],
    ['F6 exact', { a: [{ numeric: ['=', 301.5] }] }, { a: 3.015e2 }, true],
    ['F7 upper bound', { a: [{ numeric: ['>', 0, '<=', 150] }] }, { a: 150 }, true],
    ['F7 lower bound', { a: [{ numeric: ['>', 0, '<=', 150] }] }, { a: 0 }, false],
    ['text is no number', { a: [{ numeric: ['>=', 0] }] }, { a: '5' }, false],
    ['F8 listed', { a: [{ 'anything-but': [100, 500] }] }, { a: 100 }, false],
    ['F8 array with another', { a: [{ 'anything-but': [100, 500] }] }, { a: [100, 50] }, true],
    ['F9 any case', { a: [{ 'equals-ignore-case': 'tennis' }] }, { a: 'TENNIS' }, true],
    ['F10 absent', { store: [{ exists: false }] }, { a: 1 }, true],
    ['F10 present', { store: [{ exists: false }] }, { store: 1 }, false],
    ['exists', { store: [{ exists: true }] }, { store: 1 }, true],
    ['F11 source and namespace', or, { source: 'aws.cloudwatch', namespace: 'AWS/EC2' }, true],
    ['F11 source alone', or, { source: 'aws.cloudwatch' }, false],
    ['F11 other source', or, { source: 'x', metricName: 'CPUUtilization' }, false],
    ['$or of a single object is a key', { $or: ['x'] }, { $or: 'x' }, true],
    ['number', { a: [12] }, { a: 12 }, true],
    ['prefix', { a: [{ prefix: 'ten' }] }, { a: 'tennis' }, true],
    ['suffix', { a: [{ suffix: 'nis' }] }, { a: 'tennis' }, true],
    ['wildcard', { a: [{ wildcard: '*ball' }] }, { a: 'baseball' }, true],
    ['wildcard needs both ends', { a: [{ wildcard: 'ab*ba' }] }, { a: 'aba' }, false],
    ['wildcard, escaped', { a: [{ wildcard: 'a\\*b*' }] }, { a: 'a*bc' }, true],
    ['any of several', { a: ['x', { prefix: 'y' }] }, { a: 'yes' }, true],
    ['all keys', { a: ['x'], b: ['y'] }, { a: 'x', b: 'z' }, false],
    ['a missing key', { a: ['x'] }, {}, false],
    ['no policy', {}, { a: 'x' }, true],
  ])('%s', (_name, policy, values, expected) => {
    expect(byAttributes(policy, values)).toBe(expected)
    expect(byBody(policy, values)).toBe(expected)
  })
})

describe('the body', () => {
  const nested = { object: { nested: ['string.value'] } }
  test.each<[string, object, unknown, boolean]>([
    ['F13 nested', nested, { object: { nested: 'string.value' } }, true],
    ['F13 dotted', nested, { 'object.nested': 'string.value' }, true],
    ['F13 dotted policy', { 'object.nested': ['string.value'] }, { object: { nested: 'string.value' } }, true],
    ['true and null', { a: [true], b: [null] }, { a: true, b: null }, true],
    ['"true" is not true', { a: [true] }, { a: 'true' }, false],
    ['objects in arrays', { Records: { s3: { key: [{ prefix: 'auto-' }] } } }, { Records: [{ s3: { key: 'home' } }, { s3: [[{ key: 'auto-1' }]] }] }, true],
    ['absent in all elements', { r: { x: [{ exists: false }] } }, { r: [{ y: 1 }, { x: 1 }] }, false],
    ['nested $or', { o: { $or: [{ a: [1] }, { b: [2] }] } }, { o: { b: 2 } }, true],
    ['no object', { a: [{ exists: false }] }, ['x'], false],
    ['a prototype\'s name', { constructor: [{ exists: true }] }, {}, false],
  ])('%s', (_name, policy, body, expected) => {
    expect(byBody(policy, body)).toBe(expected)
  })

  test('a body that is no JSON matches nothing; of several texts the default is looked at', () => {
    const filter = compileFilter('{"a":["x"]}', 'MessageBody')
    expect(filter(publication('not json', {}))).toBe(false)
    expect(filter(publication('{"default":"{\\"a\\":\\"x\\"}"}', {}, 'json'))).toBe(true)
    expect(filter(publication('{"a":"x"}', {}, 'json'))).toBe(false)
  })

  test('a body nested a hundred thousand deep is looked at and let go', () => {
    const filter = compileFilter('{"a":{"b":["x"]}}', 'MessageBody')
    expect(filter(publication(`{"a":${'['.repeat(100_000)}{"b":"x"}${']'.repeat(100_000)}}`, {}))).toBe(true)
    expect(filter(publication(`${'{"a":'.repeat(40_000)}1${'}'.repeat(40_000)}`, {}))).toBe(false)
  })
})

test('binary attributes and arrays that are no JSON are not there to be equal', () => {
  const filter = compileFilter('{"a":[{"anything-but":"x"}]}', 'MessageAttributes')
  expect(filter(publication('x', { a: { type: 'Binary', binary: Buffer.from('y') } }))).toBe(false)
  expect(filter(publication('x', { a: { type: 'String.Array', text: '[broken' } }))).toBe(false)
  expect(filter(publication('x', { a: { type: 'String.Array', text: '"no array"' } }))).toBe(false)
  expect(filter(publication('x', { a: { type: 'Number.int', text: '7' } }))).toBe(true)
})

const refusal = (policy: string, scope: 'MessageAttributes' | 'MessageBody' = 'MessageBody'): string | undefined => {
  try {
    validateFilterPolicy(policy, scope)
    return undefined
  } catch (error) {
    if (error instanceof FilterPolicyError) return error.message
    throw error
  }
}

describe('refusals, with the column that SNS names', () => {
  test.each<[string, string, number]>([
    ['{"key":[["value"]]}', 'Match value must be String, number, true, false, or null', 10],
    ['{"key":[{"wrong-operator":true}]}', 'Unrecognized match type wrong-operator', 31],
    ['{"key":[{"suffix":"value","prefix":"value2"}]}', 'Only one key allowed in match expression', 37],
    ['{"key":[{"suffix":100}]}', 'suffix match pattern must be a string', 22],
    ['{"key":[{"suffix":null}]}', 'suffix match pattern must be a string', 23],
    ['{"key":{"suffix":"value"}}', '"suffix" must be an object or an array', 19],
    ['{"key":[{"suffix":[]}]}', 'suffix match pattern must be a string', 20],
    ['{"key":[{"suffix":["test","test2"]}]}', 'suffix match pattern must be a string', 20],
    ['{"key":{"suffix":"value","prefix":"value"}}', '"suffix" must be an object or an array', 19],
    ['{"key":{"not-an-operator":"value"}}', '"not-an-operator" must be an object or an array', 28],
    ['{"key_a":"value_one"}', '"key_a" must be an object or an array', 11],
    ['{"key":[{"numeric":[]}]}', 'Invalid member in numeric match: ]', 22],
    ['{"key":[{"numeric":["operator"]}]}', 'Unrecognized numeric range operator: operator', 32],
    ['{"key":[{"numeric":[1,"<="]}]}', 'Invalid member in numeric match: 1', 22],
    ['{"key":[{"numeric":["=","000"]}]}', 'Value of equals must be numeric', 26],
    ['{"key":[{"numeric":[">="]}]}', 'Value of >= must be numeric', 26],
    ['{"key":[{"numeric":["<",100,">",10]}]}', 'Too many elements in numeric expression', 30],
    ['{"key":[{"numeric":[">=",1,">",2]}]}', 'Bad numeric range operator: >', 31],
    ['{"key":[{"numeric":[">",3,"<",1]}]}', 'Bottom must be less than top', 33],
    ['{"key":[{"numeric":[">",20,"<="]}]}', 'Value of <= must be numeric', 33],
    ['{"key":[{"numeric":[">",20,30]}]}', 'Bad value in numeric range: 30', 30],
    ['{"key":[{"numeric":[">",20,"test"]}]}', 'Bad numeric range operator: test', 34],
    ['{"key":[{"numeric":[">","20","<","30"]}]}', 'Value of > must be numeric', 26],
    ['{"key":[{"numeric":[">",20,"<","30"]}]}', 'Value of < must be numeric', 33],
    ['{"key":[{"numeric":[">",20,"<",30,"<",50]}]}', 'Too many terms in numeric range expression', 36],
    ['{"key":[{"exists":null}]}', 'exists match pattern must be either true or false.', 23],
    ['{"key":[{"exists":"no"}]}', 'exists match pattern must be either true or false.', 20],
    ['{"key":[{"anything-but":{"wrong-operator":null}}]}', 'Unsupported anything-but pattern: wrong-operator', 47],
    ['{"key":[{"anything-but":{"exists":false}}]}', 'Unsupported anything-but pattern: exists', 40],
    ['{"key":[{"anything-but":{"prefix":false}}]}', 'prefix match pattern must be a string', 40],
    ['{"key":[]}', 'Empty arrays are not allowed', 10],
    ['["key"]', 'Filter is not an object', 2],
    ['{"key":[{}]}', 'Match expression name not found', 11],
    ['{"key":[{"wildcard":"a**"}]}', 'Consecutive wildcard characters at pos 1', 26],
  ])('%s', (policy, reason, column) => {
    const where = `\n at [Source: REDACTED (\`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION\` disabled); line: 1, column: ${column}]`
    expect(refusal(policy)).toBe(`FilterPolicy: ${reason}${where}`)
    // White space between the parts moves no position, but that within strings does.
    expect(refusal(JSON.stringify(JSON.parse(policy), undefined, 2))).toBe(`FilterPolicy: ${reason}${where}`)
  })

  test.each([
    ['{"key":[{"cidr":"10.0.0.0"}]}', "FilterPolicy: Malformed CIDR, one '/' required"],
    ['{"key":[{"cidr":"10.0.0.0/x"}]}', 'FilterPolicy: Malformed CIDR, mask bits must be an integer'],
    ['{"key":[{"cidr":"10.0/8"}]}', 'FilterPolicy: Nonstandard IP address: 10.0'],
    ['{"key":', 'FilterPolicy: failed to parse JSON. Unexpected end-of-input within/between Object entries\n at [Source: REDACTED (`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION` disabled); line: 1, column: 8]'],
    [JSON.stringify({ a: ['1'], b: ['1'], c: ['1'], d: ['1'], e: ['1'], f: ['1'] }), 'FilterPolicy: Filter policy can not have more than 5 keys'],
    [JSON.stringify({ a: Array(151).fill('x') }), 'FilterPolicy: Filter policy is too complex'],
    [`${'{"a":'.repeat(5000)}["x"]${'}'.repeat(5000)}`, 'FilterPolicy: Filter policy is too complex'],
  ])('%.60s', (policy, message) => {
    expect(refusal(policy)).toBe(message)
  })

  test('attributes have no nested keys', () => {
    expect(refusal('{"object":{"key":[{"prefix":"auto-"}]}}', 'MessageAttributes')).toBe(
      'Filter policy scope MessageAttributes does not support nested filter policy',
    )
  })

  test('white space within strings counts', () => {
    expect(refusal(`{"key":\n  ["${' '.repeat(600)}",[]]}`)).toMatch(/ line: 1, column: 613\]$/)
  })
})

test.each([
  ['F12 flat', { key_a: ['1', '2', '3'], key_b: ['1'], key_c: ['1', '2'] }, 6],
  ['F12 nested', { key_a: { key_b: { key_c: ['1', '2', '3', '4'] } }, key_d: { key_e: ['1', '2', '3'] } }, 72],
  ['alternatives are added', { s: ['a', 'b'], $or: [{ x: ['1', '2', '3'] }, { y: ['1'] }] }, 8],
])('%s: complexity grows to the limit and no further', (_name, policy, complexity) => {
  const times = Math.floor(150 / complexity)
  const grown = (count: number) => JSON.stringify({ ...policy, more: Array.from({ length: count }, (_, n) => String(n)) })
  expect(refusal(grown(times))).toBeUndefined()
  expect(refusal(grown(times + 1))).toBe('FilterPolicy: Filter policy is too complex')
})

test('whatever is given, a policy is accepted or refused in words', () => {
  const conditions = fc.oneof(fc.string(), fc.double(), fc.jsonValue(), fc.dictionary(fc.constantFrom('numeric', 'prefix', 'anything-but', 'cidr', 'exists', 'wildcard'), fc.jsonValue(), { maxKeys: 2 }))
  const policies = fc.oneof(fc.string(), fc.json(), fc.dictionary(fc.constantFrom('a', '$or', 'b'), fc.oneof(fc.array(conditions), fc.jsonValue())).map(value => JSON.stringify(value, undefined, 1)))
  fc.assert(
    fc.property(policies, fc.jsonValue(), (policy, body) => {
      if (refusal(policy) !== undefined) return
      expect(typeof byBody(JSON.parse(policy) as object, body)).toBe('boolean')
    }),
    { numRuns: 500 },
  )
})
