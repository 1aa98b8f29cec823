import { expect, test } from 'vitest'
import { scratchTelemetry } from '../../src/store/telemetry/telemetry.test-support.ts'
import { CalledLogs } from '../called-logs.ts'
import { rootOf } from '../called-service.ts'
import { ELSEWHERE, THEIRS } from '../temporary-control.ts'

const telemetry = await scratchTelemetry()
const ARN = 'arn:aws:logs:us-east-1:111111111111:log-group:g'
const DOCUMENT = '{"Version":"2012-10-17","Statement":[]}'
const OTHER = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"logs:PutLogEvents","Resource":"*"}]}'

const opened = async (): Promise<CalledLogs> => {
  const called = await CalledLogs.open(telemetry)
  await called.group('g')
  return called
}

test('resource policies of the account are kept by name, ten of them', async () => {
  const called = await opened()
  const policy = { policyName: 'p0', policyDocument: DOCUMENT, lastUpdatedTime: called.clock.now(), policyScope: 'ACCOUNT' }
  for (let n = 0; n < 10; n++) await called.run('PutResourcePolicy', { policyName: `p${n}`, policyDocument: DOCUMENT })
  expect(await called.run('PutResourcePolicy', { policyName: 'p0', policyDocument: DOCUMENT })).toEqual({ resourcePolicy: policy })
  expect(await called.refusal('PutResourcePolicy', { policyName: 'x', policyDocument: DOCUMENT })).toBe('400 LimitExceededException: Resource limit exceeded.')
  expect(await called.refusal('PutResourcePolicy', { policyName: 'x', policyDocument: '{' })).toMatch(/^400 InvalidParameterException/)
  const first = await called.run<{ resourcePolicies: object[]; nextToken: string }>('DescribeResourcePolicies', { limit: 9 })
  expect(first.resourcePolicies[0]).toEqual(policy)
  expect(await called.run('DescribeResourcePolicies', { nextToken: first.nextToken })).toMatchObject({ resourcePolicies: [{ policyName: 'p9' }] })
  await called.run('DeleteResourcePolicy', { policyName: 'p0' })
  expect(await called.refusal('DeleteResourcePolicy', { policyName: 'p0' })).toBe('400 ResourceNotFoundException: Policy with name [p0] does not exist.')
})

test('a log group\'s resource policy is changed by who knows its revision, and goes with the group', async () => {
  const called = await opened()
  const put = (more: object = {}) => ({ resourceArn: ARN, policyDocument: DOCUMENT, ...more })
  const { revisionId } = await called.run<{ revisionId: string }>('PutResourcePolicy', put())
  expect(await called.refusal('PutResourcePolicy', put())).toMatch(/^400 OperationAbortedException/)
  const again = await called.run<{ revisionId: string }>('PutResourcePolicy', put({ policyDocument: OTHER, expectedRevisionId: revisionId }))
  expect(await called.run('DescribeResourcePolicies', {})).toMatchObject({ resourcePolicies: [] })
  expect(await called.run('DescribeResourcePolicies', { resourceArn: `${ARN}:*` })).toMatchObject({
    resourcePolicies: [{ policyScope: 'RESOURCE', resourceArn: ARN, policyDocument: OTHER, revisionId: again.revisionId }],
  })
  expect(await called.refusal('DeleteResourcePolicy', { resourceArn: ARN, expectedRevisionId: revisionId })).toMatch(/^400 OperationAbortedException/)
  expect(await called.refusal('PutResourcePolicy', put({ resourceArn: `${ARN}2` }))).toMatch(/^400 ResourceNotFoundException/)
  await called.run('DeleteLogGroup', { logGroupName: 'g' })
  expect(await called.run('DescribeResourcePolicies', { policyScope: 'RESOURCE' })).toMatchObject({ resourcePolicies: [] })
})

