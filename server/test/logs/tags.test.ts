import { expect, test } from 'vitest'
import { scratchTelemetry } from '../../src/store/telemetry/telemetry.test-support.ts'
import { CalledLogs } from '../called-logs.ts'
import { rootOf } from '../called-service.ts'
import { ELSEWHERE, OURS, THEIRS } from '../temporary-control.ts'

const telemetry = await scratchTelemetry()

const FIRST = { team: 'web' }
const ROLE = `arn:aws:iam::${OURS.account}:role/r`
const arn = (resource: string) => `arn:aws:logs:us-east-1:${OURS.account}:${resource}`
const name = (called: CalledLogs, operation: string, input: object) => called.run<Record<string, string>>(operation, { ...input, tags: FIRST })

/** Makes one of its kind with a tag; answers its ARN, and how it is deleted. */
type Made = readonly [arn: string, deletion: string, input: object]
const MAKE: Readonly<Record<string, (called: CalledLogs) => Promise<Made>>> = {
  async 'a log group'(called) {
    await name(called, 'CreateLogGroup', { logGroupName: 'tagged' })
    return [arn('log-group:tagged'), 'DeleteLogGroup', { logGroupName: 'tagged' }]
  },
  async 'a destination'(called) {
    await name(called, 'PutDestination', { destinationName: 'd', targetArn: 'https://hooks.example.com/', roleArn: ROLE })
    return [arn('destination:d'), 'DeleteDestination', { destinationName: 'd' }]
  },
  async 'a lookup table'(called) {
    const { lookupTableArn } = await name(called, 'CreateLookupTable', { lookupTableName: 't', tableBody: 'a,b\n1,2\n' })
    return [lookupTableArn!, 'DeleteLookupTable', { lookupTableArn }]
  },
  async 'a scheduled query'(called) {
    const query = { queryLanguage: 'CWLI', queryString: 'stats count()', logGroupIdentifiers: ['g'], scheduleExpression: 'rate(1 hour)', executionRoleArn: ROLE }
    const { scheduledQueryArn } = await name(called, 'CreateScheduledQuery', { name: 'q', ...query })
    return [scheduledQueryArn!, 'DeleteScheduledQuery', { identifier: scheduledQueryArn }]
  },
  async 'an anomaly detector'(called) {
    const { anomalyDetectorArn } = await name(called, 'CreateLogAnomalyDetector', { logGroupArnList: [arn('log-group:g')] })
    return [anomalyDetectorArn!, 'DeleteLogAnomalyDetector', { anomalyDetectorArn }]
  },
  async 'a delivery source'(called) {
    await name(called, 'PutDeliverySource', { name: 's', resourceArn: `arn:aws:cloudfront::${OURS.account}:distribution/E1`, logType: 'ACCESS_LOGS' })
    return [arn('delivery-source:s'), 'DeleteDeliverySource', { name: 's' }]
  },
  async 'a delivery destination'(called) {
    await name(called, 'PutDeliveryDestination', { name: 'd', deliveryDestinationConfiguration: { destinationResourceArn: 'arn:aws:s3:::b' } })
    return [arn('delivery-destination:d'), 'DeleteDeliveryDestination', { name: 'd' }]
  },
  async 'a delivery'(called) {
    await MAKE['a delivery source']!(called)
    await MAKE['a delivery destination']!(called)
    const ends = { deliverySourceName: 's', deliveryDestinationArn: arn('delivery-destination:d'), tags: FIRST }
    const { delivery } = await called.run<{ delivery: { arn: string; id: string } }>('CreateDelivery', ends)
    return [delivery.arn, 'DeleteDelivery', { id: delivery.id }]
  },
}

test.each(Object.keys(MAKE))('%s has tags from its creation to its end', async kind => {
  const called = await CalledLogs.open(telemetry)
  await called.group('g')
  const [resourceArn, deletion, input] = await MAKE[kind]!(called)
  const tags = () => called.run('ListTagsForResource', { resourceArn })
  expect(await tags()).toEqual({ tags: FIRST })
  await called.run('TagResource', { resourceArn, tags: { stage: 'test' } })
  expect(await tags()).toEqual({ tags: { ...FIRST, stage: 'test' } })
  await called.run('UntagResource', { resourceArn, tagKeys: ['team'] })
  expect(await tags()).toEqual({ tags: { stage: 'test' } })
  for (const tenant of [THEIRS, ELSEWHERE]) {
    for (const [operation, more] of [['ListTagsForResource', {}], ['TagResource', { tags: FIRST }], ['UntagResource', { tagKeys: ['stage'] }]] as const) {
      expect(await called.refusal(operation, { resourceArn, ...more }, rootOf(tenant), tenant)).toMatch(/^400 ResourceNotFoundException: /)
    }
  }
  await called.run(deletion, input)
  expect(await called.refusal('ListTagsForResource', { resourceArn })).toMatch(/^400 ResourceNotFoundException: /)
  expect(await called.store.tags.get(OURS, resourceArn)).toEqual({})
})

test.each(['arn:aws:s3:::b', arn('constructor:x'), arn('query-result:*'), 'nothing'])('%s has no tags', async resourceArn => {
  const called = await CalledLogs.open(telemetry)
  const pattern = resourceArn.includes('*') ? /failed to satisfy constraint/ : /^400 InvalidParameterException: Invalid resource ARN: /
  expect(await called.refusal('ListTagsForResource', { resourceArn })).toMatch(pattern)
})
