import { expect, test } from 'vitest'
import { scratchTelemetry } from '../../src/store/telemetry/telemetry.test-support.ts'
import { CalledLogs } from '../called-logs.ts'

const telemetry = await scratchTelemetry()

type Case = readonly [operation: string, input: object, at: string, value: string, says: string]
const pattern = (text: string) => `Member must satisfy regular expression pattern: ${text}`
const SCHEDULED = { name: 'q', queryLanguage: 'CWLI', queryString: 'stats count()', scheduleExpression: 'rate(1 hour)', executionRoleArn: 'arn:aws:iam::1:role/r' }
const bucket = (more: object) => ({ ...SCHEDULED, destinationConfiguration: { s3Configuration: { destinationIdentifier: 's3://logs', roleArn: 'r', ...more } } })

const GROUP_ARN = 'arn:aws:logs:us-east-1:111111111111:log-group:g'
const FILTER = { logGroupName: 'g', filterName: 'f', destinationArn: 'arn:aws:lambda:us-east-1:111111111111:function:f' }
const many = (count: number): readonly string[] => Array.from({ length: count }, (_, index) => `p${index}`)
const atMost = (operation: string, others: object, member: string, value: unknown, shown: string, most: number): Case =>
  [operation, { ...others, [member]: value }, member, shown, `Member must have length less than or equal to ${most}`]

