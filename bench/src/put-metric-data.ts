import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'
import { parseArgs } from 'node:util'
import { cpuSeconds, residentMebibytes } from './process-cpu.ts'
import type { WireForm } from './put-metric-data-bodies.ts'
import type { LoadOrder, LoadReport } from './put-metric-data-load.ts'
import { startServer, type ServerUnderTest } from './server-under-test.ts'

const LOAD = join(import.meta.dirname, 'put-metric-data-load.ts')

export interface PutFigures {
  readonly form: WireForm
  /** Millions of datapoints a second of the server's CPU time (its child's included), and a second of wall time. */
  readonly perCpuSecond: number
  readonly perSecond: number
  readonly p50: number
  readonly p99: number
  readonly residentMebibytes: number
}

/** Loads a running server with signed PutMetricData requests and measures what they cost it, the writing behind the answer included. */
export const measurePuts = async (server: ServerUnderTest, form: WireForm, seconds: number, series = 10_000, connections = 8): Promise<PutFigures> => {
  const order: LoadOrder = { url: server.url, credentials: server.credentials, form, series, connections, seconds }
  await run({ ...order, seconds: 3 })
  const before = cpuSeconds(server.pid)
  const report = await run(order)
  // The last block is written about a second after its first row; merges go on for a while.
  await delay(2_500)
  const cpu = cpuSeconds(server.pid) - before
  if (report.failures > 0) throw new Error(`${report.failures} requests failed: ${report.firstFailure}`)
  return {
    form,
    perCpuSecond: report.datums / cpu / 1e6,
    perSecond: report.datums / report.seconds / 1e6,
    p50: report.p50,
    p99: report.p99,
    residentMebibytes: residentMebibytes(server.pid),
  }
}

const run = async (order: LoadOrder): Promise<LoadReport> => {
  const { stdout } = await promisify(execFile)(process.execPath, [LOAD, JSON.stringify(order)])
  return JSON.parse(stdout) as LoadReport
}

export const putLine = ({ form, perCpuSecond, perSecond, p50, p99, residentMebibytes: resident }: PutFigures): string =>
  `PutMetricData ${form.padEnd(5)}  ${perCpuSecond.toFixed(3)} M datapoints/CPU-s   ${perSecond.toFixed(3)} M/s wall   ` +
  `ack p50 ${p50.toFixed(1)} ms  p99 ${p99.toFixed(1)} ms   ${resident.toFixed(0)} MiB resident`

if (import.meta.main) {
  const { values } = parseArgs({
    options: { form: { type: 'string', multiple: true, default: ['json', 'cbor', 'query'] }, seconds: { type: 'string', default: '12' }, entry: { type: 'string' }, series: { type: 'string', default: '10000' } },
  })
  const server = await startServer(values.entry)
  try {
    for (const form of values.form as WireForm[]) console.log(putLine(await measurePuts(server, form, Number(values.seconds), Number(values.series))))
  } finally {
    await server.stop()
  }
}