test('an index policy of the group takes the place of the account\'s', async () => {
  const called = await opened()
  await called.group('other')
  const account = (policyName: string, policyDocument: string, more: object = {}) => called.run('PutAccountPolicy', { policyName, policyType: 'FIELD_INDEX_POLICY', policyDocument, ...more })
  await account('mine', '{"Fields":["b"]}', { selectionCriteria: 'LogGroupNamePrefix == "g"' })
  await account('others', '{"Fields":["a","c"]}', { selectionCriteria: 'LogGroupNamePrefix IN ["x", "o"]' })
  const named = async (group: string) => {
    const { indexPolicies } = await called.run<{ indexPolicies: { policyName?: string; source: string }[] }>('DescribeIndexPolicies', { logGroupIdentifiers: [group] })
    return indexPolicies.map(({ policyName, source }) => `${source} ${policyName}`)
  }
  expect([await named('g'), await named('other')]).toEqual([['ACCOUNT mine'], ['ACCOUNT others']])
  const policyDocument = '{"Fields":["requestId"],"FieldsV2":{"status":{"type":"FACET"}}}'
  const indexPolicy = { logGroupIdentifier: ARN, lastUpdateTime: called.clock.now(), policyDocument, source: 'LOG_GROUP' }
  expect(await called.run('PutIndexPolicy', { logGroupIdentifier: ARN, policyDocument })).toEqual({ indexPolicy })
  expect(await called.run('DescribeIndexPolicies', { logGroupIdentifiers: ['g'] })).toEqual({ indexPolicies: [indexPolicy] })
  expect(await called.run('DescribeFieldIndexes', { logGroupIdentifiers: ['g', 'other'] })).toMatchObject({
    fieldIndexes: [
      { logGroupIdentifier: ARN, fieldIndexName: 'requestId', type: 'FIELD_INDEX' },
      { logGroupIdentifier: ARN, fieldIndexName: 'status', type: 'FACET' },
      { fieldIndexName: 'a' },
      { fieldIndexName: 'c' },
    ],
  })
  expect(await called.run('DeleteIndexPolicy', { logGroupIdentifier: 'g' })).toEqual({})
  expect(await named('g')).toEqual(['ACCOUNT mine'])
  expect(await called.refusal('DeleteIndexPolicy', { logGroupIdentifier: 'g' })).toMatch(/^400 ResourceNotFoundException/)
})

test.each([
  ['{', 'The policy document is not valid JSON.'],
  ['[]', 'The policy document must be an object.'],
  ['{}', 'An index policy must have at least one field.'],
  ['{"Fields":["a","a"]}', 'An index policy names a field more than once.'],
  ['{"Fields":["a"],"FieldsV2":{"a":{"type":"FACET"}}}', 'An index policy names a field more than once.'],
  ['{"Fields":[1]}', 'Fields must be a list of field names.'],
  ['{"FieldsV2":{"a":{"type":"x"}}}', 'The type of a must be FIELD_INDEX or FACET.'],
  [JSON.stringify({ Fields: Array.from({ length: 21 }, (_, n) => `f${n}`) }), 'Policy document contains more than 20 fields.'],
  [JSON.stringify({ Fields: ['f'.repeat(101)] }), 'A field name must have 1 to 100 characters.'],
])('an index policy is refused: %s', async (policyDocument, message) => {
  const called = await opened()
  expect(await called.refusal('PutIndexPolicy', { logGroupIdentifier: 'g', policyDocument })).toBe(`400 InvalidParameterException: ${message}`)
})

test('a resource policy has the shape of IAM\'s', async () => {
  const called = await opened()
  const refused = '400 InvalidParameterException: Error occurred while parsing accessPolicy. Please check if the accessPolicy has been constructed correctly using IAM grammar.'
  for (const policyDocument of ['{', '[]', '{"allow":"everyone"}', '{"Statement":[{"Effect":"Maybe"}]}', '{"Statement":"Allow"}']) {
    expect(await called.refusal('PutResourcePolicy', { policyName: 'p', policyDocument })).toBe(refused)
  }
})

test('nobody else sees any of it', async () => {
  const called = await opened()
  await called.run('PutResourcePolicy', { policyName: 'p', policyDocument: DOCUMENT })
  await called.run('PutIndexPolicy', { logGroupIdentifier: 'g', policyDocument: '{"Fields":["a"]}' })
  for (const tenant of [THEIRS, ELSEWHERE]) {
    const root = rootOf(tenant)
    expect(await called.run('DescribeResourcePolicies', {}, root, tenant)).toMatchObject({ resourcePolicies: [] })
    expect(await called.refusal('DeleteResourcePolicy', { policyName: 'p' }, root, tenant)).toMatch(/ResourceNotFoundException/)
    expect(await called.refusal('DescribeIndexPolicies', { logGroupIdentifiers: [ARN] }, root, tenant)).toMatch(/ResourceNotFoundException/)
    expect(await called.refusal('PutIndexPolicy', { logGroupIdentifier: ARN, policyDocument: '{"Fields":["a"]}' }, root, tenant)).toMatch(/ResourceNotFoundException/)
  }
})
