import { expect, test } from 'vitest'
import { scratchTelemetry } from '../../src/store/telemetry/telemetry.test-support.ts'
import { CLOUDFRONT_FIELDS } from '../../src/services/logs/deliveries/cloudfront-logs.ts'
import { CalledLogs } from '../called-logs.ts'
import { rootOf } from '../called-service.ts'
import { ELSEWHERE, OURS, THEIRS } from '../temporary-control.ts'

const telemetry = await scratchTelemetry()

const arn = (resource: string) => `arn:aws:logs:us-east-1:${OURS.account}:${resource}`
const DISTRIBUTION = `arn:aws:cloudfront::${OURS.account}:distribution/E1`
const BUCKET = 'arn:aws:s3:::access-logs'
const to = (destinationResourceArn: string) => ({ deliveryDestinationConfiguration: { destinationResourceArn } })

const opened = async (): Promise<CalledLogs> => CalledLogs.open(telemetry)
const source = (called: CalledLogs, name: string, more: object = {}) =>
  called.run('PutDeliverySource', { name, resourceArn: DISTRIBUTION, logType: 'ACCESS_LOGS', ...more })
const destination = (called: CalledLogs, name: string, more: object = {}) => called.run('PutDeliveryDestination', { name, ...to(BUCKET), ...more })
const deliver = async (called: CalledLogs, from: string, name: string, more: object = {}) => {
  const input = { deliverySourceName: from, deliveryDestinationArn: arn(`delivery-destination:${name}`), ...more }
  return (await called.run<{ delivery: { id: string } }>('CreateDelivery', input)).delivery
}

test('a source is what was put, without its tags, which are listed', async () => {
  const called = await opened()
  const deliverySource = { name: 's', arn: arn('delivery-source:s'), resourceArns: [DISTRIBUTION], service: 'cloudfront', logType: 'ACCESS_LOGS' }
  expect(await source(called, 's', { tags: { team: 'web' } })).toEqual({ deliverySource })
  expect(await called.run('GetDeliverySource', { name: 's' })).toEqual({ deliverySource })
  expect(await called.run('DescribeDeliverySources', {})).toEqual({ deliverySources: [deliverySource] })
  expect(await called.store.tags.get(OURS, deliverySource.arn)).toEqual({ team: 'web' })
  const configured = await source(called, 's', { deliverySourceConfiguration: { samplingRate: '50' } })
  expect(configured).toEqual({ deliverySource: { ...deliverySource, deliverySourceConfiguration: { samplingRate: '50' } } })
  await called.run('DeleteDeliverySource', { name: 's' })
  expect(await called.refusal('GetDeliverySource', { name: 's' })).toBe(
    '400 ResourceNotFoundException: Requested Delivery Source does not exist in this account.',
  )
  expect(await called.store.tags.get(OURS, deliverySource.arn)).toEqual({})
})

test('a destination is what was put: its type comes of its resource, its format never changes', async () => {
  const called = await opened()
  const deliveryDestination = {
    name: 'd', arn: arn('delivery-destination:d'), deliveryDestinationType: 'S3', outputFormat: 'json', ...to(BUCKET),
  }
  expect(await destination(called, 'd', { outputFormat: 'json', tags: { team: 'web' } })).toEqual({ deliveryDestination })
  const moved = { deliveryDestination: { ...deliveryDestination, ...to(`${BUCKET}/more`) } }
  expect(await destination(called, 'd', to(`${BUCKET}/more`))).toEqual(moved)
  expect(await called.run('GetDeliveryDestination', { name: 'd' })).toEqual(moved)
  await destination(called, 'c', to(arn('log-group:g')))
  await destination(called, 'x', { deliveryDestinationConfiguration: undefined, deliveryDestinationType: 'XRAY', roleArn: 'arn:aws:iam::1:role/traces' })
  const first = await called.run<{ deliveryDestinations: object[]; nextToken: string }>('DescribeDeliveryDestinations', { limit: 2 })
  const rest = await called.run<{ deliveryDestinations: object[] }>('DescribeDeliveryDestinations', { nextToken: first.nextToken })
  expect([...first.deliveryDestinations, ...rest.deliveryDestinations]).toHaveLength(3)
  expect(await called.run('GetDeliveryDestination', { name: 'c' })).toMatchObject({ deliveryDestination: { deliveryDestinationType: 'CWL' } })
  expect(await called.run('GetDeliveryDestination', { name: 'x' })).toEqual({
    deliveryDestination: { name: 'x', arn: arn('delivery-destination:x'), deliveryDestinationType: 'XRAY', roleArn: 'arn:aws:iam::1:role/traces' },
  })
  await called.run('DeleteDeliveryDestination', { name: 'd' })
  expect(await called.store.tags.get(OURS, deliveryDestination.arn)).toEqual({})
})

