import { expect, test } from 'vitest'
import { scratchTelemetry } from '../../src/store/telemetry/telemetry.test-support.ts'
import { CalledLogs } from '../called-logs.ts'
import { OURS } from '../temporary-control.ts'

const telemetry = await scratchTelemetry()

const opened = async (): Promise<CalledLogs> => {
  const called = await CalledLogs.open(telemetry)
  await called.group('g', 's')
  return called
}

const ROLE = `arn:aws:iam::${OURS.account}:role/r`
const FUNCTION = 'function:work'
const FOREIGN_FUNCTION = `arn:aws:lambda:us-east-1:999999999999:${FUNCTION}`
const FOREIGN_STREAM = 'arn:aws:kinesis:us-east-1:999999999999:stream/lines'
const NEW_FILTER = { filterName: 'f', filterPattern: '' }
const transformation = (metricName: string) => ({ metricName, metricNamespace: 'orders', metricValue: '1' })
const tooLong = (value: string, member: string, limit: number) =>
  `InvalidParameterException: 1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: Member must have length less than or equal to ${limit}`
const LONG_NAME = 'InvalidParameterException: Invalid LogGroup or LogStream, both must have length less than or equal to 512.'
const CROSS_ACCOUNT =
  'AccessDeniedException: Cross-account lambda invocation passing is not allowed. You must use DestinationPolicies to create cross account lambda triggers.'

/** Each is what AWS itself answered to such a request, as public recordings of its answers have it. */
test.each<[string, object, string]>([
  ['DeleteMetricFilter', { logGroupName: 'n'.repeat(513), filterName: 'f' }, LONG_NAME],
  ['DeleteMetricFilter', { logGroupName: 'g', filterName: 'f'.repeat(513) }, tooLong('f'.repeat(513), 'filterName', 512)],
  ['DescribeMetricFilters', { filterNamePrefix: 'f'.repeat(513) }, tooLong('f'.repeat(513), 'filterNamePrefix', 512)],
  ['DescribeMetricFilters', { metricName: 'm'.repeat(256), metricNamespace: 'orders' }, tooLong('m'.repeat(256), 'metricName', 255)],
  [
    'PutMetricFilter', { logGroupName: 'g', filterName: 'f', filterPattern: 'p'.repeat(1025), metricTransformations: [transformation('a')] },
    tooLong('p'.repeat(1025), 'filterPattern', 1024),
  ],
  [
    'PutMetricFilter', { logGroupName: 'g', filterName: 'f', filterPattern: '', metricTransformations: [transformation('a'), transformation('b')] },
    tooLong(
      '[MetricTransformation(metricName=a, metricNamespace=orders, metricValue=1, defaultValue=null, unit=null, dimensions=null), ' +
      'MetricTransformation(metricName=b, metricNamespace=orders, metricValue=1, defaultValue=null, unit=null, dimensions=null)]',
      'metricTransformations', 1,
    ),
  ],
  ['PutSubscriptionFilter', { logGroupName: 'nothing', ...NEW_FILTER, destinationArn: FOREIGN_FUNCTION }, CROSS_ACCOUNT],
  ['PutSubscriptionFilter', { logGroupName: 'g', ...NEW_FILTER, destinationArn: FOREIGN_FUNCTION }, CROSS_ACCOUNT],
  [
    'PutSubscriptionFilter', { logGroupName: 'g', ...NEW_FILTER, destinationArn: FOREIGN_STREAM },
    'InvalidParameterException: destinationArn for vendor kinesis cannot be used without roleArn',
  ],
  ['DeleteSubscriptionFilter', { logGroupName: 'g', filterName: 'nothing' }, 'ResourceNotFoundException: The specified subscription filter does not exist.'],
  ['FilterLogEvents', { logGroupName: 'g', nextToken: 'nothing' }, 'InvalidParameterException: The specified nextToken is invalid.'],
  ['FilterLogEvents', { logGroupName: 'g', logStreamNames: ['s', 'nothing'] }, 'ResourceNotFoundException: The specified log stream does not exist.'],
  ['CancelExportTask', { taskId: 'nothing' }, 'ResourceNotFoundException: The specified export task does not exist.'],
  ['DeleteResourcePolicy', { policyName: 'nothing' }, 'ResourceNotFoundException: Policy with name [nothing] does not exist.'],
])('%s is refused as AWS refuses it: %j', async (operation, input, expected) => {
  const called = await opened()
  expect(await called.refusal(operation, input)).toBe(`400 ${expected}`)
})

test('what is found nowhere is an empty list', async () => {
  const called = await opened()
  expect(await called.run('DescribeExportTasks', { taskId: 'nothing' })).toEqual({ exportTasks: [] })
  expect(await called.run('DescribeDestinations', { DestinationNamePrefix: 'nothing' })).toEqual({ destinations: [] })
  expect(await called.run('ListLogGroups', { logGroupNamePattern: 'nothing' })).toEqual({ logGroups: [] })
  expect(await called.run('DescribeSubscriptionFilters', { logGroupName: 'g' })).toEqual({ subscriptionFilters: [] })
})

test('a metric namespace may have a colon, whatever the model says', async () => {
  const called = await opened()
  const metricTransformations = [{ metricName: 'lines', metricNamespace: 'shop/eu#1:orders', metricValue: '1' }]
  await called.run('PutMetricFilter', { logGroupName: 'g', filterName: 'f', filterPattern: '', metricTransformations })
  expect(await called.run('DescribeMetricFilters', { metricName: 'lines', metricNamespace: 'shop/eu#1:orders' })).toEqual({
    metricFilters: [
      { filterName: 'f', filterPattern: '', logGroupName: 'g', metricTransformations, creationTime: called.clock.now(), applyOnTransformedLogs: false },
    ],
  })
})

test('a resource policy is answered as it was put, and listed in its canonical form', async () => {
  const called = await opened()
  const policyDocument = '{"Statement":[{"Action":"logs:*","Effect":"Allow","Principal":{"Service": ["dns.example.com"]},"Resource":"*"}]}'
  const policy = { policyName: 'p', policyScope: 'ACCOUNT', lastUpdatedTime: called.clock.now() }
  expect(await called.run('PutResourcePolicy', { policyName: 'p', policyDocument })).toEqual({ resourcePolicy: { ...policy, policyDocument } })
  const listed = '{"Version":"2008-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"dns.example.com"},"Action":"logs:*","Resource":"*"}]}'
  expect(await called.run('DescribeResourcePolicies', {})).toEqual({ resourcePolicies: [{ ...policy, policyDocument: listed }] })
})

test('a destination is what was put; its policy comes with it', async () => {
  const called = await opened()
  const targetArn = `arn:aws:kinesis:us-east-1:${OURS.account}:stream/lines`
  const destination = {
    destinationName: 'd', targetArn, roleArn: ROLE, arn: `arn:aws:logs:us-east-1:${OURS.account}:destination:d`, creationTime: called.clock.now(),
  }
  expect(await called.run('PutDestination', { destinationName: 'd', targetArn, roleArn: ROLE, tags: { team: 'a' } })).toEqual({ destination })
  const accessPolicy = '{"Version":"2012-10-17","Statement":[]}'
  await called.run('PutDestinationPolicy', { destinationName: 'd', accessPolicy })
  expect(await called.run('DescribeDestinations', { DestinationNamePrefix: 'd' })).toEqual({ destinations: [{ ...destination, accessPolicy }] })
})
