import { expect, test } from 'vitest'
import { epochMillis, millis } from '../../src/base/time.ts'
import { DataProtection } from '../../src/jobs/log-protection/data-protection.ts'
import { scratchTelemetry } from '../../src/store/telemetry/telemetry.test-support.ts'
import { CalledLogs } from '../called-logs.ts'
import { rootOf } from '../called-service.ts'
import { ELSEWHERE, OURS, THEIRS } from '../temporary-control.ts'

const telemetry = await scratchTelemetry()

const policy = (identifiers: readonly string[], destination: object = {}, custom: readonly object[] = []): string =>
  JSON.stringify({
    Name: 'p',
    Version: '2021-06-01',
    Statement: [
      { Sid: 'audit', DataIdentifier: identifiers, Operation: { Audit: { FindingsDestination: destination } } },
      { Sid: 'mask', DataIdentifier: identifiers, Operation: { Deidentify: { MaskConfig: {} } } },
    ],
    ...(custom.length === 0 ? {} : { Configuration: { CustomDataIdentifier: custom } }),
  })
const EMAIL = 'arn:aws:dataprotection::aws:data-identifier/EmailAddress'
const SSN = 'arn:aws:dataprotection::aws:data-identifier/Ssn-US'
const NAMES = { logGroupName: 'g', logStreamName: 's' }

const opened = async (): Promise<CalledLogs> => {
  const called = await CalledLogs.open(telemetry)
  await called.group('g', 's')
  return called
}
const protect = (called: CalledLogs, document: string, logGroupIdentifier = 'g') =>
  called.run('PutDataProtectionPolicy', { logGroupIdentifier, policyDocument: document })

test('what comes after the policy is masked for everybody, and clear for who unmasks it', async () => {
  const called = await opened()
  await called.put('g', 's', [[-3, 'a@example.com before']])
  const document = policy([EMAIL])
  expect(await protect(called, document)).toEqual({ logGroupIdentifier: 'g', policyDocument: document, lastUpdatedTime: called.clock.now() })
  await called.put('g', 's', [[-2, 'a@example.com after'], [-1, 'nothing here']])
  const masked = ['a@example.com before', '************* after', 'nothing here']
  const clear = ['a@example.com before', 'a@example.com after', 'nothing here']
  for (const operation of ['GetLogEvents', 'FilterLogEvents'] as const) {
    const input = operation === 'GetLogEvents' ? { ...NAMES, startFromHead: true } : { logGroupName: 'g' }
    expect(await called.messages(operation, input)).toEqual(masked)
    expect(await called.messages(operation, { ...input, unmask: true })).toEqual(clear)
  }
  expect(await called.messages('FilterLogEvents', { logGroupName: 'g', filterPattern: '"a@example.com"' })).toEqual(['a@example.com before'])
})

test('whoever unmasks needs the right to, and it is written down', async () => {
  const called = await opened()
  for (const [name, input] of [['GetLogEvents', NAMES], ['FilterLogEvents', { logGroupName: 'g' }]] as const) {
    const asked = called.operation(name)
    const resource = 'arn:aws:logs:us-east-1:111111111111:log-group:g:log-stream:'
    expect(asked.also!({ ...input, unmask: true } as never, OURS)).toEqual([{ permission: 'Unmask', resource: name === 'GetLogEvents' ? `${resource}s` : resource }])
    expect(asked.also!(input as never, OURS)).toEqual([])
    expect([asked.audited!({ ...input, unmask: true } as never), asked.audited!(input as never)]).toEqual([true, false])
  }
})

test('listeners see what everybody may see, and what was found where', async () => {
  const called = await opened()
  await protect(called, policy([EMAIL, 'Mrn'], {}, [{ Name: 'Mrn', Regex: 'MRN-\\d{4}' }]))
  const arrivals: unknown[] = []
  called.logs.intake.onArrival(({ messages, findings }) => void arrivals.push([messages, findings]))
  await called.put('g', 's', [[0, 'plain'], [1, 'x@y.com MRN-1234']])
  expect(arrivals).toEqual([
    [['plain', '******* ********'], [undefined, [{ identifier: 'EmailAddress', start: 0, end: 7 }, { identifier: 'Mrn', start: 8, end: 16 }]]],
  ])
})