test('a destination has one policy, as it was put, or none', async () => {
  const called = await opened()
  await destination(called, 'd')
  const deliveryDestinationPolicy = '{"Version":"2012-10-17", "Statement":[]}'
  const policy = { policy: { deliveryDestinationPolicy } }
  expect(await called.run('GetDeliveryDestinationPolicy', { deliveryDestinationName: 'd' })).toEqual({ policy: {} })
  expect(await called.run('PutDeliveryDestinationPolicy', { deliveryDestinationName: 'd', deliveryDestinationPolicy })).toEqual(policy)
  expect(await called.run('GetDeliveryDestinationPolicy', { deliveryDestinationName: 'd' })).toEqual(policy)
  await destination(called, 'd', to(`${BUCKET}/more`))
  expect(await called.run('GetDeliveryDestinationPolicy', { deliveryDestinationName: 'd' })).toEqual(policy)
  await called.run('DeleteDeliveryDestinationPolicy', { deliveryDestinationName: 'd' })
  expect(await called.run('GetDeliveryDestinationPolicy', { deliveryDestinationName: 'd' })).toEqual({ policy: {} })
  const broken = { deliveryDestinationName: 'd', deliveryDestinationPolicy: 'x' }
  expect(await called.refusal('PutDeliveryDestinationPolicy', broken)).toBe('400 ValidationException: Invalid Delivery Destination resource Policy is provided.')
})

test('a delivery has all fields unless some are asked for; both ends stay while it is there', async () => {
  const called = await opened()
  await source(called, 's')
  await destination(called, 'd')
  const { id, ...shown } = await deliver(called, 's', 'd', { tags: { team: 'web' } })
  expect(id).toMatch(/^[0-9A-Za-z]{16}$/)
  const delivery = {
    arn: arn(`delivery:${id}`),
    deliverySourceName: 's',
    deliveryDestinationArn: arn('delivery-destination:d'),
    deliveryDestinationType: 'S3',
    recordFields: CLOUDFRONT_FIELDS,
    s3DeliveryConfiguration: { suffixPath: 'AWSLogs/{account-id}/CloudFront/', enableHiveCompatiblePath: false },
  }
  expect(shown).toEqual(delivery)
  expect(await called.store.tags.get(OURS, delivery.arn)).toEqual({ team: 'web' })
  expect(await called.run('DescribeDeliveries', {})).toEqual({ deliveries: [{ id, ...delivery }] })
  expect(await called.run('DescribeDeliveries', { deliverySourceNames: ['r', 's'] })).toEqual({ deliveries: [{ id, ...delivery }] })
  expect(await called.run('DescribeDeliveries', { deliverySourceNames: ['r'] })).toEqual({ deliveries: [] })
  expect(await called.refusal('DeleteDeliverySource', { name: 's' })).toMatch(/^400 ConflictException: /)
  expect(await called.refusal('DeleteDeliveryDestination', { name: 'd' })).toMatch(/^400 ConflictException: /)
  const changes = { recordFields: ['date', 'asn'], fieldDelimiter: ',', s3DeliveryConfiguration: { suffixPath: '/{yyyy}', enableHiveCompatiblePath: true } }
  expect(await called.run('UpdateDeliveryConfiguration', { id, ...changes })).toEqual({})
  const s3DeliveryConfiguration = { suffixPath: 'AWSLogs/{account-id}/CloudFront/{yyyy}', enableHiveCompatiblePath: true }
  expect(await called.run('GetDelivery', { id })).toEqual({ delivery: { id, ...delivery, ...changes, s3DeliveryConfiguration } })
  await called.run('UpdateDeliveryConfiguration', { id, fieldDelimiter: '' })
  expect(await called.run('GetDelivery', { id })).toEqual({ delivery: { id, ...delivery, ...changes, s3DeliveryConfiguration, fieldDelimiter: '' } })
  await called.run('DeleteDelivery', { id })
  expect(await called.refusal('GetDelivery', { id })).toBe('400 ResourceNotFoundException: Requested Delivery does not exist in this account.')
  expect(await called.store.tags.get(OURS, delivery.arn)).toEqual({})
  await called.run('DeleteDeliverySource', { name: 's' })
  await called.run('DeleteDeliveryDestination', { name: 'd' })
})

