import { expect, test } from 'vitest'
import { millis } from '../../src/base/time.ts'
import { scratchTelemetry } from '../../src/store/telemetry/telemetry.test-support.ts'
import { ArrivalHouse } from './arrival-house.ts'

const telemetry = await scratchTelemetry()
const MINUTE = millis(60_000)

test('a selector gives the value of each event that matches, folded into one datum', async () => {
  const house = await ArrivalHouse.open(telemetry)
  await house.filter('Latency', '{ $.latency > 100 }', { metricValue: '$.latency', unit: 'Milliseconds' })
  await house.put('{"latency":50}', '{"latency":150}', '{"latency":250}', '{"latency":150}', 'latency 900')
  expect(house.puts).toEqual([['App Latency{} @0 Milliseconds: 150×2 250']])
})

test('what is no number is no sample and no error', async () => {
  const house = await ArrivalHouse.open(telemetry)
  await house.filter('Latency', '{ $.latency = * }', { metricValue: '$.latency' })
  await house.put('{"latency":"slow"}')
  expect(house.taken()).toEqual([])
  await house.put('{"latency":7}')
  expect(house.taken()).toEqual(['App Latency{} @0 None: 7'])
})

test('a default value is reported for minutes with events and no match, and for no others', async () => {
  const house = await ArrivalHouse.open(telemetry)
  const { clock } = house.called
  await house.filter('Errors', 'ERROR', { defaultValue: 0 })
  house.arrivals.start()
  await house.put('ERROR a', 'fine', 'ERROR b', 'fine', 'ERROR c')
  await clock.advance(MINUTE)
  expect(house.taken()).toEqual(['App Errors{} @0 None: 1×3'])
  await house.put('fine', 'fine', 'fine', 'fine')
  await clock.advance(millis(30_000))
  await house.put('fine')
  await clock.advance(millis(30_000))
  expect(house.taken()).toEqual([])
  await clock.advance(millis(5_000))
  expect(house.taken()).toEqual(['App Errors{} @60 None: 0'])
  await clock.advance(MINUTE)
  await clock.advance(MINUTE)
  expect(house.taken()).toEqual([])
  await house.put('fine')
  await house.arrivals.stop()
  expect(house.taken()).toEqual(['App Errors{} @240 None: 0'])
})

test('dimensions come out of fields, and events without them give nothing', async () => {
  const house = await ArrivalHouse.open(telemetry)
  const line = (status: number) => `127.0.0.1 - frank [10/Oct/2000:13:25:15 -0700] "GET /apache_pb.gif HTTP/1.0" ${status} 1534`
  await house.filter('Size', '[ip, id, user, ts, request, status_code = 4*, size]', { metricValue: '$size', dimensions: { Status: '$status_code' } })
  await house.filter('Where', '{ $.a = * }', { dimensions: { B: '$.b' } }, { emitSystemFieldDimensions: ['@aws.account', '@aws.region'] })
  await house.put(line(404), line(200), line(410), '{"a":1}', '{"a":1,"b":"x"}')
  expect(house.taken()).toEqual([
    'App Size{Status=404} @0 None: 1534',
    'App Size{Status=410} @0 None: 1534',
    'App Where{@aws.account=111111111111,@aws.region=us-east-1,B=x} @0 None: 1',
  ])
})

test('only events that come after the filter count, whatever their timestamps, and each under its own', async () => {
  const house = await ArrivalHouse.open(telemetry)
  await house.put('ERROR')
  await house.called.clock.advance(MINUTE)
  await house.filter('Errors', 'ERROR', {})
  await house.called.put('g', 's', [[-60_000, 'ERROR'], [-30_000, 'ERROR'], [5_000, 'ERROR']])
  expect(house.taken()).toEqual(['App Errors{} @0 None: 1×2', 'App Errors{} @65 None: 1'])
  await house.called.run('DeleteMetricFilter', { logGroupName: 'g', filterName: 'Errors' })
  await house.put('ERROR')
  expect(house.taken()).toEqual([])
})

test('events whose time metrics cannot have keep the others from nothing', async () => {
  const house = await ArrivalHouse.open(telemetry)
  await house.filter('Errors', 'ERROR', {})
  await house.called.run('PutLogEvents', {
    logGroupName: 'g', logStreamName: 's', logEvents: [{ timestamp: house.called.clock.now() - 14 * 86_400_000, message: 'ERROR' }],
  })
  expect(house.taken()).toHaveLength(1)
})