test('fields are those of the masked message', async () => {
  const called = await opened()
  await protect(called, policy([EMAIL]))
  await called.put('g', 's', [[0, '{"user":"a@example.com","n":1}']])
  await called.logs.intake.settled([called.logs.directory.get(OURS, 'g')!.id])
  const [row] = await telemetry.query<{ readonly message: string; readonly clear: string; readonly p: string }>(
    'quick', "SELECT message, clear, base64Encode(concat(toString(grp), '-', toString(ts), '-', toString(seq))) AS p FROM log_events",
  )
  expect([row!.message, row!.clear]).toEqual(['{"user":"*************","n":1}', '{"user":"a@example.com","n":1}'])
  const record = (unmask: boolean) => called.run<{ logRecord: Record<string, string> }>('GetLogRecord', { logRecordPointer: row!.p, unmask })
  expect((await record(false)).logRecord['user']).toBe('*************')
  expect((await record(true)).logRecord['user']).toBe('a@example.com')
})

test('a changed policy masks otherwise from then on, a deleted one not at all', async () => {
  const called = await opened()
  await protect(called, policy([EMAIL]))
  await protect(called, policy([SSN]))
  await called.put('g', 's', [[0, 'a@example.com ssn 123-45-6789']])
  await called.run('DeleteDataProtectionPolicy', { logGroupIdentifier: 'g' })
  await called.put('g', 's', [[1, 'a@example.com ssn 123-45-6789']])
  expect(await called.messages('FilterLogEvents', { logGroupName: 'g' })).toEqual(['a@example.com ssn ***********', 'a@example.com ssn 123-45-6789'])
  expect(await called.run('GetDataProtectionPolicy', { logGroupIdentifier: 'g' })).toEqual({ logGroupIdentifier: 'g' })
  expect(await called.refusal('DeleteDataProtectionPolicy', { logGroupIdentifier: 'g' })).toBe(
    '400 ResourceNotFoundException: The specified data protection policy does not exist.',
  )
})

test('the account\'s policy is for all its groups, besides their own, and for nobody else\'s', async () => {
  const called = await opened()
  const put = (document: string, more: object = {}) => ({ policyName: 'all', policyType: 'DATA_PROTECTION_POLICY', policyDocument: document, ...more })
  await protect(called, policy([SSN]))
  const document = policy([EMAIL])
  const described = { policyName: 'all', policyType: 'DATA_PROTECTION_POLICY', policyDocument: document, scope: 'ALL', accountId: OURS.account, lastUpdatedTime: called.clock.now() }
  expect(await called.run('PutAccountPolicy', put(document))).toEqual({ accountPolicy: described })
  await called.put('g', 's', [[0, 'a@example.com ssn 123-45-6789']])
  expect(await called.messages('FilterLogEvents', { logGroupName: 'g' })).toEqual(['************* ssn ***********'])
  for (const tenant of [THEIRS, ELSEWHERE]) {
    const root = rootOf(tenant)
    expect(await called.run('DescribeAccountPolicies', { policyType: 'DATA_PROTECTION_POLICY' }, root, tenant)).toMatchObject({ accountPolicies: [] })
    await called.run('CreateLogGroup', { logGroupName: 'g' }, root, tenant)
    await called.run('CreateLogStream', NAMES, root, tenant)
    await called.run('PutLogEvents', { ...NAMES, logEvents: [{ timestamp: called.clock.now(), message: 'a@example.com' }] }, root, tenant)
    expect(await called.run('FilterLogEvents', { logGroupName: 'g' }, root, tenant)).toMatchObject({ events: [{ message: 'a@example.com' }] })
    expect(await called.run('GetDataProtectionPolicy', { logGroupIdentifier: 'g' }, root, tenant)).toEqual({ logGroupIdentifier: 'g' })
    expect(await called.refusal('DeleteAccountPolicy', { policyName: 'all', policyType: 'DATA_PROTECTION_POLICY' }, root, tenant)).toMatch(/ResourceNotFoundException/)
  }
  expect(await called.run('DescribeAccountPolicies', { policyType: 'DATA_PROTECTION_POLICY' })).toEqual({ accountPolicies: [described], nextToken: undefined })
  expect(await called.run('DescribeLogGroups', {})).toMatchObject({ logGroups: [{ dataProtectionStatus: 'ACTIVATED', inheritedProperties: ['ACCOUNT_DATA_PROTECTION'] }] })
  expect(await called.refusal('PutAccountPolicy', put(document, { policyName: 'second' }))).toBe('400 LimitExceededException: Resource limit exceeded.')
  await called.run('DeleteAccountPolicy', { policyName: 'all', policyType: 'DATA_PROTECTION_POLICY' })
  await called.put('g', 's', [[1, 'a@example.com']])
  expect(await called.messages('FilterLogEvents', { logGroupName: 'g' })).toContain('a@example.com')
})

