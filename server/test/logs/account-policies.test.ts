import { gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { millis } from '../../src/base/time.ts'
import { LogAccountPolicies } from '../../src/jobs/log-account-policies/log-account-policies.ts'
import { scratchTelemetry } from '../../src/store/telemetry/telemetry.test-support.ts'
import { CalledLogs } from '../called-logs.ts'
import { rootOf } from '../called-service.ts'
import { ArrivalHouse } from '../log-arrivals/arrival-house.ts'
import { ELSEWHERE, OURS, THEIRS } from '../temporary-control.ts'

const telemetry = await scratchTelemetry()
const DAY = 86_400_000
const policy = (policyType: string, policyDocument: unknown, more: object = {}) => ({ policyName: 'p', policyType, policyDocument: JSON.stringify(policyDocument), ...more })
const HOOK = { DestinationArn: 'https://hooks.example.com/all', FilterPattern: 'ERROR' }

test('policies are kept, shown by type and deleted', async () => {
  const called = await CalledLogs.open(telemetry)
  const put = policy('TRANSFORMER_POLICY', [{ parseJSON: {} }], { selectionCriteria: 'LogGroupNamePrefix == "/app"' })
  const accountPolicy = { ...put, lastUpdatedTime: called.clock.now(), scope: 'ALL', accountId: '111111111111' }
  expect(await called.run('PutAccountPolicy', put)).toEqual({ accountPolicy })
  expect(await called.run('DescribeAccountPolicies', { policyType: 'TRANSFORMER_POLICY' })).toEqual({ accountPolicies: [accountPolicy] })
  for (const policyType of ['SUBSCRIPTION_FILTER_POLICY', 'METRIC_EXTRACTION_POLICY']) {
    expect(await called.run('DescribeAccountPolicies', { policyType })).toEqual({ accountPolicies: [] })
    expect(await called.refusal('DeleteAccountPolicy', { policyName: 'p', policyType })).toBe('400 ResourceNotFoundException: The specified account policy does not exist.')
  }
  for (const tenant of [THEIRS, ELSEWHERE]) {
    expect(await called.run('DescribeAccountPolicies', { policyType: 'TRANSFORMER_POLICY' }, rootOf(tenant), tenant)).toEqual({ accountPolicies: [] })
  }
  await called.group('/app/a')
  const again = await LogAccountPolicies.open(called.store.logDocuments)
  expect(again.transformer(called.logs.directory.get(OURS, '/app/a')!)?.document).toBe('[{"parseJSON":{}}]')
  await called.run('DeleteAccountPolicy', { policyName: 'p', policyType: 'TRANSFORMER_POLICY' })
  expect(called.accountPolicies.transformer(called.logs.directory.get(OURS, '/app/a')!)).toBeUndefined()
})

test('a transformer of the account is for groups that have none of their own', async () => {
  const house = await ArrivalHouse.open(telemetry)
  const { called } = house
  await called.group('other', 's')
  await called.run('PutAccountPolicy', policy('TRANSFORMER_POLICY', [{ parseKeyValue: { fieldDelimiter: ' ' } }, { typeConverter: { entries: [{ key: 'took', type: 'integer' }] } }], { selectionCriteria: 'LogGroupNamePrefix IN ["g", "x"]' }))
  for (const logGroupName of ['g', 'other']) {
    await called.run('PutMetricFilter', {
      logGroupName, filterName: 'f', filterPattern: '{ $.took > 5 }', applyOnTransformedLogs: true, metricTransformations: [{ metricName: logGroupName, metricNamespace: 'N', metricValue: '$.took' }],
    })
  }
  const taken = async (): Promise<string> => {
    for (const group of ['g', 'other']) await called.put(group, 's', [[0, 'took=7']])
    return house.taken().join('\n')
  }
  expect(await taken()).toMatch(/^N g.*7$/)
  await called.run('PutTransformer', { logGroupIdentifier: 'g', transformerConfig: [{ csv: {} }] })
  expect(await taken()).toBe('')
  await called.run('DeleteTransformer', { logGroupIdentifier: 'g' })
  expect(await taken()).toMatch(/^N g.*7$/)
  await called.run('DeleteAccountPolicy', { policyName: 'p', policyType: 'TRANSFORMER_POLICY' })
  expect(await taken()).toBe('')
})

test('a subscription of the account gets the events of all groups but those it leaves out', async () => {
  const house = await ArrivalHouse.open(telemetry)
  const { called } = house
  await called.group('quiet', 's')
  await called.run('PutSubscriptionFilter', { logGroupName: 'g', filterName: 'own', filterPattern: '', destinationArn: 'https://hooks.example.com/own' })
  await called.run('PutAccountPolicy', policy('SUBSCRIPTION_FILTER_POLICY', HOOK, { selectionCriteria: 'LogGroupName NOT IN ["quiet"]' }))
  for (const group of ['g', 'quiet']) await called.put(group, 's', [[0, 'ERROR in the account'], [1, 'INFO']])
  const outgoing = (await house.outgoing()).map(({ subscription, publication }) => ({ to: subscription.endpoint, filter: publication.attributes['FilterName']?.text, events: publication.attributes['LogEvents']?.text, publication }))
  expect(outgoing.map(({ to, filter, events }) => `${to} ${filter} ${events}`).sort()).toEqual(['https://hooks.example.com/all p 1', 'https://hooks.example.com/own own 2'])
  const { awslogs } = JSON.parse(outgoing.find(({ filter }) => filter === 'p')!.publication.message) as { readonly awslogs: { readonly data: string } }
  expect(JSON.parse(gunzipSync(Buffer.from(awslogs.data, 'base64')).toString())).toMatchObject({ subscriptionFilters: ['p'], policyLevel: 'ACCOUNT_LEVEL_POLICY', logEvents: [{ message: 'ERROR in the account' }] })
  expect(await called.run('DescribeSubscriptionFilters', { logGroupName: 'g' })).toMatchObject({ subscriptionFilters: [{ filterName: 'own' }] })
  await called.run('DeleteAccountPolicy', { policyName: 'p', policyType: 'SUBSCRIPTION_FILTER_POLICY' })
  await called.put('quiet', 's', [[0, 'ERROR again']])
  expect(await house.outgoing()).toEqual([])
})

test('a policy of metric extraction switches the embedded metric format off, and back on', async () => {
  const house = await ArrivalHouse.open(telemetry)
  const { called } = house
  await called.group('kept', 's')
  const emf = JSON.stringify({ _aws: { Timestamp: called.clock.now(), CloudWatchMetrics: [{ Namespace: 'N', Dimensions: [[]], Metrics: [{ Name: 'm' }] }] }, m: 1 })
  const taken = async (): Promise<number> => {
    for (const group of ['g', 'kept']) await called.put(group, 's', [[0, emf]])
    return house.taken().length
  }
  expect(await taken()).toBe(2)
  await called.run('PutAccountPolicy', policy('METRIC_EXTRACTION_POLICY', {}, { selectionCriteria: 'LogGroupName NOT IN ["kept"]' }))
  expect(await taken()).toBe(1)
  await called.run('PutAccountPolicy', policy('METRIC_EXTRACTION_POLICY', {}))
  expect(await taken()).toBe(0)
  await called.run('DeleteAccountPolicy', { policyName: 'p', policyType: 'METRIC_EXTRACTION_POLICY' })
  expect(await taken()).toBe(2)
})

test.each<[type: string, document: unknown, criteria: string | undefined, refusal: string | RegExp]>([
  ['SUBSCRIPTION_FILTER_POLICY', HOOK, 'LogGroupNamePrefix == "a"', 'The provided SelectionCriteria string is invalid.'],
  ['SUBSCRIPTION_FILTER_POLICY', { ...HOOK, FilterPattern: '{ $.a = }' }, undefined, /^400 InvalidParameterException/],
  ['SUBSCRIPTION_FILTER_POLICY', { ...HOOK, DestinationArn: 'nowhere' }, undefined, 'destinationArn must be the ARN of a supported destination, or an http or https address'],
  ['SUBSCRIPTION_FILTER_POLICY', [], undefined, 'Malformed Subscription filter policy'],
  ['SUBSCRIPTION_FILTER_POLICY', { DestinationArn: 'arn:aws:kinesis:us-east-1:111111111111:stream/s' }, undefined, 'destinationArn for vendor kinesis cannot be used without roleArn'],
  ['SUBSCRIPTION_FILTER_POLICY', { FilterPattern: '' }, undefined, 'MissingDestinationArnfield in policy document'],
  ['SUBSCRIPTION_FILTER_POLICY', { ...HOOK, RoleArn: 1 }, undefined, 'RoleArn of the policy document must be a string.'],
  ['SUBSCRIPTION_FILTER_POLICY', { ...HOOK, Distribution: 'x' }, undefined, /distribution' failed to satisfy constraint/],
  ['TRANSFORMER_POLICY', [{ parseJSON: {} }], 'LogGroupName NOT IN ["a"]', 'Invalid selection criteria provided.'],
  ['FIELD_INDEX_POLICY', { Fields: ['a'] }, 'LogGroupName NOT IN ["x"]', 'Invalid selection criteria provided.'],
  ['TRANSFORMER_POLICY', { parseJSON: {} }, undefined, 'Invalid json transformer config provided'],
  ['TRANSFORMER_POLICY', [], undefined, /length greater than or equal to 1/],
  ['TRANSFORMER_POLICY', [{ deleteKeys: { withKeys: ['a'] } }], undefined, /^400 InvalidParameterException: Transformer config should begin with parser\. Allowed parsers are parsePostgres, /],
  ['METRIC_EXTRACTION_POLICY', [], undefined, 'The policy document must be an object in JSON.'],
  ['METRIC_EXTRACTION_POLICY', {}, `LogGroupName IN [${Array.from({ length: 51 }, (_, n) => `"g${n}"`).join(', ')}]`, 'The selectionCriteria must be LogGroupName or LogGroupNamePrefix, IN or NOT IN a list of at most 50 names.'],
  ['METRIC_EXTRACTION_POLICY', {}, `LogGroupName IN ["${'g'.repeat(25_000)}"]`, 'selectionCriteria is longer than 25000 bytes.'],
  ['DATA_PROTECTION_POLICY', {}, 'LogGroupNamePrefix == "a"', 'SelectionCriteria is not yet supported for the DATA_PROTECTION_POLICY policy type.'],
  ['RETENTION_POLICY', { retentionInDays: 30, enforcementMode: 'NEW_ONLY', more: 'x'.repeat(51_200) }, undefined, 'The policy document is longer than 51200 characters.'],
  ['RETENTION_POLICY', { retentionInDays: 30 }, undefined, 'enforcementMode must be NEW_ONLY or RETROACTIVE.'],
  ['RETENTION_POLICY', { retentionInDays: 30, enforcementMode: 'NEW_ONLY' }, 'LogGroupName NOT IN ["a"]', 'Invalid selection criteria provided.'],
])('%s %j with %s is refused', async (type, document, selectionCriteria, refusal) => {
  const called = await CalledLogs.open(telemetry)
  const said = await called.refusal('PutAccountPolicy', policy(type, document, selectionCriteria === undefined ? {} : { selectionCriteria }))
  if (typeof refusal === 'string') expect(said).toBe(`400 InvalidParameterException: ${refusal}`)
  else expect(said).toMatch(refusal)
})

test('a policy of retention holds after a day, goes before what groups say, and can be tried out', async () => {
  const called = await CalledLogs.open(telemetry)
  await called.group('/app/a', 's')
  await called.group('other', 's')
  await called.run('CreateLogGroup', { logGroupName: '/app/lambda', logGroupClass: 'DELIVERY' })
  await called.run('PutRetentionPolicy', { logGroupName: '/app/a', retentionInDays: 365 })
  await called.put('/app/a', 's', [[0, 'kept']])
  const shown = async () => {
    const { logGroups } = await called.run<{ logGroups: Record<string, unknown>[] }>('DescribeLogGroups', { logGroupNamePrefix: '/app' })
    return logGroups.map(({ logGroupName, retentionInDays, retentionPolicyName }) => [logGroupName, retentionInDays, retentionPolicyName])
  }
  const retention = (retentionInDays: number | string) => policy('RETENTION_POLICY', { retentionInDays, enforcementMode: 'RETROACTIVE' }, { selectionCriteria: 'LogGroupNamePrefix == "/app"' })
  const impact = (increased: number, decreased: number, currentRetention: string, proposedRetention: string) => ({
    dryRunResult: {
      totalMatchedLogGroups: 1, increasedRetentionLogGroupCount: increased, decreasedRetentionLogGroupCount: decreased, unchangedRetentionLogGroupCount: 0, failedAnalysisCount: 0,
      topLogGroupsImpacted: [{ logGroupName: '/app/a', currentRetention, proposedRetention, storedBytes: 30 }],
    },
  })
  expect(await called.run('PutAccountPolicy', { ...retention(30), dryRun: true })).toEqual(impact(0, 1, '365', '30'))
  expect(await called.run('DescribeAccountPolicies', { policyType: 'RETENTION_POLICY' })).toEqual({ accountPolicies: [] })
  const put = { accountPolicy: { ...retention(30), lastUpdatedTime: called.clock.now(), scope: 'ALL', accountId: '111111111111' } }
  expect(await called.run('PutAccountPolicy', retention(30))).toEqual(put)
  expect(await shown()).toEqual([['/app/a', 365, undefined], ['/app/lambda', 2, undefined]])
  await called.clock.advance(millis(31 * DAY))
  expect(await shown()).toEqual([['/app/a', 30, 'p'], ['/app/lambda', 2, undefined]])
  expect(await called.messages('FilterLogEvents', { logGroupName: '/app/a' })).toEqual([])
  const changed = { ...retention('NEVER_EXPIRE'), lastUpdatedTime: called.clock.now(), scope: 'ALL', accountId: '111111111111' }
  expect(await called.run('PutAccountPolicy', retention('NEVER_EXPIRE'))).toEqual({ accountPolicy: changed })
  expect(await called.run('DescribeAccountPolicies', { policyType: 'RETENTION_POLICY' })).toEqual({ accountPolicies: [changed] })
  expect(await shown()).toEqual([['/app/a', 30, 'p'], ['/app/lambda', 2, undefined]])
  expect((await LogAccountPolicies.open(called.store.logDocuments)).retention(called.logs.directory.get(OURS, '/app/a')!, called.clock.now())).toEqual({ days: 30, policyName: 'p' })
  await called.clock.advance(millis(DAY))
  expect(await shown()).toEqual([['/app/a', undefined, 'p'], ['/app/lambda', 2, undefined]])
  expect(await called.messages('FilterLogEvents', { logGroupName: '/app/a' })).toEqual(['kept'])
  expect(await called.run('DeleteAccountPolicy', { policyName: 'p', policyType: 'RETENTION_POLICY', dryRun: true })).toEqual(impact(0, 1, 'NEVER_EXPIRE', '365'))
  await called.run('DeleteAccountPolicy', { policyName: 'p', policyType: 'RETENTION_POLICY' })
  expect(await shown()).toEqual([['/app/a', 365, undefined], ['/app/lambda', 2, undefined]])
  expect(await called.refusal('DeleteAccountPolicy', { policyName: 'p', policyType: 'RETENTION_POLICY', dryRun: true })).toBe('400 ResourceNotFoundException: The specified account policy does not exist.')
  expect(await called.refusal('DeleteAccountPolicy', { policyName: 'p', policyType: 'TRANSFORMER_POLICY', dryRun: true })).toBe('400 InvalidParameterException: dryRun is valid only for RETENTION_POLICY.')
})

test('policies of one type are apart, and only so many', async () => {
  const called = await CalledLogs.open(telemetry)
  const put = (policyName: string, policyType: string, document: unknown, selectionCriteria?: string) =>
    called.refusal('PutAccountPolicy', { ...policy(policyType, document, { policyName }), ...(selectionCriteria === undefined ? {} : { selectionCriteria }) }).catch(() => 'taken')
  const transformer = [{ parseJSON: {} }]
  expect(await put('a', 'TRANSFORMER_POLICY', transformer, 'LogGroupNamePrefix == "my-log"')).toBe('taken')
  expect(await put('b', 'TRANSFORMER_POLICY', transformer, 'LogGroupNamePrefix == "my-logging"')).toBe('400 InvalidParameterException: The policy selects log groups that the policy a selects, too.')
  expect(await put('b', 'TRANSFORMER_POLICY', transformer)).toMatch(/the policy a selects, too/)
  expect(await put('a', 'TRANSFORMER_POLICY', transformer)).toBe('taken')
  expect(await put('i', 'FIELD_INDEX_POLICY', { Fields: ['x'] }, 'LogGroupNamePrefix == "my-log"')).toBe('taken')
  expect(await put('j', 'FIELD_INDEX_POLICY', { Fields: ['x'] }, 'LogGroupNamePrefix == "my-logging"')).toMatch(/the policy i selects, too/)
  expect(await put('j', 'FIELD_INDEX_POLICY', { Fields: ['x'] }, 'LogGroupNamePrefix == "other"')).toBe('taken')
  for (let n = 0; n < 5; n++) expect(await put(`m${n}`, 'METRIC_EXTRACTION_POLICY', {}, `LogGroupName IN ["g${n}"]`)).toBe('taken')
  expect(await put('m5', 'METRIC_EXTRACTION_POLICY', {}, 'LogGroupName IN ["g5"]')).toBe('400 LimitExceededException: Resource limit exceeded.')
  expect(await put('s', 'SUBSCRIPTION_FILTER_POLICY', HOOK)).toBe('taken')
  expect(await put('t', 'SUBSCRIPTION_FILTER_POLICY', HOOK)).toBe('400 LimitExceededException: Resource limit exceeded.')
})
