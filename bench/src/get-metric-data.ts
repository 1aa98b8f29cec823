import { request } from 'node:http'
import { join } from 'node:path'
import { AwsCaller } from './aws-caller.ts'
import { atMost, quantile, shown, type Benchmark, type Figure } from './benchmark.ts'
import { atRest } from './process-cost.ts'
import { startServer } from './server-under-test.ts'

const SERIES = 10_000
const DATUMS = 1000
const HOURS_3 = 180
const QUERIES = 400
const SLOW_SECONDS = 15

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
        MetricDataQueries: [{ Id: 'a', MetricStat: { Metric: metric(series), Period: 60, Stat: 'Average' } }],
      })
      const took = performance.now() - sent
      const count = MetricDataResults[0]?.Values.length
      if (count !== HOURS_3) throw new Error(`${count} values of ${HOURS_3}`)
      return took
    }
    /** One after another; each asks for another series. */
    const askMany = async (end: number): Promise<readonly number[]> => {
      const taken: number[] = []
      for (let query = 0; query < QUERIES; query++) taken.push(await ask((query * 17) % SERIES, end))
      return taken
    }
    try {
      const minute = Math.floor(Date.now() / 60_000) * 60_000
      const fiveHoursAgo = minute - 300 * 60_000
      await fill(caller, SERIES, minute)
      // Only the series that are asked for: what is beyond memory is read by series.
      await fill(caller, SERIES, fiveHoursAgo)
      await atRest(server.pid)

      await askMany(minute)
      const recent = await askMany(minute)
      const stored = await askMany(fiveHoursAgo)
      const slow = occupySlowLane(server.folder)
      const beside: number[] = []
      while (!slow.done()) beside.push(await ask((beside.length * 17) % SERIES, fiveHoursAgo))
      const slowSeconds = await slow.finished
      return [
        atMost(6, 'ms', 'GetMetricData, 1 series × 3 h at 60 s: p50', quantile(recent, 0.5)),
        ...spread('GetMetricData, 1 series × 3 h at 60 s', recent),
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

const spread = (name: string, taken: readonly number[]): readonly Figure[] => [shown('ms', `${name}: p99`, quantile(taken, 0.99))]

const metric = (series: number): object => ({
  Namespace: 'Bench', MetricName: 'RequestLatency', Dimensions: [{ Name: 'Service', Value: `checkout-${series % 100}` }, { Name: 'Host', Value: `ip-10-0-${series >> 8}-${series & 255}` }],
})

/** Every series with a value a minute for the three hours before `end`. */
const fill = async (caller: AwsCaller, series: number, end: number): Promise<void> => {
  for (let back = 1; back <= HOURS_3; back++) {
    const at = (end - back * 60_000) / 1000
    const requests: Promise<unknown>[] = []
    for (let from = 0; from < series; from += DATUMS) {
      const data = Array.from({ length: DATUMS }, (_, row) => {
        const { MetricName, Dimensions } = metric(from + row) as { MetricName: string; Dimensions: object }
        return { MetricName, Dimensions, Timestamp: at, Value: Math.round(Math.random() * 1e4) / 100 }
      })
      requests.push(caller.cloudWatch('PutMetricData', { Namespace: 'Bench', MetricData: data }))
    }
    await Promise.all(requests)
  }
}

/** A statement that keeps both threads of the slow lane busy, put to the engine as the server would. */
const occupySlowLane = (folder: string): { done(): boolean; readonly finished: Promise<number> } => {
  const begun = performance.now()
  const limits = { max_threads: '2', max_execution_time: String(SLOW_SECONDS), timeout_overflow_mode: 'break' }
  let done = false
  const finished = new Promise<number>((resolve, reject) => {
    const sending = request(
      {
        socketPath: join(folder, 'telemetry/engine.sock'),
        method: 'POST',
        path: `/?${new URLSearchParams(limits).toString()}`,
        headers: { 'x-tocsin-lane': 'slow' },
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