test('a path in a bucket\'s own folder is taken as it is; other services have no fields by default', async () => {
  const called = await opened()
  await source(called, 's')
  await destination(called, 'd', to(`${BUCKET}/cdn`))
  const inFolder = await deliver(called, 's', 'd', { s3DeliveryConfiguration: { suffixPath: '/{yyyy}/' } })
  expect(inFolder).toMatchObject({ s3DeliveryConfiguration: { suffixPath: '/{yyyy}/', enableHiveCompatiblePath: false } })
  await source(called, 'mail', { resourceArn: `arn:aws:workmail:us-east-1:${OURS.account}:organization/m-1`, logType: 'AUTHENTICATION_LOGS' })
  const mail = await deliver(called, 'mail', 'd')
  expect(mail).toMatchObject({ recordFields: undefined, s3DeliveryConfiguration: undefined })
})

const NOT_AGAIN = 'ConflictException: Tags can only be provided when a resource is being created, not updated.'
const UNKNOWN_SERVICE = 'ResourceNotFoundException: Cannot access provided service.'
const LATER = 'is not allowed. Please create a new Delivery'

test.each<[string, object, string]>([
  ['PutDeliverySource', { name: 'new', resourceArn: BUCKET, logType: 'ACCESS_LOGS' }, UNKNOWN_SERVICE],
  ['PutDeliverySource', { name: 'new', resourceArn: 'x', logType: 'ACCESS_LOGS' }, UNKNOWN_SERVICE],
  ['PutDeliverySource', { name: 'new', resourceArn: DISTRIBUTION, logType: 'TRACES' }, 'ValidationException:  This service is not allowed for this LogSource.'],
  ['PutDeliverySource', { name: 's', resourceArn: DISTRIBUTION, logType: 'ACCESS_LOGS', tags: { a: 'b' } }, NOT_AGAIN],
  [
    'PutDeliverySource', { name: 's', resourceArn: `${DISTRIBUTION}2`, logType: 'ACCESS_LOGS' },
    `ConflictException: Update to existing Delivery Source with new ResourceId ${LATER} Source instead.`,
  ],
  [
    'PutDeliverySource', { name: 'new', resourceArn: DISTRIBUTION, logType: 'ACCESS_LOGS' },
    'ConflictException: This ResourceId has already been used in another Delivery Source in this account.',
  ],
  [
    'PutDeliverySource', { name: 'a b', resourceArn: DISTRIBUTION, logType: 'ACCESS_LOGS' },
    "ValidationException: 1 validation error detected: Value 'a b' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w-]*",
  ],
  [
    'PutDeliverySource', { name: 'new', resourceArn: DISTRIBUTION, logType: 'ACCESS_LOGS', tags: {} },
    "ValidationException: 1 validation error detected: Value at 'tags' failed to satisfy constraint: Member must have length greater than or equal to 1",
  ],
  [
    'PutDeliveryDestination', { name: 'new', outputFormat: 'xml', ...to(BUCKET) },
    "ValidationException: 1 validation error detected: Value at 'outputFormat' failed to satisfy constraint: Member must satisfy enum value set: [w3c, raw, json, plain, parquet]",
  ],
  ['PutDeliveryDestination', { name: 'd', ...to(BUCKET), tags: { a: 'b' } }, NOT_AGAIN],
  ['PutDeliveryDestination', { name: 'new', outputFormat: 'parquet', ...to(arn('log-group:g')) }, 'ValidationException: Invalid output format value provided.'],
  [
    'PutDeliveryDestination', { name: 'new', ...to(arn('log-group:g').replace('us-east-1', 'eu-west-1')) },
    'ValidationException: Region from identity does not match the Destination Resource ARN.',
  ],
  [
    'PutDeliveryDestination', { name: 'd', outputFormat: 'plain', ...to(BUCKET) },
    `ValidationException: Update to existing Delivery Destination with new Output Format ${LATER} Destination instead.`,
  ],
  [
    'PutDeliveryDestination', { name: 'd', ...to(arn('log-group:g')) },
    `ValidationException: Update to existing Delivery Destination with new Destination Type ${LATER} Destination instead.`,
  ],
  ['PutDeliveryDestination', { name: 'new', ...to(DISTRIBUTION) }, 'ValidationException: Invalid Delivery Destination resource is provided.'],
  ['PutDeliveryDestination', { name: 'new', ...to(BUCKET), deliveryDestinationType: 'CWL' }, 'ValidationException: Invalid Delivery Destination resource is provided.'],
  ['PutDeliveryDestination', { name: 'new', ...to(BUCKET), roleArn: 'r' }, 'ValidationException: roleArn is only supported for XRAY Delivery Destinations.'],
  ['PutDeliveryDestination', { name: 'new' }, 'ValidationException: deliveryDestinationConfiguration is required for this Delivery Destination.'],
  ['GetDeliveryDestination', { name: 'new' }, 'ResourceNotFoundException: Requested Delivery Destination does not exist in this account.'],
  ['DeleteDeliveryDestination', { name: 'new' }, 'ResourceNotFoundException: Requested Delivery Destination does not exist in this account.'],
  ['DeleteDeliveryDestinationPolicy', { deliveryDestinationName: 'new' }, 'ResourceNotFoundException: Requested Delivery Destination does not exist in this account.'],
  ['DeleteDeliverySource', { name: 'new' }, 'ResourceNotFoundException: Requested Delivery Source does not exist in this account.'],
  ['DeleteDelivery', { id: 'new' }, 'ResourceNotFoundException: Requested Delivery does not exist in this account.'],
  ['UpdateDeliveryConfiguration', { id: 'new' }, 'ResourceNotFoundException: Requested Delivery does not exist in this account.'],
  [
    'CreateDelivery', { deliverySourceName: 'new', deliveryDestinationArn: arn('delivery-destination:d') },
    'ResourceNotFoundException: Requested Delivery Source does not exist in this account.',
  ],
  [
    'CreateDelivery', { deliverySourceName: 's', deliveryDestinationArn: arn('delivery-destination:new') },
    'ResourceNotFoundException: Requested Delivery Destination does not exist in this account.',
  ],
  ['CreateDelivery', { deliverySourceName: 's', deliveryDestinationArn: arn('delivery-destination:d') }, 'ConflictException: The specified Delivery already exists'],
  [
    'CreateDelivery', { deliverySourceName: 's', deliveryDestinationArn: arn('delivery-destination:d2') },
    'ConflictException: Delivery already exists for this Delivery Source with the same Delivery Destination Type.',
  ],
  [
    'CreateDelivery', { deliverySourceName: 's', deliveryDestinationArn: arn('delivery-destination:x') },
    'ValidationException: Delivery Destination Type XRAY is not supported for this Delivery Source.',
  ],
  [
    'CreateDelivery', { deliverySourceName: 's', deliveryDestinationArn: arn('delivery-destination:c'), recordFields: ['date', 'age'] },
    'ValidationException: Record field age is not supported for this Delivery Source.',
  ],
  [
    'CreateDelivery', { deliverySourceName: 's', deliveryDestinationArn: arn('delivery-destination:c'), s3DeliveryConfiguration: { suffixPath: 'x' } },
    'ValidationException: s3DeliveryConfiguration is only supported for S3 Delivery Destinations.',
  ],
  ['DescribeConfigurationTemplates', { service: 's3' }, UNKNOWN_SERVICE],
])('%s is refused: %j', async (operation, input, expected) => {
  const called = await opened()
  await source(called, 's')
  await destination(called, 'd', { outputFormat: 'json' })
  await destination(called, 'd2')
  await destination(called, 'c', to(arn('log-group:g')))
  await destination(called, 'x', { deliveryDestinationConfiguration: undefined, deliveryDestinationType: 'XRAY' })
  await deliver(called, 's', 'd')
  expect(await called.refusal(operation, input)).toBe(`400 ${expected}`)
})