test('a filter that makes too many metrics is disabled, durably, until it is put again', async () => {
  const house = await ArrivalHouse.open(telemetry)
  const put = () => house.filter('Hits', '{ $.ip = * }', { dimensions: { ip: '$.ip' } })
  await put()
  await house.put(...Array.from({ length: 1100 }, (_, n) => JSON.stringify({ ip: `10.0.${n >> 8}.${n & 255}` })))
  expect(house.taken()).toHaveLength(999)
  await house.put('{"ip":"10.0.0.1"}')
  expect(house.taken()).toEqual([])
  expect((await house.called.store.logMetricFilters.all())[0]!.disabledAt).toBe(house.called.clock.now())
  await put()
  await house.put('{"ip":"10.0.0.1"}')
  expect(house.taken()).toEqual(['App Hits{ip=10.0.0.1} @0 None: 1'])
})

test('a filter may look at some accounts and regions only', async () => {
  const house = await ArrivalHouse.open(telemetry)
  await house.filter('Ours', 'x', {}, { fieldSelectionCriteria: '@aws.region = "us-east-1"' })
  await house.filter('Theirs', 'x', {}, { fieldSelectionCriteria: '@aws.region != "us-east-1"' })
  await house.put('x')
  expect(house.taken()).toEqual(['App Ours{} @0 None: 1'])
})

test('filters are described by group and prefix, by metric, in pages; groups know how many they have', async () => {
  const house = await ArrivalHouse.open(telemetry)
  const { called } = house
  await called.group('h')
  await house.filter('d', '', { defaultValue: 0 })
  await house.filter('a', '{ $.x = 1 }', { metricValue: '$.x', dimensions: { y: '$.y' } }, { applyOnTransformedLogs: true })
  await house.filter('c', 'x', {}, { logGroupName: 'h' })
  type Page = { metricFilters: { filterName: string }[]; nextToken?: string }
  const names = async (input: object) => (await called.run<Page>('DescribeMetricFilters', input)).metricFilters.map(({ filterName }) => filterName)
  expect(await names({})).toEqual(['a', 'c', 'd'])
  expect(await names({ logGroupName: 'g', filterNamePrefix: 'd' })).toEqual(['d'])
  expect(await names({ metricName: 'c', metricNamespace: 'App' })).toEqual(['c'])
  expect(await names({ metricName: 'c', metricNamespace: 'Other' })).toEqual([])
  const { nextToken } = await called.run<Page>('DescribeMetricFilters', { limit: 2 })
  expect(await names({ limit: 2, nextToken })).toEqual(['d'])
  expect((await called.run<Page>('DescribeMetricFilters', { logGroupName: 'g' })).metricFilters[0]).toEqual({
    filterName: 'a',
    filterPattern: '{ $.x = 1 }',
    metricTransformations: [{ metricName: 'a', metricNamespace: 'App', metricValue: '$.x', dimensions: { y: '$.y' } }],
    creationTime: called.clock.now(),
    logGroupName: 'g',
    applyOnTransformedLogs: true,
  })
  const { logGroups } = await called.run<{ logGroups: { metricFilterCount: number }[] }>('DescribeLogGroups', {})
  expect(logGroups.map(({ metricFilterCount }) => metricFilterCount)).toEqual([2, 1])
  await called.run('DeleteLogGroup', { logGroupName: 'g' })
  await called.group('g')
  expect(await names({})).toEqual(['c'])
  expect(await called.store.logMetricFilters.all()).toHaveLength(1)
})

test('a pattern is tried on messages', async () => {
  const { called } = await ArrivalHouse.open(telemetry)
  expect(await called.run('TestMetricFilter', { filterPattern: '[ip, size > 10]', logEventMessages: ['a 5', 'b 11', 'c'] })).toEqual({
    matches: [{ eventNumber: 1, eventMessage: 'b 11', extractedValues: { $ip: 'b', $size: '11' } }],
  })
})

const VALID = { logGroupName: 'g', filterName: 'f', filterPattern: 'x', metricTransformations: [{ metricName: 'm', metricNamespace: 'n', metricValue: '1' }] }
const transformed = (change: object, more: object = {}) => ({ ...VALID, metricTransformations: [{ ...VALID.metricTransformations[0], ...change }], ...more })

