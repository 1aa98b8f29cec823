import fc from 'fast-check'
import { expect, test } from 'vitest'
import { scratchTelemetry } from '../../src/store/telemetry/telemetry.test-support.ts'
import { rootOf } from '../called-service.ts'
import { THEIRS } from '../temporary-control.ts'
import { ArrivalHouse } from './arrival-house.ts'

const telemetry = await scratchTelemetry()

const EMF = JSON.stringify({
  _aws: { Timestamp: Date.UTC(2026, 0, 1), CloudWatchMetrics: [{ Namespace: 'N', Dimensions: [['d']], Metrics: [{ Name: 'm', Unit: 'Bytes' }] }] }, d: 'x', m: 1,
})

/** A document with a piece cut out, doubled, or written over. */
const mutated = fc.tuple(fc.nat(EMF.length), fc.nat(20), fc.string({ unit: 'binary', maxLength: 10 })).map(([at, length, text]) => EMF.slice(0, at) + text + EMF.slice(at + length))

test('whatever comes, it is acknowledged and stored, and the filters go on', async () => {
  const house = await ArrivalHouse.open(telemetry)
  await house.filter('json', '{ $.m = * }', { metricValue: '$.m', dimensions: { d: '$.d' } })
  await house.filter('fields', '[a, b > 0, ...]', { metricValue: '$b' })
  await house.filter('terms', '%[0-9]+%', { defaultValue: 0 })
  await house.called.run('PutSubscriptionFilter', { logGroupName: 'g', filterName: 'all', filterPattern: '[a, b, ...]', destinationArn: 'https://in.example.com/' })
  const failures: unknown[] = []
  const take = house.arrivals.take.bind(house.arrivals)
  house.called.logs.intake.onArrival(async arrival => {
    try {
      await take(arrival)
    } catch (error) {
      failures.push(error)
    }
  })
  await fc.assert(fc.asyncProperty(fc.array(fc.oneof(mutated, fc.json(), fc.string({ unit: 'binary', minLength: 1 })).filter(text => text !== ''), { minLength: 1, maxLength: 20 }), async messages => {
    await house.put(...messages)
  }), { numRuns: 100 })
  expect(failures).toEqual([])
  house.taken()
  await house.called.put('g', 's', [[0, EMF]])
  expect(house.taken()).toContain('N m{d=x} @0 Bytes: 1')
})

test('nobody sees or changes what another account filters and sends', async () => {
  const house = await ArrivalHouse.open(telemetry)
  const { called } = house
  await house.filter('ours', 'x', {})
  await called.run('PutDestination', { destinationName: 'd', targetArn: 'https://in.example.com/', roleArn: 'arn:aws:iam::111111111111:role/r' })
  const other = [rootOf(THEIRS), THEIRS] as const
  expect(await called.run('DescribeMetricFilters', {}, ...other)).toEqual({ metricFilters: [] })
  expect(await called.run('DescribeDestinations', {}, ...other)).toEqual({ destinations: [] })
  for (const [operation, input] of [
    ['DescribeMetricFilters', { logGroupName: 'g' }],
    ['DeleteMetricFilter', { logGroupName: 'g', filterName: 'ours' }],
    ['DescribeSubscriptionFilters', { logGroupName: 'g' }],
    ['DeleteDestination', { destinationName: 'd' }],
    ['StartLiveTail', { logGroupIdentifiers: ['arn:aws:logs:us-east-1:111111111111:log-group:g'] }],
  ] as const) expect(await called.refusal(operation, input, ...other)).toMatch(/^400 ResourceNotFoundException: /)
})
