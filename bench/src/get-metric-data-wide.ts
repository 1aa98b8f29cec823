import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { epochSeconds } from '../../server/src/base/time.ts'
import type { MetricIdentity } from '../../server/src/model/metric.ts'
import { AwsCaller } from './aws-caller.ts'
import { atMost, quantile, shown, type Benchmark } from './benchmark.ts'
import { DAY, FIVE_MINUTES, hostOf, ROUNDS, SERIES, serviceOf, STORED, WIDE } from './fleet.ts'
import { atRest } from './process-cost.ts'
import { startServer } from './server-under-test.ts'
import { storeDay } from './stored-day.ts'

const NAMESPACE = 'Bench/Fleet'
const DATUMS = 1000

interface Result {
  readonly Label: string
  readonly Values: readonly number[]
}

/** A wall of graphs: a hundred series over a day, and ten thousand over the last five minutes. */
export const getMetricDataWide: Benchmark = {
  name: 'get-metric-data-wide',
  async run(options) {
    const folder = mkdtempSync(join(tmpdir(), 'tocsin-bench-'))
    const end = Math.floor(Date.now() / 1000 / FIVE_MINUTES) * FIVE_MINUTES
    await storeDay(folder, Array.from({ length: STORED }, (_, series) => metric(series)), epochSeconds(end))
    const server = await startServer({ ...options, folder })
    const caller = new AwsCaller(server)
    const ask = async (start: number, until: number, queries: readonly object[], check: (results: readonly Result[]) => boolean): Promise<number> => {
      const sent = performance.now()
      const { MetricDataResults } = await caller.cloudWatch<{ readonly MetricDataResults: readonly Result[] }>('GetMetricData', {
        StartTime: start, EndTime: until, MetricDataQueries: queries,
      })
      const took = performance.now() - sent
      if (!check(MetricDataResults)) throw new Error(`an unexpected answer: ${JSON.stringify(MetricDataResults).slice(0, 300)}`)
      return took
    }
    /** Each round asks for another hundred of the stored series. */
    const askWide = (statistic: string, round: number): Promise<number> => {
      const queries = Array.from({ length: WIDE }, (_, row) => ({
        Id: `m${row}`,
        MetricStat: { Metric: asked(metric((round * WIDE + row * 7) % STORED)), Period: FIVE_MINUTES, Stat: statistic },
      }))
      return ask(end - DAY, end, queries, results => results.length === WIDE && results.every(({ Values }) => Values.length === DAY / FIVE_MINUTES))
    }
    const askMany = async (statistic: string): Promise<readonly number[]> => {
      const taken: number[] = []
      for (let round = 0; round < ROUNDS; round++) taken.push(await askWide(statistic, round))
      return taken
    }
    const askAll = (from: number): Promise<number> => {
      const Expression = 'SELECT MAX(RequestLatency) FROM SCHEMA("Bench/Fleet", Host, Service) GROUP BY Host ORDER BY MAX() DESC LIMIT 10'
      return ask(from, from + FIVE_MINUTES, [{ Id: 'top', Expression, Period: 60 }], results => results.length === 10 && results.every(({ Values }) => Values.length === 5))
    }
    try {
      await atRest(server.pid, 8)
      const cold = await askWide('Average', 0)
      await askMany('Average')
      const average = await askMany('Average')
      await askMany('p95')
      const p95 = await askMany('p95')

      const recent = Math.floor(Date.now() / 60_000) * 60
      for (let minute = recent; minute < recent + FIVE_MINUTES; minute += 60) await putMinute(caller, minute)
      await askAll(recent)
      const latest: number[] = []
      for (let round = 0; round < ROUNDS; round++) latest.push(await askAll(recent))
      return [
        shown('ms', 'GetMetricData, 100 series × 24 h at 300 s, Average: first after a start', cold),
        atMost(60, 'ms', 'GetMetricData, 100 series × 24 h at 300 s, Average: p50', quantile(average, 0.5)),
        shown('ms', 'GetMetricData, 100 series × 24 h at 300 s, Average: p95', quantile(average, 0.95)),
        atMost(110, 'ms', 'GetMetricData, 100 series × 24 h at 300 s, p95: p50', quantile(p95, 0.5)),
        shown('ms', 'GetMetricData, 100 series × 24 h at 300 s, p95: p95', quantile(p95, 0.95)),
        atMost(50, 'ms', 'GetMetricData, the ten highest of 10,000 series over five minutes: p50', quantile(latest, 0.5)),
        shown('ms', 'GetMetricData, the ten highest of 10,000 series over five minutes: p95', quantile(latest, 0.95)),
      ]
    } finally {
      caller.close()
      await server.stop()
      rmSync(folder, { recursive: true, force: true })
    }
  },
}

const metric = (series: number): MetricIdentity => ({
  namespace: NAMESPACE,
  name: 'RequestLatency',
  dimensions: [{ name: 'Host', value: hostOf(series) }, { name: 'Service', value: serviceOf(series) }],
})

/** As the API has it. */
const asked = ({ namespace, name, dimensions }: MetricIdentity): object =>
  ({ Namespace: namespace, MetricName: name, Dimensions: dimensions.map(dimension => ({ Name: dimension.name, Value: dimension.value })) })

const putMinute = async (caller: AwsCaller, at: number): Promise<void> => {
  for (let from = 0; from < SERIES; from += DATUMS) {
    const data = Array.from({ length: DATUMS }, (_, row) => ({ ...asked(metric(from + row)), Namespace: undefined, Timestamp: at, Value: Math.round(Math.random() * 1e4) / 100 }))
    await caller.cloudWatch('PutMetricData', { Namespace: NAMESPACE, MetricData: data })
  }
}