test.each<[string, object, string | RegExp]>([
  ['PutMetricFilter', { ...VALID, logGroupName: 'x' }, 'ResourceNotFoundException: The specified log group does not exist.'],
  ['PutMetricFilter', { ...VALID, filterName: 'a:b' }, 'InvalidParameterException: 1 validation error detected: Value at \'filterName\' failed to satisfy constraint: Member must satisfy regular expression pattern: [^:*]*'],
  ['PutMetricFilter', { ...VALID, filterPattern: undefined }, 'InvalidParameterException: 1 validation error detected: Value null at \'filterPattern\' failed to satisfy constraint: Member must not be null'],
  ['PutMetricFilter', { ...VALID, filterPattern: '{ $.x' }, /^400 InvalidParameterException: Invalid metric filter pattern: /],
  ['PutMetricFilter', { ...VALID, metricTransformations: [] }, /Member must have length greater than or equal to 1$/],
  ['PutMetricFilter', transformed({ metricNamespace: 'a$b' }), /Value 'a\$b' at 'metricTransformations\.1\.member\.metricNamespace'/],
  ['PutMetricFilter', transformed({ metricValue: '$.x' }), /^400 InvalidParameterException: Invalid metric transformation: metric value/],
  ['PutMetricFilter', transformed({ dimensions: { a: '$.b' } }), 'InvalidParameterException: The specified filter pattern does not support dimensions'],
  ['PutMetricFilter', transformed({ dimensions: { a: '$.x' }, defaultValue: 1 }, { filterPattern: '{ $.x = 1 }' }), /mutually exclusive/],
  ['PutMetricFilter', transformed({ dimensions: { a: '$.x', b: '$.x', c: '$.x', d: '$.x' } }, { filterPattern: '{ $.x = 1 }' }), /has at most 3 dimensions$/],
  ['PutMetricFilter', transformed({ unit: 'Furlongs' }), /Member must satisfy enum value set: \[Seconds, /],
  ['PutMetricFilter', { ...VALID, filterPattern: '%a% %b% %c%' }, 'InvalidParameterException: Invalid metric filter pattern: more than 2 regular expressions'],
  ['PutMetricFilter', { ...VALID, fieldSelectionCriteria: '@aws.city = "x"' }, 'InvalidParameterException: The provided field selection criteria is invalid'],
  ['PutMetricFilter', { ...VALID, logGroupName: 'cheap' }, 'ValidationException: This operation is only supported on the Standard log class.'],
  ['PutMetricFilter', { ...VALID, filterPattern: '[unclosed' }, 'InvalidParameterException: If a filter pattern starts with \'[\' it must end with \']\''],
  ['PutMetricFilter', transformed({ metricNamespace: 'AWS/Custom' }), 'InvalidParameterException: Metric namespaces starting with AWS/ are reserved for AWS.'],
  ['DescribeMetricFilters', { logGroupName: 'cheap' }, 'ValidationException: This operation is only supported on the Standard log class.'],
  ['CreateLogAnomalyDetector', { logGroupArnList: ['arn:aws:logs:us-east-1:111111111111:log-group:cheap'] }, 'ValidationException: This operation is only supported on the Standard log class.'],
  ['PutTransformer', { logGroupIdentifier: 'cheap', transformerConfig: [{ parseJSON: {} }] }, 'ValidationException: This operation is only supported on the Standard log class.'],
  ['DescribeMetricFilters', { metricName: 'm' }, /^400 InvalidParameterException: If you include the metricName parameter/],
  ['DescribeMetricFilters', { logGroupName: 'x' }, 'ResourceNotFoundException: The specified log group does not exist.'],
  ['DeleteMetricFilter', { logGroupName: 'g', filterName: 'x' }, 'ResourceNotFoundException: The specified metric filter does not exist.'],
  ['TestMetricFilter', { filterPattern: '%(%', logEventMessages: ['x'] }, /^400 InvalidParameterException: /],
  ['TestMetricFilter', { filterPattern: '', logEventMessages: [] }, /Member must have length greater than or equal to 1$/],
])('%s of %j is refused', async (operation, input, refusal) => {
  const { called } = await ArrivalHouse.open(telemetry)
  await called.run('CreateLogGroup', { logGroupName: 'cheap', logGroupClass: 'INFREQUENT_ACCESS' })
  const said = await called.refusal(operation, input)
  if (typeof refusal === 'string') expect(said).toBe(`400 ${refusal}`)
  else expect(said).toMatch(refusal)
})

test('a group has at most a hundred filters, and five with a regular expression', async () => {
  const house = await ArrivalHouse.open(telemetry)
  for (let n = 0; n < 5; n++) await house.filter(`r${n}`, '%a+%', {})
  const refused = (input: object) => house.called.refusal('PutMetricFilter', { ...VALID, ...input })
  expect(await refused({ filterPattern: '%b%' })).toBe('400 LimitExceededException: Resource limit exceeded.')
  await house.filter('r0', '%c%', {})
  for (let n = 5; n < 100; n++) await house.filter(`f${n}`, 'a', {})
  expect(await refused({})).toBe('400 LimitExceededException: Resource limit exceeded.')
  await house.filter('f99', 'b', {})
})
