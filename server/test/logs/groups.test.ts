import { expect, test } from 'vitest'
import { millis } from '../../src/base/time.ts'
import { scratchTelemetry } from '../../src/store/telemetry/telemetry.test-support.ts'
import { CalledLogs } from '../called-logs.ts'

const telemetry = await scratchTelemetry()
const DAY = 86_400_000
const ARN = 'arn:aws:logs:us-east-1:111111111111:log-group:'
const rows = async (): Promise<number> => Number((await telemetry.query<{ n: string }>('quick', 'SELECT count() AS n FROM log_events'))[0]!.n)
const clean = async (called: CalledLogs): Promise<void> => {
  while (await called.logs.upkeep.run());
}

test('groups are listed by name, by prefix, by pattern, by identifier, in pages', async () => {
  const called = await CalledLogs.open(telemetry)
  for (const name of ['/b', '/a/two', '/a/one', '/A']) await called.group(name)
  type Page = { logGroups: { logGroupName: string }[]; nextToken?: string }
  const names = async (input: object): Promise<readonly string[]> => (await called.run<Page>('DescribeLogGroups', input)).logGroups.map(({ logGroupName }) => logGroupName)
  expect(await names({})).toEqual(['/A', '/a/one', '/a/two', '/b'])
  expect(await names({ logGroupNamePrefix: '/a' })).toEqual(['/a/one', '/a/two'])
  expect(await names({ logGroupNamePattern: 'o' })).toEqual(['/a/one', '/a/two'])
  expect(await names({ logGroupIdentifiers: ['/b', `${ARN}/A`, `${ARN}/a/one`, '/none'] })).toEqual(['/A', '/a/one', '/b'])
  expect(await names({ logGroupClass: 'DELIVERY' })).toEqual([])
  const first = await called.run<Page>('DescribeLogGroups', { limit: 3 })
  expect(first.logGroups).toHaveLength(3)
  expect(await names({ limit: 3, nextToken: first.nextToken })).toEqual(['/b'])
  const { logGroups } = await called.run<Page>('DescribeLogGroups', { logGroupNamePattern: '/A' })
  expect(Object.keys(logGroups[0]!).sort()).toEqual(['arn', 'creationTime', 'logGroupArn', 'logGroupClass', 'logGroupName', 'metricFilterCount'])
  expect((await called.run<Page>('ListLogGroups', { logGroupNamePattern: '^/a/o|/b/|two' })).logGroups.map(({ logGroupName }) => logGroupName)).toEqual(['/a/one', '/a/two'])
})

