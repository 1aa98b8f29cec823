import { request } from 'node:http'
import { join } from 'node:path'
import { LANE_HEADER, LANE_SETTINGS } from '../../server/src/store/telemetry/lane.ts'
import { AwsCaller } from './aws-caller.ts'
import { atMost, quantile, shown, type Benchmark } from './benchmark.ts'
import { atRest } from './process-cost.ts'
import { startServer } from './server-under-test.ts'

const NAMESPACE = 'Bench/Fleet'
const SERIES = 10_000
const DATUMS = 1000
const HOURS_3 = 180
/** The filling begins in one minute and ends in a later one, whose values must be there as well. */
const AHEAD = 4
const QUERIES = 400
const SLOW_SECONDS = 15
/** Far enough back that memory holds none of it. */
const FIVE_HOURS_MILLIS = 300 * 60_000

/** One series over three hours at a minute, with 10,000 series of three hours loaded: in memory, below it, and beside a slow query. */
export const getMetricData: Benchmark = {
  name: 'get-metric-data',
  async run(options) {
    const server = await startServer(options)
    const caller = new AwsCaller(server)
    const ask = async (series: number, end: number): Promise<number> => {
      const sent = performance.now()
      const { MetricDataResults } = await caller.cloudWatch<{ readonly MetricDataResults: readonly { readonly Values: readonly number[] }[] }>('GetMetricData', {
        StartTime: (end - HOURS_3 * 60_000) / 1000,
        EndTime: end / 1000,
        MetricDataQueries: [{ Id: 'a', MetricStat: { Metric: { Namespace: NAMESPACE, ...metric(series) }, Period: 60, Stat: 'Average' } }],
      })
      const took = performance.now() - sent
      const count = MetricDataResults[0]?.Values.length
      if (count !== HOURS_3) throw new Error(`${count} values of ${HOURS_3}`)
      return took
    }
    /** One after another; each asks for another series. */
    const askMany = async (end: () => number): Promise<readonly number[]> => {
      const taken: number[] = []
      for (let query = 0; query < QUERIES; query++) taken.push(await ask((query * 17) % SERIES, end()))
      return taken
    }
    try {
      const minute = Math.floor(Date.now() / 60_000) * 60_000
      await fill(caller, minute + AHEAD * 60_000, HOURS_3 + AHEAD)
      await fill(caller, minute - FIVE_HOURS_MILLIS, HOURS_3)
      await atRest(server.pid)

      // As a dashboard asks: the three hours before now.
      const now = (): number => Math.floor(Date.now() / 60_000) * 60_000
      const fiveHoursAgo = (): number => minute - FIVE_HOURS_MILLIS
      await askMany(now)
      const recent = await askMany(now)
      await askMany(fiveHoursAgo)
      const stored = await askMany(fiveHoursAgo)
      const slow = occupySlowLane(server.folder)
      const beside: number[] = []
      while (!slow.done()) beside.push(await ask((beside.length * 17) % SERIES, fiveHoursAgo()))
      const slowSeconds = await slow.finished
      return [
        atMost(6, 'ms', 'GetMetricData, 1 series × 3 h at 60 s: p50', quantile(recent, 0.5)),
        shown('ms', 'GetMetricData, 1 series × 3 h at 60 s: p99', quantile(recent, 0.99)),
        shown('ms', 'the same, of five hours ago (from the store): p50', quantile(stored, 0.5)),
        atMost(50, 'ms', `the same, beside a query of ${slowSeconds.toFixed(0)} s: p99`, quantile(beside, 0.99)),
        shown('ms', 'the same, beside a slow query: p50', quantile(beside, 0.5)),
      ]
    } finally {
      caller.close()
      await server.stop()
    }
  },
}

const metric = (series: number): object => ({
  MetricName: 'RequestLatency', Dimensions: [{ Name: 'Service', Value: `checkout-${series % 100}` }, { Name: 'Host', Value: `ip-10-0-${series >> 8}-${series & 255}` }],
})

/** Every series with a value a minute for some minutes before `end`. */
const fill = async (caller: AwsCaller, end: number, minutes: number): Promise<void> => {
  for (let back = 1; back <= minutes; back++) {
    const at = (end - back * 60_000) / 1000
    const requests: Promise<unknown>[] = []
    for (let from = 0; from < SERIES; from += DATUMS) {
      const data = Array.from({ length: DATUMS }, (_, row) => ({ ...metric(from + row), Timestamp: at, Value: Math.round(Math.random() * 1e4) / 100 }))
      requests.push(caller.cloudWatch('PutMetricData', { Namespace: NAMESPACE, MetricData: data }))
    }
    await Promise.all(requests)
  }
}

/** A statement that keeps the slow lane's threads busy, put to the engine as the server would. */
const occupySlowLane = (folder: string): { done(): boolean; readonly finished: Promise<number> } => {
  const begun = performance.now()
  const limits = { ...LANE_SETTINGS.slow, max_execution_time: String(SLOW_SECONDS), timeout_overflow_mode: 'break' }
  let done = false
  const finished = new Promise<number>((resolve, reject) => {
    const sending = request(
      {
        socketPath: join(folder, 'telemetry/engine.sock'),
        method: 'POST',
        path: `/?${new URLSearchParams(limits).toString()}`,
        headers: { [LANE_HEADER]: 'slow' },
      },
      answer => {
        answer.resume()
        answer.on('end', () => {
          done = true
          if (answer.statusCode === 200) resolve((performance.now() - begun) / 1000)
          else reject(new Error(`the slow query was answered ${answer.statusCode}`))
        })
      },
    )
    sending.on('error', reject)
    sending.end('SELECT max(cityHash64(number)) FROM numbers_mt(1000000000000)')
  })
  return { done: () => done, finished }
}
