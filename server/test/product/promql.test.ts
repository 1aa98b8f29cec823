import {
  DescribeAlarmContributorsCommand,
  DescribeAlarmHistoryCommand,
  DescribeAlarmsCommand,
  PutMetricAlarmCommand,
  PutMetricDataCommand,
} from '@aws-sdk/client-cloudwatch'
import { CreateAccessKeyCommand, CreateUserCommand } from '@aws-sdk/client-iam'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { dataFolder, eventually, RunningServer } from './running-server.ts'

let server: RunningServer
beforeAll(async () => {
  server = await RunningServer.start({ data: dataFolder(), args: ['--host-metrics', 'off'] })
}, 60_000)
afterAll(() => server.stop())

const publish = (values: Readonly<Record<string, number>>, more: { readonly name?: string; readonly region?: string; readonly at?: Date } = {}) =>
  server.cloudWatch(more.region).send(new PutMetricDataCommand({
    Namespace: 'Shop',
    MetricData: Object.entries(values).map(([Host, Value]) => ({
      MetricName: more.name ?? 'QueueDepth', Dimensions: [{ Name: 'Host', Value: Host }], Value, StorageResolution: 1,
      ...(more.at === undefined ? {} : { Timestamp: more.at }),
    })),
  }))

/** As Grafana asks: a form, and an access key as user and password. */
const ask = async (path: string, parameters: Readonly<Record<string, string>>, key = server.credentials, headers: Readonly<Record<string, string>> = {}) => {
  const authorization = `Basic ${Buffer.from(`${key.accessKeyId}:${key.secretAccessKey}`).toString('base64')}`
  const answer = await fetch(`${server.url}/api/v1/${path}`, { method: 'POST', body: new URLSearchParams(parameters), headers: { authorization, ...headers } })
  return { ...(await answer.json() as object), code: answer.status }
}

test('an alarm on PromQL goes off for the series that it finds, and is over when they are gone', async () => {
  const cloudWatch = server.cloudWatch()
  const state = async () => (await cloudWatch.send(new DescribeAlarmsCommand({ AlarmNames: ['queues'] }))).MetricAlarms?.[0]
  const contributors = async () => (await cloudWatch.send(new DescribeAlarmContributorsCommand({ AlarmName: 'queues' }))).AlarmContributors ?? []
  await publish({ a: 250, b: 3 })
  await cloudWatch.send(new PutMetricAlarmCommand({
    AlarmName: 'queues', EvaluationInterval: 10,
    EvaluationCriteria: { PromQLCriteria: { Query: 'max by (Host) (max_over_time(QueueDepth{Namespace="Shop"}[1m])) > 100 or absent(QueueDepth)' } },
  }))
  expect(await state()).toMatchObject({ StateValue: 'OK' })
  await eventually(async () => ((await state())?.StateValue === 'ALARM' ? true : undefined), 'the alarm goes off', 20_000)
  expect(await contributors()).toMatchObject([{ ContributorAttributes: { Host: 'a' }, StateReason: '1 time series evaluated to ALARM' }])

  await cloudWatch.send(new PutMetricAlarmCommand({
    AlarmName: 'queues', EvaluationInterval: 10, EvaluationCriteria: { PromQLCriteria: { Query: 'QueueDepth{Namespace="Shop"} > 100' } },
  }))
  await publish({ a: 7, b: 3 })
  await eventually(async () => ((await state())?.StateValue === 'OK' ? true : undefined), 'the alarm is over', 30_000)
  expect(await contributors()).toEqual([])
  const { AlarmHistoryItems = [] } = await cloudWatch.send(new DescribeAlarmHistoryCommand({ AlarmName: 'queues', HistoryItemType: 'StateUpdate', ScanBy: 'TimestampAscending' }))
  const alarms = AlarmHistoryItems.filter(({ AlarmContributorId }) => AlarmContributorId === undefined)
  expect(alarms.map(({ HistorySummary }) => HistorySummary)).toEqual(['Alarm updated from OK to ALARM', 'Alarm updated from ALARM to OK'])
}, 90_000)

test('a query that is none is refused with its place', async () => {
  const put = new PutMetricAlarmCommand({ AlarmName: 'x', EvaluationInterval: 60, EvaluationCriteria: { PromQLCriteria: { Query: 'sum(x' } } })
  await expect(server.cloudWatch().send(put)).rejects.toThrow('Error in PromQL query: 1:6: parse error: unexpected end of input')
})