test('events that are read from the journal again are masked as they were when they came', async () => {
  const called = await opened()
  const group = called.logs.directory.get(OURS, 'g')!
  const at = called.clock.now()
  await protect(called, policy([EMAIL]))
  await called.clock.advance(millis(1000))
  await called.run('DeleteDataProtectionPolicy', { logGroupIdentifier: 'g' })
  const again = await DataProtection.open(called.store.logProtections)
  const masked = (when?: number) => again.maskOf(group, when === undefined ? undefined : epochMillis(when))?.('a@example.com')?.masked
  expect([masked(at - 1), masked(at), masked(at + 999), masked(at + 1000), masked()]).toEqual([undefined, '*************', '*************', undefined, undefined])
})

test('findings are counted and reported, and what is found in reports is not', async () => {
  const called = await opened()
  await called.group('audit', 'x')
  const destination = { CloudWatchLogs: { LogGroup: 'audit' } }
  await protect(called, policy([EMAIL], destination))
  await protect(called, policy(['Word'], destination, [{ Name: 'Word', Regex: 'EmailAddress' }]), 'audit')
  await called.put('g', 's', [[0, 'to: a@example.com b@example.com'], [1, 'nobody'], [2, 'c@example.com']])
  const found = await called.run<{ events: { message: string; logStreamName: string }[] }>('FilterLogEvents', { logGroupName: 'audit' })
  expect(found.events.map(({ logStreamName }) => logStreamName)).toEqual(['g', 'g'])
  expect(JSON.parse(found.events[0]!.message)).toEqual({
    auditTimestamp: '2026-01-01T00:00:00Z',
    resourceArn: 'arn:aws:logs:us-east-1:111111111111:log-group:g:*',
    dataIdentifiers: [{ name: '************', count: 2, detections: [{ start: 5, end: 17 }, { start: 19, end: 31 }] }],
  })
  expect(called.counted.map(({ metric, counts }) => [metric, [...counts]])).toEqual([
    [{ namespace: 'AWS/Logs', name: 'LogEventsWithFindings', dimensions: [{ name: 'LogGroupName', value: 'g' }] }, [[2, 1]]],
  ])
  await called.run('DeleteLogGroup', { logGroupName: 'audit' })
  await called.put('g', 's', [[3, 'd@example.com']])
  expect(called.logs.directory.get(OURS, 'audit')).toBeUndefined()
})

test.each([
  ['not json', '{', 'The data protection policy is not valid JSON.'],
  ['unknown identifier', policy(['arn:aws:dataprotection::aws:data-identifier/Nope']), 'arn:aws:dataprotection::aws:data-identifier/Nope is not a valid Data Identifier'],
  ['no such group', policy([EMAIL], { CloudWatchLogs: { LogGroup: 'nowhere' } }), 'The log group of the FindingsDestination does not exist: nowhere'],
  ['firehose', policy([EMAIL], { Firehose: { DeliveryStream: 'd' } }), 'Findings can be sent to a log group only, not to Firehose.'],
])('a policy is refused: %s', async (_name, policyDocument, message) => {
  const called = await opened()
  const refused = `400 InvalidParameterException: ${message}`
  expect(await called.refusal('PutDataProtectionPolicy', { logGroupIdentifier: 'g', policyDocument })).toBe(refused)
  expect(await called.refusal('PutAccountPolicy', { policyName: 'p', policyType: 'DATA_PROTECTION_POLICY', policyDocument })).toBe(refused)
})

test('a group that goes takes its policy along', async () => {
  const called = await opened()
  await protect(called, policy([EMAIL]))
  await called.run('DeleteLogGroup', { logGroupName: 'g' })
  await called.group('g', 's')
  await called.put('g', 's', [[0, 'a@example.com']])
  expect(await called.messages('FilterLogEvents', { logGroupName: 'g' })).toEqual(['a@example.com'])
  expect(await called.store.logProtections.all()).toEqual([])
})

test.each([
  ['RETENTION_POLICY', { policyDocument: '[]' }, 'The policy document must be an object in JSON.'],
  ['DATA_PROTECTION_POLICY', { selectionCriteria: 'LogGroupNamePrefix == "a"' }, 'SelectionCriteria is not yet supported for the DATA_PROTECTION_POLICY policy type.'],
  ['FIELD_INDEX_POLICY', { policyName: 'aws/x' }, 'A policy name cannot start with aws/.'],
  ['FIELD_INDEX_POLICY', { selectionCriteria: 'Nope' }, 'Invalid selection criteria provided.'],
])('an account policy is refused: %s %j', async (policyType, more, message) => {
  const called = await opened()
  const input = { policyName: 'p', policyType, policyDocument: '{"Fields":["a"]}', ...more }
  expect(await called.refusal('PutAccountPolicy', input)).toBe(`400 InvalidParameterException: ${message}`)
})
