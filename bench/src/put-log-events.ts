import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { CloudWatchLogsClient, CreateLogGroupCommand, CreateLogStreamCommand, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs'
import { atLeast, atMost, median, shown, type Benchmark } from './benchmark.ts'
import { atRest, cpuSeconds, memoryOf } from './process-cost.ts'
import type { LogLoadOrder, LogLoadReport } from './put-log-events-load.ts'
import { startServer } from './server-under-test.ts'

const LOAD = join(import.meta.dirname, 'put-log-events-load.ts')
const GROUP = '/bench/app'
const STREAMS = Array.from({ length: 10 }, (_, number) => `i-${number}`)
const SEARCHES = 15

/** A thousand lines of some 300 bytes a request, gzip, durable; with the writing and merging behind the answers. */
export const putLogEvents: Benchmark = {
  name: 'put-log-events',
  async run(options) {
    const server = await startServer(options)
    try {
      const client = new CloudWatchLogsClient({ endpoint: server.url, region: 'us-east-1', credentials: server.credentials })
      await client.send(new CreateLogGroupCommand({ logGroupName: GROUP }))
      for (const logStreamName of STREAMS) await client.send(new CreateLogStreamCommand({ logGroupName: GROUP, logStreamName }))
      const load = fork(LOAD, { env: { ...process.env, UV_THREADPOOL_SIZE: '8' } })
      const failed = once(load, 'exit').then(() => {
        throw new Error('the load process gave up')
      })
      const said = async <Message>(): Promise<Message> => (await Promise.race([once(load, 'message'), failed]))[0] as Message
      const order: LogLoadOrder = { url: server.url, credentials: server.credentials, group: GROUP, streams: STREAMS, connections: 8, warmUpSeconds: 3, seconds: options.seconds }
      load.send(order)
      await said<'warm'>()
      await atRest(server.pid, 5)
      const before = cpuSeconds(server.pid)
      load.send('go')
      const report = await said<LogLoadReport>()
      failed.catch(() => undefined)
      const { resident } = memoryOf(server.pid)
      await atRest(server.pid)
      const perCpuSecond = report.events / (cpuSeconds(server.pid) - before)
      const times: number[] = []
      for (let search = 0; search < SEARCHES; search++) {
        const begun = performance.now()
        const { events } = await client.send(new FilterLogEventsCommand({ logGroupName: GROUP, filterPattern: `"${report.requestId}"` }))
        times.push(performance.now() - begun)
        if ((events?.length ?? 0) === 0) throw new Error('the event that was looked for is not there')
      }
      client.destroy()
      return [
        atLeast(0.15, 'M events/CPU-s', 'PutLogEvents, JSON + gzip, 1,000 lines of 300 bytes', perCpuSecond / 1e6),
        atMost(100, 'ms', 'PutLogEvents, JSON + gzip: acknowledgement p99', report.p99),
        shown('ms', 'PutLogEvents, JSON + gzip: acknowledgement p50', report.p50),
        shown('M events/s', 'PutLogEvents, JSON + gzip: wall, load on the same cores', report.events / report.seconds / 1e6),
        shown('bytes', 'PutLogEvents, JSON + gzip: an event on the wire', report.bytesPerEvent),
        shown('MiB', 'PutLogEvents, JSON + gzip: resident under load', resident),
        shown('ms', 'FilterLogEvents for one request id in what was sent', median(times)),
      ]
    } finally {
      await server.stop()
    }
  },
}
