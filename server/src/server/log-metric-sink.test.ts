import { expect, test } from 'vitest'
import { ManualClock } from '../base/manual-clock.ts'
import { accountId, region } from '../base/tenancy.ts'
import { epochMillis, millis } from '../base/time.ts'
import type { FoldedSamples } from '../jobs/log-arrivals/sample-fold.ts'
import type { PutRequest } from '../model/metric-intake.ts'
import { OverloadedError } from '../store/intake/overloaded-error.ts'
import { decodePutMetricData } from './aws/put-metric-data-door.ts'
import { logMetricSink } from './log-metric-sink.ts'

const START = epochMillis(Date.UTC(2026, 0, 1))
const tenant = { account: accountId('111111111111'), region: region('us-east-1') }
const sample = (name: string, counts: readonly (readonly [number, number])[], more: Partial<FoldedSamples> = {}): FoldedSamples => ({
  metric: { namespace: 'App', name, dimensions: [{ name: 'host', value: 'a"\\☃'.slice(0, 3) }] }, unit: 'Bytes', timestamp: epochMillis(START + 1), resolution: 60, counts: new Map(counts), ...more,
})

const house = (refusals = 0) => {
  const requests: PutRequest[] = []
  const clock = new ManualClock(START)
  let left = refusals
  const marked: (readonly [string, number])[] = []
  const sink = logMetricSink({
    acceptOnce: ({ what }, together) => Promise.resolve(void marked.push([what, together.length])),
    accept: request => {
      if (left-- > 0) return Promise.reject(new OverloadedError('too much'))
      requests.push(request)
      return Promise.resolve()
    },
  }, clock)
  const inputs = () => requests.map(({ protocol, body }) => decodePutMetricData(protocol, body))
  return { sink, requests, inputs, clock, marked }
}

test('samples are written as PutMetricData, a request for each namespace, as of when the events came', async () => {
  const { sink, requests, inputs } = house()
  await sink.put(tenant, [sample('a', [[1.5, 2], [-0, 1]]), sample('b', [[7, 1]], { metric: { namespace: 'Other', name: 'b', dimensions: [] }, resolution: 1, unit: 'None' })], START)
  expect(requests.map(request => [request.tenant, request.receivedAt])).toEqual([[tenant, START], [tenant, START]])
  expect(inputs()).toEqual([
    {
      Namespace: 'App',
      MetricData: [{
        MetricName: 'a', Dimensions: [{ Name: 'host', Value: 'a"\\' }], Timestamp: new Date(START + 1), Unit: 'Bytes', StorageResolution: 60, Values: [1.5, 0], Counts: [2, 1],
      }],
    },
    { Namespace: 'Other', MetricData: [{ MetricName: 'b', Dimensions: [], Timestamp: new Date(START + 1), Unit: 'None', StorageResolution: 1, Values: [7], Counts: [1] }] },
  ])
})

test('a datum has at most 150 values, a request 1,000 datums and a megabyte', async () => {
  const { sink, inputs, requests } = house()
  await sink.put(tenant, [sample('many', Array.from({ length: 301 }, (_, n) => [n, 1] as const))], START)
  expect(inputs()[0]!.MetricData!.map(({ Values }) => Values!.length)).toEqual([150, 150, 1])
  await sink.put(tenant, Array.from({ length: 2_001 }, (_, n) => sample(`m${n}`, [[1, 1]])), START)
  expect(inputs().slice(1).map(({ MetricData }) => MetricData!.length)).toEqual([1000, 1000, 1])
  await sink.put(tenant, Array.from({ length: 999 }, (_, n) => sample(`m${n}`, Array.from({ length: 150 }, (__, v) => [v + Math.PI, 1] as const))), START)
  expect(inputs().slice(4).reduce((sum, { MetricData }) => sum + MetricData!.length, 0)).toBe(999)
  expect(Math.max(...requests.map(({ body }) => body.length))).toBeLessThan(1_048_576)
})

test('while the store refuses, it waits, and so do the events; what else is wrong is told', async () => {
  const { sink, requests, clock } = house(2)
  const done = sink.put(tenant, [sample('a', [[1, 1]])], START)
  await clock.advance(millis(100))
  expect(requests).toEqual([])
  await clock.advance(millis(400))
  await done
  expect(requests).toHaveLength(1)
  const broken = logMetricSink({ accept: () => Promise.reject(new Error('no room')), acceptOnce: () => Promise.resolve() }, clock)
  await expect(broken.put(tenant, [sample('a', [[1, 1]])], START)).rejects.toThrow('no room')
})

test('what is marked is taken together, a dozen requests at a time', async () => {
  const { sink, marked } = house()
  const samples = Array.from({ length: 13 }, (_, n) => sample('a', [[n, 1]], { metric: { namespace: `N${n}`, name: 'a', dimensions: [] } }))
  await sink.put(tenant, samples, START, { firstSeq: 1n, what: 'metrics' })
  expect(marked).toEqual([['metrics', 12], ['metrics/12', 1]])
})