test('the query API answers as Prometheus does', async () => {
  const minute = Math.floor(Date.now() / 60_000) * 60 - 600
  for (let k = 0; k < 6; k++) await publish({ a: 60 * k, b: 0 }, { name: 'Requests', at: new Date((minute + 60 * k) * 1000) })
  const time = String(minute + 300)
  expect(await ask('query', { query: 'sum by (Host) (rate(Requests[5m])) > 0', time })).toEqual({
    code: 200, status: 'success', data: { resultType: 'vector', result: [{ metric: { Host: 'a' }, value: [minute + 300, '1'] }] },
  })
  expect(await ask('query_range', { query: 'Requests{Host="a"}', start: String(minute), end: time, step: '2m' })).toEqual({
    code: 200,
    status: 'success',
    data: {
      resultType: 'matrix',
      result: [{ metric: { __name__: 'Requests', Host: 'a', Namespace: 'Shop' }, values: [[minute, '0'], [minute + 120, '120'], [minute + 240, '240']] }],
    },
  })
  expect(await ask('query', { query: 'Requests{Host="a"}[2m]', time })).toMatchObject({
    data: { resultType: 'matrix', result: [{ values: [[minute + 240, '240'], [minute + 300, '300']] }] },
  })
  expect(await ask('query', { query: '1 / 0', time })).toMatchObject({ data: { resultType: 'scalar', result: [minute + 300, '+Inf'] } })
  expect(await ask('series', { 'match[]': 'Requests{Host=~"b|c"}' })).toMatchObject({ data: [{ __name__: 'Requests', Host: 'b', Namespace: 'Shop' }] })
  expect(await ask('labels', { 'match[]': 'Requests' })).toMatchObject({ data: ['Host', 'Namespace', '__name__'] })
  expect(await ask('label/Host/values', { 'match[]': 'Requests' })).toMatchObject({ data: ['a', 'b'] })
  expect(await ask('label/Host/values', { 'match[]': 'Requests', limit: '1' })).toMatchObject({ data: ['a'] })
})

test.each([
  ['query', { query: 'up{' }, 400, 'bad_data', 'invalid parameter "query": 1:4: parse error: unexpected end of input'],
  ['query', { query: 'up', time: 'soon' }, 400, 'bad_data', 'invalid parameter "time": cannot parse "soon" to a valid timestamp'],
  ['query', { query: 'x * on() y', time: '1', timeout: 'long' }, 400, 'bad_data', 'invalid parameter "timeout": cannot parse "long" to a valid duration'],
  ['query_range', { query: 'up', start: '0', end: '11001', step: '1' }, 400, 'bad_data', 'exceeded maximum resolution of 11,000 points per timeseries. Try decreasing the query resolution (?step=XX)'],
  ['query_range', { query: 'up', start: '2', end: '1', step: '1' }, 400, 'bad_data', 'invalid parameter "end": end timestamp must not be before start time'],
  ['query_range', { query: 'up', start: '1', end: '1', step: '0' }, 400, 'bad_data', 'invalid parameter "step": zero or negative query resolution step widths are not accepted. Try a positive integer'],
  ['query_range', { query: 'up[5m]', start: '1', end: '1', step: '1' }, 400, 'bad_data', 'invalid parameter "query": invalid expression type "range vector" for range query, must be Scalar or instant Vector'],
  ['query', { query: 'max_over_time(vector(1)[1y:1ms])' }, 422, 'execution', 'query processing would load too many samples into memory in query execution'],
  ['series', {}, 400, 'bad_data', 'no match[] parameter provided'],
])('%s %j: %i %s', async (path, parameters, code, errorType, error) => {
  expect(await ask(path, parameters as Record<string, string>)).toEqual({ code, status: 'error', errorType, error })
})

test('nobody sees what is not theirs', async () => {
  await publish({ secret: 1 }, { name: 'Elsewhere', region: 'eu-west-1' })
  expect(await ask('query', { query: 'Elsewhere' })).toMatchObject({ data: { result: [] } })
  expect(await ask('query', { query: 'Elsewhere' }, undefined, { 'x-tocsin-region': 'eu-west-1' })).toMatchObject({ data: { result: [{ metric: { Host: 'secret' } }] } })
  expect(await ask('query', { query: 'up' }, { accessKeyId: server.credentials.accessKeyId, secretAccessKey: 'wrong' })).toMatchObject({ code: 401 })
  expect((await fetch(`${server.url}/api/v1/query?query=up`)).status).toBe(403)
  await server.iam().send(new CreateUserCommand({ UserName: 'guest' }))
  const { AccessKey } = await server.iam().send(new CreateAccessKeyCommand({ UserName: 'guest' }))
  const guest = { accessKeyId: AccessKey!.AccessKeyId!, secretAccessKey: AccessKey!.SecretAccessKey! }
  for (const path of ['query', 'query_range', 'series', 'labels', 'label/Host/values']) expect(await ask(path, { query: 'up' }, guest)).toMatchObject({ code: 403 })
})
