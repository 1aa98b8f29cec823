import { expect, test } from 'vitest'
import { millis } from '../../src/base/time.ts'
import { scratchTelemetry } from '../../src/store/telemetry/telemetry.test-support.ts'
import { ArrivalHouse } from './arrival-house.ts'

const telemetry = await scratchTelemetry()
const MINUTE = millis(60_000)

test('what comes in and goes out is counted by the minute, by group and filter and of the account', async () => {
  const house = await ArrivalHouse.open(telemetry)
  const { called } = house
  const subscribe = (filterName: string, destinationArn: string) =>
    called.run('PutSubscriptionFilter', { logGroupName: 'g', filterName, filterPattern: 'ERROR', destinationArn })
  await subscribe('fn', 'arn:aws:lambda:us-east-1:111111111111:function:f')
  await subscribe('http', 'https://in.example.com/')
  house.arrivals.start()
  await house.put('ERROR ☃', 'fine', '{"_aws": ')
  await house.put('{"_aws":{"Timestamp":1,"CloudWatchMetrics":[]}}')
  expect(house.usage).toEqual([])
  const [failed, delivered] = (await house.outgoing()).filter(({ subscription }) => subscription.endpoint.startsWith('https:')).flatMap(one => [one, one])
  const outcome = (status: number) => ({ kind: 'failed' as const, retryable: true, status, detail: '', retryAt: undefined })
  house.arrivals.sent(failed!, outcome(500))
  house.arrivals.sent(failed!, outcome(500))
  house.arrivals.sent(failed!, outcome(429))
  house.arrivals.sent(delivered!, { kind: 'delivered', status: 200, detail: '' })
  await called.clock.advance(millis(MINUTE + 5_000))
  const bytes = expect.stringMatching(/^AWS\/Logs ForwardedBytes\{.*FilterName=http.*\} @0 Bytes: \d{3}$/) as unknown
  expect(house.usage.toSorted()).toEqual([
    'AWS/Logs DeliveryErrors{DestinationType=HTTP,FilterName=http,LogGroupName=g} @0 None: 2',
    'AWS/Logs DeliveryErrors{DestinationType=Lambda,FilterName=fn,LogGroupName=g} @0 None: 1',
    'AWS/Logs DeliveryErrors{} @0 None: 3',
    'AWS/Logs DeliveryThrottling{DestinationType=HTTP,FilterName=http,LogGroupName=g} @0 None: 1',
    'AWS/Logs DeliveryThrottling{} @0 None: 1',
    'AWS/Logs EMFParsingErrors{LogGroupName=g} @0 None: 1',
    'AWS/Logs EMFParsingErrors{} @0 None: 1',
    'AWS/Logs EMFValidationErrors{LogGroupName=g} @0 None: 1',
    'AWS/Logs EMFValidationErrors{} @0 None: 1',
    bytes,
    expect.stringMatching(/^AWS\/Logs ForwardedBytes\{\}/) as unknown,
    'AWS/Logs ForwardedLogEvents{DestinationType=HTTP,FilterName=http,LogGroupName=g} @0 None: 1',
    'AWS/Logs ForwardedLogEvents{} @0 None: 1',
    'AWS/Logs IncomingBytes{LogGroupName=g} @0 Bytes: 69',
    'AWS/Logs IncomingBytes{} @0 Bytes: 69',
    'AWS/Logs IncomingLogEvents{LogGroupName=g} @0 None: 4',
    'AWS/Logs IncomingLogEvents{} @0 None: 4',
  ])
  house.usage.length = 0
  await house.put('x')
  await called.clock.advance(MINUTE)
  expect(house.usage).toEqual(['AWS/Logs IncomingLogEvents{} @60 None: 1', 'AWS/Logs IncomingLogEvents{LogGroupName=g} @60 None: 1', 'AWS/Logs IncomingBytes{} @60 Bytes: 1', 'AWS/Logs IncomingBytes{LogGroupName=g} @60 Bytes: 1'])
})

test('the running minute is reported when the server stops', async () => {
  const house = await ArrivalHouse.open(telemetry)
  await house.put('abc')
  await house.arrivals.stop()
  expect(house.usage).toContain('AWS/Logs IncomingBytes{LogGroupName=g} @0 Bytes: 3')
})