test.each([
  ['CreateLogGroup', { logGroupName: 'g' }, 'ResourceAlreadyExistsException: The specified log group already exists'],
  ['CreateLogGroup', { logGroupName: 'a b' }, 'InvalidParameterException: 1 validation error detected: Value at \'logGroupName\' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\.\\-_/#A-Za-z0-9]+'],
  ['CreateLogGroup', { logGroupName: 'a'.repeat(513) }, 'InvalidParameterException: Invalid LogGroup or LogStream, both must have length less than or equal to 512.'],
  ['CreateLogGroup', { logGroupName: 'aws/spans' }, 'InvalidParameterException: Log groups starting with AWS/ are reserved for AWS.'],
  ['CreateLogGroup', {}, 'InvalidParameterException: 1 validation error detected: Value null at \'logGroupName\' failed to satisfy constraint: Member must not be null'],
  ['CreateLogStream', { logGroupName: 'g', logStreamName: 's' }, 'ResourceAlreadyExistsException: The specified log stream already exists'],
  ['CreateLogStream', { logGroupName: 'x', logStreamName: 's' }, 'ResourceNotFoundException: The specified log group does not exist.'],
  ['CreateLogStream', { logGroupName: 'g', logStreamName: 'a:b' }, 'InvalidParameterException: 1 validation error detected: Value \'a:b\' at \'logStreamName\' failed to satisfy constraint: Member must satisfy regular expression pattern: [^:*]*'],
  ['DeleteLogGroup', { logGroupName: 'x' }, 'ResourceNotFoundException: The specified log group does not exist.'],
  ['DeleteLogStream', { logGroupName: 'g', logStreamName: 'x' }, 'ResourceNotFoundException: The specified log stream does not exist.'],
  ['DescribeLogGroups', { logGroupNamePrefix: 'a', logGroupNamePattern: 'b' }, 'InvalidParameterException: LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.'],
  ['DescribeLogGroups', { limit: 51 }, 'InvalidParameterException: 1 validation error detected: Value \'51\' at \'limit\' failed to satisfy constraint: Member must have value less than or equal to 50'],
  ['DescribeLogStreams', { logGroupName: 'g', orderBy: 'LastEventTime', logStreamNamePrefix: 'a' }, 'InvalidParameterException: Cannot order by LastEventTime with a logStreamNamePrefix.'],
  ['DescribeLogStreams', { logGroupName: 'g', logGroupIdentifier: 'g' }, 'ValidationException: LogGroup name and LogGroup ARN are mutually exclusive parameters.'],
  ['GetLogEvents', { logGroupName: 'g', logStreamName: 's', limit: 10_001 }, 'InvalidParameterException: 1 validation error detected: Value \'10001\' at \'limit\' failed to satisfy constraint: Member must have value less than or equal to 10000'],
  ['PutRetentionPolicy', { logGroupName: 'g', retentionInDays: 2 }, /^400 InvalidParameterException: 1 validation error detected: Value '2' at 'retentionInDays' failed to satisfy constraint: Member must satisfy enum value set: \[1, 3, 5, /],
  ['TagResource', { resourceArn: `${ARN}x`, tags: { a: 'b' } }, 'ResourceNotFoundException: The specified log group does not exist.'],
  ['TagResource', { resourceArn: `${ARN}g`, tags: {} }, 'InvalidParameterException: 1 validation error detected: Value at \'tags\' failed to satisfy constraint: Member must have length greater than or equal to 1'],
] as const)('%s of %j is refused', async (operation, input, refusal) => {
  const called = await CalledLogs.open(telemetry)
  await called.group('g', 's')
  const said = await called.refusal(operation, input)
  if (typeof refusal === 'string') expect(said).toBe(`400 ${refusal}`)
  else expect(said).toMatch(refusal)
})

test('groups have the data source that their tags name', async () => {
  const called = await CalledLogs.open(telemetry)
  const create = (logGroupName: string, name: string, type: string, more: object = {}) =>
    called.run('CreateLogGroup', { logGroupName, tags: { 'cw:datasource:name': name, 'cw:datasource:type': type }, ...more })
  await create('/shop/a', 'shop', 'orders')
  await create('/shop/b', 'shop', 'orders', { logGroupClass: 'ESSENTIALS' })
  await create('/shop/c', 'shop', 'access')
  await create('/shop/d', 'amazon_vpc', 'flow')
  await called.group('/other')
  const listed = async (input: object): Promise<string> =>
    (await called.run<{ logGroups: { logGroupName: string }[] }>('ListLogGroups', input)).logGroups.map(({ logGroupName }) => logGroupName).join(' ')
  expect(await listed({ dataSources: [{ name: 'shop', type: 'orders' }] })).toBe('/shop/a /shop/b')
  expect(await listed({ dataSources: [{ name: 'shop' }] })).toBe('/shop/a /shop/b /shop/c')
  expect(await listed({ dataSources: [{ name: 'amazon_vpc' }] })).toBe('')
  expect(await listed({ logGroupClass: 'INFREQUENT_ACCESS' })).toBe('/shop/b')
  const summary = (logGroupCount: number, type: string, ...more: object[]) => ({
    logGroupCount, groupingIdentifiers: [{ key: 'dataSource.Name', value: 'shop' }, { key: 'dataSource.Type', value: type }, ...more],
  })
  const format = { key: 'dataSource.Format', value: 'Default' }
  const groupBy = 'DATA_SOURCE_NAME_AND_TYPE'
  expect(await called.run('ListAggregateLogGroupSummaries', { groupBy })).toEqual({ aggregateLogGroupSummaries: [summary(1, 'access'), summary(2, 'orders')] })
  const page = await called.run('ListAggregateLogGroupSummaries', { groupBy: 'DATA_SOURCE_NAME_TYPE_AND_FORMAT', limit: 1 })
  expect(page).toMatchObject({ aggregateLogGroupSummaries: [summary(1, 'access', format)] })
  expect(await called.run('ListAggregateLogGroupSummaries', { groupBy, nextToken: page['nextToken'] })).toEqual({ aggregateLogGroupSummaries: [summary(2, 'orders')] })
  expect(await called.run('ListAggregateLogGroupSummaries', { groupBy, logGroupNamePattern: '^/shop/b' })).toEqual({ aggregateLogGroupSummaries: [summary(1, 'orders')] })
})

test('an account has a tier of storage', async () => {
  const called = await CalledLogs.open(telemetry)
  expect(await called.run('GetStorageTierPolicy', {})).toEqual({ storageTier: 'STANDARD' })
  const policy = { storageTier: 'INTELLIGENT_TIERING', lastUpdatedTime: called.clock.now() }
  expect(await called.run('PutStorageTierPolicy', { storageTier: 'INTELLIGENT_TIERING' })).toEqual(policy)
  expect(await called.run('GetStorageTierPolicy', {})).toEqual(policy)
})

test('streams by name and by their last event, in pages', async () => {
  const called = await CalledLogs.open(telemetry)
  await called.group('g', 'a', 'b', 'c', 'silent')
  await called.put('g', 'b', [[-1, 'x']])
  await called.put('g', 'a', [[-9, 'x']])
  await called.put('g', 'c', [[-5, 'x']])
  type Page = { logStreams: { logStreamName: string }[]; nextToken?: string }
  const all = async (input: object): Promise<readonly string[]> => {
    const found: string[] = []
    let nextToken: string | undefined
    do {
      const page: Page = await called.run<Page>('DescribeLogStreams', { logGroupName: 'g', limit: 2, nextToken, ...input })
      found.push(...page.logStreams.map(({ logStreamName }) => logStreamName))
      nextToken = page.nextToken
    } while (nextToken !== undefined)
    return found
  }
  expect(await all({})).toEqual(['a', 'b', 'c', 'silent'])
  expect(await all({ descending: true })).toEqual(['silent', 'c', 'b', 'a'])
  expect(await all({ orderBy: 'LastEventTime', descending: true })).toEqual(['b', 'c', 'a', 'silent'])
  expect(await all({ orderBy: 'LastEventTime' })).toEqual(['silent', 'a', 'c', 'b'])
  expect(await all({ logStreamNamePrefix: 's' })).toEqual(['silent'])
})

test('a stream or a group made anew shows nothing of the old one, and its events are really removed', async () => {
  const called = await CalledLogs.open(telemetry)
  await called.group('g', 's', 't')
  await called.put('g', 's', [[0, 'old']])
  await called.put('g', 't', [[0, 'other']])
  await called.run('DeleteLogStream', { logGroupName: 'g', logStreamName: 's' })
  expect(await called.messages('FilterLogEvents', { logGroupName: 'g' })).toEqual(['other'])
  await called.run('CreateLogStream', { logGroupName: 'g', logStreamName: 's' })
  expect(await called.messages('GetLogEvents', { logGroupName: 'g', logStreamName: 's' })).toEqual([])
  await called.put('g', 's', [[0, 'new']])
  expect(await called.messages('GetLogEvents', { logGroupName: 'g', logStreamName: 's' })).toEqual(['new'])
  expect(await rows()).toBe(3)
  await clean(called)
  expect(await rows()).toBe(2)
  expect(await called.messages('FilterLogEvents', { logGroupName: 'g' })).toEqual(['other', 'new'])

  await called.run('DeleteLogGroup', { logGroupName: 'g' })
  await called.group('g', 's')
  expect(await called.messages('FilterLogEvents', { logGroupName: 'g' })).toEqual([])
  await clean(called)
  expect(await rows()).toBe(0)
  expect(called.logs.directory.removals).toEqual([])
})

test('what has expired is not shown at once, and removed by whole days', async () => {
  const called = await CalledLogs.open(telemetry)
  await called.group('short', 's')
  await called.group('long', 's')
  await called.put('short', 's', [[0, 'x']])
  await called.put('long', 's', [[0, 'y']])
  await called.run('PutRetentionPolicy', { logGroupName: 'short', retentionInDays: 1 })
  const shown = () => called.messages('FilterLogEvents', { logGroupName: 'short' })
  await called.clock.advance(millis(DAY))
  expect(await shown()).toEqual(['x'])
  await called.clock.advance(millis(1))
  expect(await shown()).toEqual([])
  expect(await called.messages('GetLogEvents', { logGroupName: 'short', logStreamName: 's' })).toEqual([])
  await called.run('DeleteRetentionPolicy', { logGroupName: 'short' })
  expect(await shown()).toEqual(['x'])
  await called.run('PutRetentionPolicy', { logGroupName: 'short', retentionInDays: 1 })
  await called.clock.advance(millis(DAY))
  await clean(called)
  expect(await rows()).toBe(1)
  await called.run('DeleteRetentionPolicy', { logGroupName: 'short' })
  expect(await shown()).toEqual([])
  expect(await called.messages('FilterLogEvents', { logGroupName: 'long' })).toEqual(['y'])
  // The last of that day.
  await called.run('PutRetentionPolicy', { logGroupName: 'long', retentionInDays: 1 })
  await clean(called)
  expect(await rows()).toBe(0)
})

test('tags, by either way; a group takes fifty', async () => {
  const called = await CalledLogs.open(telemetry)
  await called.run('CreateLogGroup', { logGroupName: 'g', tags: { a: '1' } })
  await called.run('TagLogGroup', { logGroupName: 'g', tags: { b: '2' } })
  await called.run('TagResource', { resourceArn: `${ARN}g`, tags: { c: '3', a: '4' } })
  const tags = { a: '4', b: '2', c: '3' }
  expect(await called.run('ListTagsForResource', { resourceArn: `${ARN}g` })).toEqual({ tags })
  expect(await called.run('ListTagsLogGroup', { logGroupName: 'g' })).toEqual({ tags })
  type Page = { logGroups: object[] }
  expect((await called.run<Page>('ListLogGroups', { logGroupTags: [{ key: 'b', values: ['2*'] }, { key: 'a' }] })).logGroups).toHaveLength(1)
  expect((await called.run<Page>('ListLogGroups', { logGroupTags: [{ key: 'b', values: ['!2'] }] })).logGroups).toHaveLength(0)
  const many = Object.fromEntries(Array.from({ length: 48 }, (_, n) => [`k${n}`, '']))
  expect(await called.refusal('TagResource', { resourceArn: `${ARN}g`, tags: many })).toBe('400 TooManyTagsException: The resource has too many tags.')
  await called.run('UntagResource', { resourceArn: `${ARN}g`, tagKeys: ['a'] })
  await called.run('UntagLogGroup', { logGroupName: 'g', tags: ['b'] })
  expect(await called.run('ListTagsForResource', { resourceArn: `${ARN}g` })).toEqual({ tags: { c: '3' } })
  await called.run('DeleteLogGroup', { logGroupName: 'g' })
  await called.group('g')
  expect(await called.run('ListTagsLogGroup', { logGroupName: 'g' })).toEqual({ tags: {} })
})

test('keys, protection and what is stored are shown', async () => {
  const called = await CalledLogs.open(telemetry)
  await called.group('g', 's')
  const shown = async () => (await called.run<{ logGroups: object[] }>('DescribeLogGroups', {})).logGroups[0]
  const kmsKeyId = 'arn:aws:kms:us-east-1:111111111111:key/1'
  await called.run('AssociateKmsKey', { logGroupName: 'g', kmsKeyId })
  await called.run('PutLogGroupDeletionProtection', { logGroupIdentifier: `${ARN}g`, deletionProtectionEnabled: true })
  await called.run('PutBearerTokenAuthentication', { logGroupIdentifier: `${ARN}g`, bearerTokenAuthenticationEnabled: true })
  expect(await shown()).toMatchObject({ kmsKeyId, deletionProtectionEnabled: true, bearerTokenAuthenticationEnabled: true, storedBytes: 0 })
  expect(await called.refusal('DeleteLogGroup', { logGroupName: 'g' })).toMatch(/^400 ValidationException/)
  expect(await called.refusal('DeleteLogStream', { logGroupName: 'g', logStreamName: 's' })).toMatch(/^400 ValidationException/)
  await called.run('DisassociateKmsKey', { resourceIdentifier: `${ARN}g:*` })
  await called.run('PutLogGroupDeletionProtection', { logGroupIdentifier: 'g', deletionProtectionEnabled: false })
  await called.put('g', 's', [[0, 'é']])
  expect(await shown()).toMatchObject({ deletionProtectionEnabled: false, storedBytes: 28 })
  expect(await shown()).not.toHaveProperty('kmsKeyId', kmsKeyId)
  await called.put('g', 's', [[0, 'abc']])
  expect(await shown()).toMatchObject({ storedBytes: 57 })
})
