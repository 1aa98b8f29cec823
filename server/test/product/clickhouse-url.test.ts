import { createServer, connect, type AddressInfo, type Server } from 'node:net'
import { GetMetricStatisticsCommand, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch'
import { afterEach, expect, test } from 'vitest'
import { systemClock } from '../../src/base/clock.ts'
import { silentLog } from '../../src/base/log.ts'
import { millis } from '../../src/base/time.ts'
import { EngineSupervisor } from '../../src/store/telemetry/engine-supervisor.ts'
import { RunningServer, dataFolder, eventually } from './running-server.ts'

let running: RunningServer | undefined
let engine: EngineSupervisor | undefined
let door: Server | undefined
afterEach(async () => {
  await running?.kill()
  door?.close()
  await engine?.stop()
})

/** An engine that is nobody's child of ours, reached over TCP as a ClickHouse server is. */
const clickHouse = async (): Promise<string> => {
  const started = new EngineSupervisor({ folder: dataFolder(), clock: systemClock, log: silentLog })
  engine = started
  await started.start()
  expect(await started.ready(millis(20_000))).toBe(true)
  door = createServer(client => {
    const upstream = connect(started.socketPath)
    client.pipe(upstream).pipe(client)
    client.on('error', () => upstream.destroy())
    upstream.on('error', () => client.destroy())
  })
  await new Promise<void>(resolve => door!.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(door.address() as AddressInfo).port}`
}

test('with a URL the telemetry is kept there: it outlives the server and its data folder', async () => {
  const url = await clickHouse()
  const start = async () => (running = await RunningServer.start({ data: dataFolder(), args: ['--host-metrics', 'off', '--clickhouse-url', url] }))
  const server = await start()
  const health = (await (await fetch(`${server.url}/health`)).json()) as { parts: { telemetry: unknown } }
  expect(health.parts.telemetry).toMatchObject({ working: true, embedded: false })
  await server.cloudWatch().send(new PutMetricDataCommand({ Namespace: 'Kept', MetricData: [{ MetricName: 'm', Values: [1, 2, 4], Counts: [1, 1, 2] }] }))
  await server.stop()

  const other = await start()
  const around = { StartTime: new Date(Date.now() - 600_000), EndTime: new Date(Date.now() + 60_000) }
  const datapoint = await eventually(async () => {
    const { Datapoints = [] } = await other
      .cloudWatch()
      .send(new GetMetricStatisticsCommand({ Namespace: 'Kept', MetricName: 'm', Period: 60, ExtendedStatistics: ['p50', 'IQM'], ...around }))
    return Datapoints[0]
  }, 'the datapoint is read back')
  expect(datapoint.ExtendedStatistics).toMatchObject({ p50: 3 })
}, 60_000)