/** Limits of AWS's model, told as AWS tells them; its patterns letter by letter. */
const OLDER: readonly Case[] = [
  ['AssociateKmsKey', { kmsKeyId: 'k', resourceIdentifier: '!' }, 'resourceIdentifier', "'!'", pattern(String.raw`[\w+=/:,.@\-\*]*`)],
  ['CreateLogAnomalyDetector', { logGroupArnList: ['a'], kmsKeyId: 'k' }, 'kmsKeyId', "'k'", pattern(String.raw`^arn:aws[a-z\-]*:kms:[-a-z0-9]*:[0-9]*:key/[-a-z0-9]*$`)],
  ['CreateLogGroup', { logGroupName: '*' }, 'logGroupName', '', pattern(String.raw`[\.\-_/#A-Za-z0-9]+`)],
  ['CreateLogGroup', {}, 'logGroupName', 'null', 'Member must not be null'],
  ['CreateLookupTable', { lookupTableName: 'a-b', tableBody: 'a\n' }, 'lookupTableName', "'a-b'", pattern('^[a-zA-Z0-9_]+$')],
  ['DescribeLogGroups', { logGroupNamePattern: '*' }, 'logGroupNamePattern', "'*'", pattern(String.raw`[\.\-_/#A-Za-z0-9]*`)],
  ['DescribeLogGroups', { limit: 51 }, 'limit', "'51'", 'Member must have value less than or equal to 50'],
  ['DescribeQueries', { status: 'Done' }, 'status', "'Done'", 'Member must satisfy enum value set: [Scheduled, Running, Complete, Failed, Cancelled, Timeout, Unknown]'],
  ['FilterLogEvents', { logGroupName: 'g', logStreamNames: [] }, 'logStreamNames', "'[]'", 'Member must have length greater than or equal to 1'],
  [
    'FilterLogEvents', { logGroupName: 'g', logStreamNames: ['a:b'] }, 'logStreamNames', "'[a:b]'",
    `Member must satisfy constraint: [Member must have length less than or equal to 512, Member must have length greater than or equal to 1, ${pattern('[^:*]*')}]`,
  ],
  ['GetQueryResults', { queryId: 'q'.repeat(257) }, 'queryId', `'${'q'.repeat(257)}'`, 'Member must have length less than or equal to 256'],
  ['GetQueryResults', { queryId: 'q', maxItems: -1 }, 'maxItems', "'-1'", 'Member must have value greater than or equal to 0'],
  ['ListLogGroups', { logGroupNamePattern: '***' }, 'logGroupNamePattern', "'***'", pattern(String.raw`(\^?[\.\-_\/#A-Za-z0-9]{3,24})(\|\^?[\.\-_\/#A-Za-z0-9]{3,24}){0,4}`)],
  ['ListLogGroups', { dataSources: [{}] }, 'dataSources.1.member.name', 'null', 'Member must not be null'],
  ['ListLogGroups', { logGroupTags: [{ key: '*' }] }, 'logGroupTags.1.member.key', "'*'", pattern(String.raw`^([\p{L}\p{Z}\p{N}_.:/=+\-@]+)$`)],
  ['ListTagsForResource', { resourceArn: '*' }, 'resourceArn', "'*'", pattern(String.raw`[\w+=/:,.@-]*`)],
  ['ListAggregateLogGroupSummaries', {}, 'groupBy', 'null', 'Member must not be null'],
  ['ListAggregateLogGroupSummaries', { groupBy: 'CLASS' }, 'groupBy', "'CLASS'", 'Member must satisfy enum value set: [DATA_SOURCE_NAME_TYPE_AND_FORMAT, DATA_SOURCE_NAME_AND_TYPE]'],
  ['ListLogGroups', { fieldIndexNames: ['a b'] }, 'fieldIndexNames', "'[a b]'", `Member must satisfy constraint: [Member must have length less than or equal to 512, Member must have length greater than or equal to 1, ${pattern(String.raw`[\.\-_/#A-Za-z0-9]+`)}]`],
  ['ListLogGroups', { logGroupTags: [{ key: 'a', values: ['b!'] }] }, 'logGroupTags.1.member.values', "'[b!]'", `Member must satisfy constraint: [Member must have length less than or equal to 259, ${pattern(String.raw`^!?\*?([\p{L}\p{Z}\p{N}_.:/=+\-@]*)\*?$`)}]`],
  ['PutBearerTokenAuthentication', { logGroupIdentifier: 'g' }, 'bearerTokenAuthenticationEnabled', 'null', 'Member must not be null'],
  ['PutStorageTierPolicy', { storageTier: 'COLD' }, 'storageTier', "'COLD'", 'Member must satisfy enum value set: [STANDARD, INTELLIGENT_TIERING]'],
  ['CreateLogGroup', { logGroupName: 'h', logGroupClass: 'COLD' }, 'logGroupClass', "'COLD'", 'Member must satisfy enum value set: [STANDARD, INFREQUENT_ACCESS, DELIVERY, ESSENTIALS]'],
  ['PutLogEvents', { logGroupName: 'g', logStreamName: 's', logEvents: [] }, 'logEvents', "'[]'", 'Member must have length greater than or equal to 1'],
  ['UntagLogGroup', { logGroupName: 'g', tags: ['!'] }, 'tags', "'[!]'", `Member must satisfy constraint: [Member must have length less than or equal to 128, Member must have length greater than or equal to 1, ${pattern(String.raw`^([\p{L}\p{Z}\p{N}_.:/=+\-@]+)$`)}]`],
  [
    'PutQueryDefinition', { name: 'n', queryString: 'fields a', parameters: [{ name: '1' }] }, 'parameters.1.member.name', "'1'",
    pattern('^[a-zA-Z_][a-zA-Z0-9_]*'),
  ],
  ['StopQuery', { queryId: '' }, 'queryId', "''", 'Member must have length greater than or equal to 1'],
  ['TagResource', { resourceArn: `${GROUP_ARN}:*`, tags: { a: 'b' } }, 'resourceArn', `'${GROUP_ARN}:*'`, pattern(String.raw`[\w+=/:,.@-]*`)],
  ['FilterLogEvents', { logGroupIdentifier: `${GROUP_ARN}:*` }, 'logGroupIdentifier', `'${GROUP_ARN}:*'`, pattern(String.raw`[\w#+=/:,.@-]*`)],
  atMost('CreateLogGroup', { logGroupName: 'h' }, 'tags', Object.fromEntries(Array.from({ length: 51 }, (_, n) => [`k${n}`, ''])), '', 50),
  atMost('DescribeLogGroups', {}, 'logGroupIdentifiers', many(51), `'[${many(51).join(', ')}]'`, 50),
  atMost('FilterLogEvents', { logGroupName: 'g' }, 'logStreamNames', many(101), `'[${many(101).join(', ')}]'`, 100),
  atMost('FilterLogEvents', { logGroupName: 'g' }, 'filterPattern', 'p'.repeat(1025), `'${'p'.repeat(1025)}'`, 1024),
  atMost('TestMetricFilter', { filterPattern: '' }, 'logEventMessages', many(51), `'[${many(51).join(', ')}]'`, 50),
  atMost('StartLiveTail', {}, 'logGroupIdentifiers', many(11), `'[${many(11).join(', ')}]'`, 10),
  atMost('PutQueryDefinition', { queryString: 'fields a' }, 'name', 'n'.repeat(256), `'${'n'.repeat(256)}'`, 255),
  atMost('PutQueryDefinition', { name: 'n' }, 'queryString', 'q'.repeat(10_001), `'${'q'.repeat(10_001)}'`, 10_000),
  atMost('PutQueryDefinition', { name: 'n', queryString: 'a' }, 'parameters', many(21).map(name => ({ name })), `'[${many(21).map(name => JSON.stringify({ name })).join(', ')}]'`, 20),
  atMost('PutSubscriptionFilter', FILTER, 'filterPattern', 'p'.repeat(1025), `'${'p'.repeat(1025)}'`, 1024),
  [
    'PutRetentionPolicy', { logGroupName: 'g', retentionInDays: 2 }, 'retentionInDays', "'2'",
    'Member must satisfy enum value set: [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653]',
  ],
  ['FilterLogEvents', { logGroupName: 'g', limit: 10_001 }, 'limit', "'10001'", 'Member must have value less than or equal to 10000'],
  ['FilterLogEvents', { logGroupName: 'g', limit: 0 }, 'limit', "'0'", 'Member must have value greater than or equal to 1'],
  ['DescribeLogStreams', { logGroupName: 'g', limit: 51 }, 'limit', "'51'", 'Member must have value less than or equal to 50'],
  ['GetQueryResults', { queryId: 'q', maxItems: 10_001 }, 'maxItems', "'10001'", 'Member must have value less than or equal to 10000'],
  ['DescribeQueries', { maxResults: 1001 }, 'maxResults', "'1001'", 'Member must have value less than or equal to 1000'],
  [
    'PutMetricFilter', { ...FILTER, filterPattern: '', metricTransformations: [{ metricName: 'm', metricNamespace: 'n'.repeat(256), metricValue: '1' }] },
    'metricTransformations.1.member.metricNamespace', `'${'n'.repeat(256)}'`, 'Member must have length less than or equal to 255',
  ],
  [
    'PutMetricFilter', { ...FILTER, filterPattern: '', metricTransformations: [{ metricName: 'm', metricNamespace: 'n', metricValue: '1'.repeat(101) }] },
    'metricTransformations.1.member.metricValue', `'${'1'.repeat(101)}'`, 'Member must have length less than or equal to 100',
  ],
]

/** Operations that know no InvalidParameterException. */
const NEWER: readonly Case[] = [
  ['CreateScheduledQuery', { ...SCHEDULED, name: 'a b' }, 'name', "'a b'", pattern(String.raw`^[a-zA-Z0-9_\-/.#]+$`)],
  ['CreateScheduledQuery', { ...SCHEDULED, queryString: undefined }, 'queryString', 'null', 'Member must not be null'],
  [
    'CreateScheduledQuery', bucket({ destinationIdentifier: 'logs' }), 'destinationConfiguration.s3Configuration.destinationIdentifier', "'logs'",
    pattern(String.raw`s3://[a-z0-9][\.\-a-z0-9]{1,61}[a-z0-9](/.*)?`),
  ],
  ['CreateScheduledQuery', bucket({ ownerAccountId: 'aaaaaaaaaaaa' }), 'destinationConfiguration.s3Configuration.ownerAccountId', "'aaaaaaaaaaaa'", pattern(String.raw`^\d{12}$`)],
  ['GetScheduledQuery', { identifier: '*' }, 'identifier', "'*'", pattern(String.raw`[\w#+=/:,.@-]*`)],
  ['GetScheduledQueryHistory', { identifier: 'q', endTime: 1 }, 'startTime', 'null', 'Member must not be null'],
  ['ListScheduledQueries', { maxResults: 1001 }, 'maxResults', "'1001'", 'Member must have value less than or equal to 1000'],
  ['GetDelivery', { id: 'a-b' }, 'id', "'a-b'", pattern('^[0-9A-Za-z]+$')],
  ['DescribeDeliveries', { limit: 51 }, 'limit', "'51'", 'Member must have value less than or equal to 50'],
  ['DescribeConfigurationTemplates', { logTypes: [] }, 'logTypes', "'[]'", 'Member must have length greater than or equal to 1'],
]

const cases = [...OLDER.map(each => ['InvalidParameterException', ...each] as const), ...NEWER.map(each => ['ValidationException', ...each] as const)]

test('what breaks a limit is refused in AWS\'s words', async () => {
  const called = await CalledLogs.open(telemetry)
  await called.group('g', 's')
  for (const [code, operation, input, at, value, says] of cases) {
    const expected = `400 ${code}: 1 validation error detected: Value ${value === '' ? '' : `${value} `}at '${at}' failed to satisfy constraint: ${says}`
    expect.soft(await called.refusal(operation, input), operation).toBe(expected)
  }
})

const REFUSED = (command: string) => `The ${command} command is not supported for log groups of the Infrequent Access class.`

test.each([
  ['INFREQUENT_ACCESS', 'pattern @message', REFUSED('pattern')], ['INFREQUENT_ACCESS', 'pattern @message | diff', REFUSED('pattern')],
  ['INFREQUENT_ACCESS', 'fields unmask(@message)', REFUSED('unmask')], ['INFREQUENT_ACCESS', 'filterIndex a = 1', REFUSED('filterIndex')],
  ['ESSENTIALS', 'pattern @message', 'The pattern command is not supported for log groups of the Essentials class.'],
  ['DELIVERY', 'fields @message', 'Log groups of the Delivery class cannot be queried.'],
])('of groups of the class %s the query %s is refused, of others it is not', async (logGroupClass, queryString, message) => {
  const called = await CalledLogs.open(telemetry)
  await called.run('CreateLogGroup', { logGroupName: 'rare', logGroupClass })
  await called.group('g')
  const input = { queryString, startTime: 1, endTime: 2 }
  expect(await called.refusal('StartQuery', { ...input, logGroupNames: ['g', 'rare'] })).toBe(`400 InvalidParameterException: ${message}`)
  await called.run('StartQuery', { ...input, logGroupName: 'g' })
})
