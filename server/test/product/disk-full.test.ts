import { spawnSync } from 'node:child_process'
import { closeSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { DeleteAlarmsCommand, DescribeAlarmsCommand, GetMetricStatisticsCommand, PutMetricAlarmCommand, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch'
import { afterEach, expect, test } from 'vitest'
import { RunningServer, dataFolder, eventually, rootKey } from './running-server.ts'

/** A mount namespace of its own lets an ordinary user have a small disk; some kernels and containers refuse it. */
const NAMESPACE = ['unshare', '--user', '--map-root-user', '--mount']
const possible = spawnSync(NAMESPACE[0]!, [...NAMESPACE.slice(1), 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt']).status === 0

let server: RunningServer | undefined
afterEach(() => server?.kill())

test.runIf(possible)('a full disk refuses writes in the protocol, reads and deletes go on, and room is enough to recover', async () => {
  const disk = dataFolder()
  mkdirSync(join(disk, 'data'))
  server = await RunningServer.start({
    data: join(disk, 'data'),
    args: ['--host-metrics', 'off'],
    under: [...NAMESPACE, 'sh', '-c', 'mount -t tmpfs -o size=192m tmpfs "$0" && exec "$@"', join(disk, 'data')],
  })
  // The disk as the server sees it, from outside its namespace.
  const seen = join('/proc', String(server.process.pid), 'root', disk, 'data')
  const client = server.cloudWatch('us-east-1', rootKey(seen))
  const put = (value: number) => client.send(new PutMetricDataCommand({ Namespace: 'Disk', MetricData: [{ MetricName: 'm', Value: value }] }))
  // As large as an alarm can be: some room is kept in reserve for definitions, so that deletes work on a full disk.
  const actions = (kind: string) => Array.from({ length: 5 }, (_, index) => `arn:aws:sns:us-east-1:000000000000:${kind}-${index}-${'x'.repeat(900)}`)
  const putAlarm = (name: string) =>
    client.send(
      new PutMetricAlarmCommand({
        AlarmName: name, Namespace: 'Disk', MetricName: 'm', Statistic: 'Sum', Period: 60, EvaluationPeriods: 1, Threshold: 1e9, ComparisonOperator: 'GreaterThanThreshold',
        AlarmDescription: 'x'.repeat(1000), AlarmActions: actions('alarm'), OKActions: actions('ok'), InsufficientDataActions: actions('missing'),
      }),
    )
  await put(1)
  await putAlarm('before')
  await putAlarm('to delete')

  fillUp(join(seen, 'filler'))
  const refused = await eventually(async () => put(0).then(() => undefined, (error: Error) => error), 'a write to be refused')
  expect(refused).toMatchObject({ name: expect.stringMatching(/ServiceUnavailable/), $metadata: { httpStatusCode: 503 } })
  const refusals: Error[] = []
  for (let index = 0; refusals.length === 0 && index < 2000; index++) await putAlarm(`refused-${index}`).catch((error: Error) => refusals.push(error))
  expect(refusals[0]).toMatchObject({ $metadata: { httpStatusCode: 503 } })

  const around = { StartTime: new Date(Date.now() - 600_000), EndTime: new Date(Date.now() + 120_000) }
  const sum = async () => {
    const { Datapoints = [] } = await client.send(new GetMetricStatisticsCommand({ Namespace: 'Disk', MetricName: 'm', Period: 600, Statistics: ['Sum'], ...around }))
    return Datapoints.reduce((total, { Sum = 0 }) => total + Sum, 0)
  }
  expect(await sum()).toBeGreaterThanOrEqual(1)
  const alarms = async () => (await client.send(new DescribeAlarmsCommand({ AlarmNames: ['before', 'to delete'] }))).MetricAlarms?.map(({ AlarmName }) => AlarmName)
  expect(await alarms()).toEqual(['before', 'to delete'])
  await client.send(new DeleteAlarmsCommand({ AlarmNames: ['to delete'] }))
  expect(await alarms()).toEqual(['before'])

  rmSync(join(seen, 'filler'))
  const before = await sum()
  await eventually(async () => put(5).then(() => true, () => undefined), 'writes to be taken again')
  expect(await sum()).toBe(before + 5)
  await client.send(new DeleteAlarmsCommand({ AlarmNames: ['before'] }))
  expect(await alarms()).toEqual([])
}, 60_000)

/** Writes until nothing more fits. */
const fillUp = (file: string): void => {
  const handle = openSync(file, 'w')
  try {
    for (let size = 1 << 20; size >= 1; size = Math.floor(size / 2)) {
      try {
        for (;;) writeSync(handle, Buffer.alloc(size))
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
      }
    }
  } finally {
    closeSync(handle)
  }
}
