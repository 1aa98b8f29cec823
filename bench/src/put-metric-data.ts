import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { atLeast, atMost, shown, type Benchmark, type BenchmarkOptions } from './benchmark.ts'
import { atRest, cpuSeconds, memoryOf } from './process-cost.ts'
import type { WireForm } from './put-metric-data-bodies.ts'
import type { LoadOrder, LoadReport } from './put-metric-data-load.ts'
import { startServer, type ServerUnderTest } from './server-under-test.ts'

const LOAD = join(import.meta.dirname, 'put-metric-data-load.ts')
const SERIES = 10_000
const CONNECTIONS = 8
/** The API's limit. */
const DATUMS = 1000
const WARM_UP_SECONDS = 4

interface PutFigures {
  readonly report: LoadReport
  /** Millions of datapoints a second of the server's processor time, its child's included. */
  readonly perCpuSecond: number
  readonly residentMebibytes: number
}

/** Loads a running server and measures what that cost it, the writing and merging behind the answers included. */
const measurePuts = async (server: ServerUnderTest, form: WireForm, seconds: number, datums = DATUMS, series = SERIES): Promise<PutFigures> => {
  const load = fork(LOAD, { env: { ...process.env, UV_THREADPOOL_SIZE: '8' } })
  const failed = once(load, 'exit').then(() => {
    throw new Error('the load process gave up')
  })
  const said = async <Message>(): Promise<Message> => (await Promise.race([once(load, 'message'), failed]))[0] as Message
  const order: LoadOrder = { url: server.url, credentials: server.credentials, form, series, datums, connections: CONNECTIONS, warmUpSeconds: WARM_UP_SECONDS, seconds }
  load.send(order)
  await said<'warm'>()
  await atRest(server.pid, 5)
  const before = cpuSeconds(server.pid)
  load.send('go')
  const report = await said<LoadReport>()
  failed.catch(() => undefined)
  const { resident } = memoryOf(server.pid)
  await atRest(server.pid)
  return { report, perCpuSecond: report.datums / (cpuSeconds(server.pid) - before) / 1e6, residentMebibytes: resident }
}

const onFreshServer = async (options: BenchmarkOptions, form: WireForm, datums = DATUMS): Promise<PutFigures> => {
  const server = await startServer(options)
  try {
    return await measurePuts(server, form, options.seconds, datums)
  } finally {
    await server.stop()
  }
}

export const putMetricDataJson: Benchmark = {
  name: 'put-metric-data-json',
  async run(options) {
    const { report, perCpuSecond, residentMebibytes } = await onFreshServer(options, 'json')
    return [
      atLeast(0.4, 'M datapoints/CPU-s', 'PutMetricData, JSON + gzip', perCpuSecond),
      atMost(50, 'ms', 'PutMetricData, JSON + gzip: acknowledgement p99', report.p99),
      shown('ms', 'PutMetricData, JSON + gzip: acknowledgement p50', report.p50),
      shown('M datapoints/s', 'PutMetricData, JSON + gzip: wall, load on the same cores', report.datums / report.seconds / 1e6),
      shown('bytes', 'PutMetricData, JSON + gzip: a datapoint on the wire', report.bytesPerDatum),
      shown('MiB', 'PutMetricData, JSON + gzip: resident under load', residentMebibytes),
    ]
  },
}

export const putMetricDataCbor: Benchmark = {
  name: 'put-metric-data-cbor',
  async run(options) {
    const deflated = await onFreshServer(options, 'cbor')
    const plain = await onFreshServer(options, 'cbor-plain')
    return [
      atLeast(0.5, 'M datapoints/CPU-s', 'PutMetricData, CBOR + gzip, as SDKs send it', deflated.perCpuSecond),
      atMost(50, 'ms', 'PutMetricData, CBOR + gzip: acknowledgement p99', deflated.report.p99),
      shown('M datapoints/CPU-s', 'PutMetricData, CBOR without gzip', plain.perCpuSecond),
      shown('ms', 'PutMetricData, CBOR without gzip: acknowledgement p99', plain.report.p99),
    ]
  },
}

export const putMetricDataQuery: Benchmark = {
  name: 'put-metric-data-query',
  async run(options) {
    const full = await onFreshServer(options, 'query')
    const small = await onFreshServer(options, 'query', DATUMS / 10)
    return [
      atLeast(0.1, 'M datapoints/CPU-s', 'PutMetricData, query', full.perCpuSecond),
      // A form whose members were looked up again and again would cost ten times as much.
      atMost(1.5, '×', 'PutMetricData, query: a datapoint of 1000 in a request against one of 100', small.perCpuSecond / full.perCpuSecond),
    ]
  },
}

const line = (form: WireForm, { report, perCpuSecond, residentMebibytes }: PutFigures): string =>
  `PutMetricData ${form.padEnd(10)}  ${perCpuSecond.toFixed(3)} M datapoints/CPU-s   ${(report.datums / report.seconds / 1e6).toFixed(3)} M/s wall   ` +
  `ack p50 ${report.p50.toFixed(1)} ms  p99 ${report.p99.toFixed(1)} ms   ${residentMebibytes.toFixed(0)} MiB resident`

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      form: { type: 'string', multiple: true, default: ['json', 'cbor', 'cbor-plain', 'query'] },
      seconds: { type: 'string', default: '12' },
      series: { type: 'string', default: String(SERIES) },
      datums: { type: 'string', default: String(DATUMS) },
      entry: { type: 'string' },
    },
  })
  const server = await startServer({ entry: values.entry })
  try {
    for (const form of values.form as WireForm[]) {
      console.log(line(form, await measurePuts(server, form, Number(values.seconds), Number(values.datums), Number(values.series))))
    }
  } finally {
    await server.stop()
  }
}