test('templates say what services send, and what CloudFront sends by default', async () => {
  const called = await opened()
  interface Page {
    readonly configurationTemplates: readonly { readonly service: string; readonly logType: string; readonly deliveryDestinationType: string }[]
    readonly nextToken?: string
  }
  const all: Page['configurationTemplates'][number][] = []
  for (let token: string | undefined, more = true; more; more = token !== undefined) {
    const page = await called.run<Page>('DescribeConfigurationTemplates', token === undefined ? {} : { nextToken: token })
    all.push(...page.configurationTemplates)
    token = page.nextToken
  }
  expect(new Set(all.map(template => JSON.stringify(template))).size).toBe(all.length)
  expect(await called.run('DescribeConfigurationTemplates', { service: 'cloudfront', deliveryDestinationTypes: ['S3'] })).toEqual({
    configurationTemplates: [{
      service: 'cloudfront',
      logType: 'ACCESS_LOGS',
      resourceType: 'distribution',
      deliveryDestinationType: 'S3',
      defaultDeliveryConfigValues: {
        recordFields: CLOUDFRONT_FIELDS,
        s3DeliveryConfiguration: { suffixPath: 'AWSLogs/{account-id}/CloudFront/', enableHiveCompatiblePath: false },
      },
      allowedFields: expect.arrayContaining([{ name: 'date', mandatory: false }, { name: 'asn', mandatory: false }]),
      allowedOutputFormats: ['json', 'plain', 'w3c', 'raw', 'parquet'],
      allowedActionForAllowVendedLogsDeliveryForResource: 'cloudfront:AllowVendedLogDeliveryForResource',
      allowedSuffixPathFields: ['DistributionId', 'distributionid', 'yyyy', 'MM', 'dd', 'HH', 'accountid'],
    }],
  })
  const traces = await called.run<Page>('DescribeConfigurationTemplates', { logTypes: ['TRACES'], resourceTypes: ['memory', 'gateway'] })
  expect(traces.configurationTemplates.map(({ deliveryDestinationType }) => deliveryDestinationType)).toEqual(['XRAY', 'XRAY'])
})

