import { expect, test } from 'vitest'
import { scratchTelemetry } from '../../src/store/telemetry/telemetry.test-support.ts'
import { CalledLogs } from '../called-logs.ts'

const telemetry = await scratchTelemetry()

type Case = readonly [operation: string, input: object, at: string, value: string, says: string]
const pattern = (text: string) => `Member must satisfy regular expression pattern: ${text}`
const SCHEDULED = { name: 'q', queryLanguage: 'CWLI', queryString: 'stats count()', scheduleExpression: 'rate(1 hour)', executionRoleArn: 'arn:aws:iam::1:role/r' }
const bucket = (more: object) => ({ ...SCHEDULED, destinationConfiguration: { s3Configuration: { destinationIdentifier: 's3://logs', roleArn: 'r', ...more } } })

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
  ['PutLogEvents', { logGroupName: 'g', logStreamName: 's', logEvents: [] }, 'logEvents', "'[]'", 'Member must have length greater than or equal to 1'],
  [
    'PutQueryDefinition', { name: 'n', queryString: 'fields a', parameters: [{ name: '1' }] }, 'parameters.1.member.name', "'1'",
    pattern('^[a-zA-Z_][a-zA-Z0-9_]*'),
  ],
  ['StopQuery', { queryId: '' }, 'queryId', "''", 'Member must have length greater than or equal to 1'],
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

test.each(cases)('%s: %s of %j', async (code, operation, input, at, value, says) => {
  const called = await CalledLogs.open(telemetry)
  await called.group('g', 's')
  expect(await called.refusal(operation, input)).toBe(`400 ${code}: 1 validation error detected: Value ${value === '' ? '' : `${value} `}at '${at}' failed to satisfy constraint: ${says}`)
})
