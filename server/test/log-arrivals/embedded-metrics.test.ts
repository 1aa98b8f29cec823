import { expect, test } from 'vitest'
import { scratchTelemetry } from '../../src/store/telemetry/telemetry.test-support.ts'
import { ArrivalHouse } from './arrival-house.ts'

const telemetry = await scratchTelemetry()

const NOW = Date.UTC(2026, 0, 1)
const directive = (change: object = {}) =>
  ({ Namespace: 'lambda-function-metrics', Dimensions: [['functionVersion']], Metrics: [{ Name: 'time', Unit: 'Milliseconds', StorageResolution: 60 }], ...change })
const event = (directives: readonly object[], members: object) => JSON.stringify({ _aws: { Timestamp: NOW, CloudWatchMetrics: directives }, ...members })

test('metrics in events become metrics, each value a sample, each dimension set a metric', async () => {
  const house = await ArrivalHouse.open(telemetry)
  await house.put(
    event([directive()], { functionVersion: '$LATEST', time: 100, requestId: 'r' }),
    event([directive()], { functionVersion: '$LATEST', time: 100, requestId: 'q' }),
    event([directive({ Namespace: 'N', Dimensions: [['a'], []], Metrics: [{ Name: 'm' }] })], { a: 'x', m: [1, 2] }),
    'plain "_aws" text',
  )
  expect(house.puts).toEqual([[
    'lambda-function-metrics time{functionVersion=$LATEST} @0 Milliseconds: 100×2',
    'N m{a=x} @0 None: 1 2',
    'N m{} @0 None: 1 2',
  ]])
})

test('events are stored whatever is wrong with their metrics', async () => {
  const house = await ArrivalHouse.open(telemetry)
  const messages = ['{"_aws": ', event([directive()], { time: 'x' }), event([directive({ Dimensions: [[]] })], { time: 5 })]
  await house.put(...messages)
  expect(house.taken()).toEqual(['lambda-function-metrics time{} @0 Milliseconds: 5'])
  expect(await house.called.messages('GetLogEvents', { logGroupName: 'g', logStreamName: 's' })).toEqual(messages)
})

test('the cheaper classes of groups make no metrics', async () => {
  const house = await ArrivalHouse.open(telemetry)
  await house.called.run('CreateLogGroup', { logGroupName: 'cheap', logGroupClass: 'INFREQUENT_ACCESS' })
  await house.called.run('CreateLogStream', { logGroupName: 'cheap', logStreamName: 's' })
  await house.called.put('cheap', 's', [[0, event([directive({ Dimensions: [[]] })], { time: 5 })]])
  expect(house.taken()).toEqual([])
})