test('nobody else sees deliveries, or uses their ends', async () => {
  const called = await opened()
  await source(called, 's')
  await destination(called, 'd')
  const { id } = await deliver(called, 's', 'd')
  for (const tenant of [THEIRS, ELSEWHERE]) {
    const root = rootOf(tenant)
    expect(await called.run('DescribeDeliverySources', {}, root, tenant)).toEqual({ deliverySources: [] })
    expect(await called.run('DescribeDeliveryDestinations', {}, root, tenant)).toEqual({ deliveryDestinations: [] })
    expect(await called.run('DescribeDeliveries', {}, root, tenant)).toEqual({ deliveries: [] })
    for (const [operation, input] of [['GetDelivery', { id }], ['DeleteDelivery', { id }], ['DeleteDeliverySource', { name: 's' }], ['DeleteDeliveryDestination', { name: 'd' }]] as const) {
      expect(await called.refusal(operation, input, root, tenant)).toMatch(/^400 ResourceNotFoundException/)
    }
    await called.run('PutDeliverySource', { name: 'theirs', resourceArn: DISTRIBUTION, logType: 'ACCESS_LOGS' }, root, tenant)
    const foreign = { deliverySourceName: 'theirs', deliveryDestinationArn: arn('delivery-destination:d') }
    expect(await called.refusal('CreateDelivery', foreign, root, tenant)).toMatch(/^400 ResourceNotFoundException: Requested Delivery Destination/)
  }
  expect(await called.run('GetDelivery', { id })).toMatchObject({ delivery: { id } })
})
