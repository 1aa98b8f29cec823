import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { quantile } from '../benchmark.ts'
import { DAY, FIVE_MINUTES, hostOf, ROUNDS, SERIES, serviceOf, STORED, WIDE } from '../fleet.ts'
import { EVERY_SECONDS, gauges } from '../gauges.ts'
import { atRest } from '../process-cost.ts'
import { freePort } from '../server-under-test.ts'
import { onPath, startPeer, type Peer } from './peer.ts'
import { labels, remoteWrite } from './remote-write.ts'
import { itemsPerCpuSecond, send, type Parcel } from './sending.ts'

/** A program that takes Prometheus's remote write and answers its queries. */
interface TimeSeriesDatabase {
  readonly name: string
  readonly program: string
  readonly args: (folder: string, address: string) => readonly string[]
  readonly readyPath: string
}

const prometheus: TimeSeriesDatabase = {
  name: 'Prometheus',
  program: 'prometheus',
  args: (folder, address) => {
    const config = join(folder, 'prometheus.yml')
    writeFileSync(config, '')
    return [`--config.file=${config}`, `--storage.tsdb.path=${join(folder, 'data')}`, `--web.listen-address=${address}`, '--web.enable-remote-write-receiver', '--log.level=error']
  },
  readyPath: '/-/ready',
}

const victoriaMetrics: TimeSeriesDatabase = {
  name: 'VictoriaMetrics',
  program: 'victoria-metrics',
  args: (folder, address) => [`-storageDataPath=${join(folder, 'data')}`, `-httpListenAddr=${address}`, '-search.latencyOffset=0s', '-search.disableCache', '-loggerLevel=ERROR'],
  readyPath: '/health',
}

const A_REQUEST = 1250
/** About what Prometheus takes; a faster one has all before its time is up. */
const PREPARED_PER_SECOND = 500_000

const remoteWriting = (database: TimeSeriesDatabase): Peer => ({
  name: `${database.name}, remote write`,
  program: database.program,
  async measure({ seconds }) {
    const folder = mkdtempSync(join(tmpdir(), 'tocsin-bench-'))
    try {
      const parcels = preparedSteps(seconds)
      return await onDatabase(database, folder, async (url, pid) => ({ 'M datapoints/CPU-s': (await itemsPerCpuSecond(url, pid, parcels, seconds)) / 1e6 }))
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  },
})

/** One datapoint of each series after the other, 15 seconds apart, from some hours ago on. */
const preparedSteps = (seconds: number): readonly Parcel[] => {
  const steps = Math.ceil((seconds * PREPARED_PER_SECOND) / SERIES)
  const start = Date.now() - steps * EVERY_SECONDS * 1000
  const named = fleet('RequestLatency', SERIES)
  return Array.from({ length: (steps * SERIES) / A_REQUEST }, (_, request) => {
    const first = (request * A_REQUEST) % SERIES
    const times = [start + Math.floor((request * A_REQUEST) / SERIES) * EVERY_SECONDS * 1000]
    return remoteWrite(named.slice(first, first + A_REQUEST).map(one => ({ labels: one, values: [Math.round(Math.random() * 1e4) / 100], times })))
  })
}

const queries = (database: TimeSeriesDatabase): Peer => ({
  name: `${database.name}, queries`,
  program: database.program,
  async measure({ data }) {
    const folder = data === undefined ? mkdtempSync(join(tmpdir(), 'tocsin-bench-')) : join(data, 'peers', database.program)
    mkdirSync(folder, { recursive: true })
    try {
      return await onDatabase(database, folder, async (url, pid) => {
        const end = keptDay(folder) ?? (await storeDay(folder, url))
        await atRest(pid, 60)
        return ask(url, pid, end)
      })
    } finally {
      if (data === undefined) rmSync(folder, { recursive: true, force: true })
    }
  },
})

const NOTE = 'bench-day.json'

const keptDay = (folder: string): number | undefined => {
  const note = join(folder, NOTE)
  return existsSync(note) ? (JSON.parse(readFileSync(note, 'utf8')) as { readonly end: number }).end : undefined
}

/** The same day that our store gets; answers its end, epoch seconds. */
const storeDay = async (folder: string, url: string): Promise<number> => {
  const end = Math.floor(Date.now() / 1000 / FIVE_MINUTES) * FIVE_MINUTES
  const named = fleet('RequestLatency', STORED)
  for (let from = end - DAY; from < end; from += FIVE_MINUTES) await send(url, windows(named, from))
  writeFileSync(join(folder, NOTE), JSON.stringify({ end }))
  return end
}

/** Five minutes of all series, in four requests. */
const windows = (named: readonly Buffer[], from: number): readonly Parcel[] => {
  const { seconds, value } = gauges(BigUint64Array.from(named, (_, place) => BigInt(place)), from, FIVE_MINUTES, 1)
  const times = Float64Array.from(seconds, second => second * 1000)
  const points = FIVE_MINUTES / EVERY_SECONDS
  const samples = named.map((one, place) => ({
    labels: one, values: value.subarray(place * points, (place + 1) * points), times: times.subarray(place * points, (place + 1) * points),
  }))
  const share = named.length / 4
  return [0, 1, 2, 3].map(part => remoteWrite(samples.slice(part * share, (part + 1) * share)))
}

/** p50 in milliseconds, over HTTP, with the answer's JSON parsed. */
const ask = async (url: string, pid: number, end: number): Promise<Readonly<Record<string, number>>> => {
  const range = { start: String(end - DAY + FIVE_MINUTES), end: String(end), step: String(FIVE_MINUTES) }
  const rack = (round: number): string => `RequestLatency{rack="${round % (STORED / WIDE)}"}`
  const wide = (write: (series: string) => string) => p50(round => question(url, 'query_range', { ...range, query: write(rack(round)) }, WIDE, DAY / FIVE_MINUTES))
  const average = await wide(series => `avg_over_time(${series}[5m])`)
  const p95 = await wide(series => `quantile_over_time(0.95, ${series}[5m])`)

  const recent = Math.floor(Date.now() / 1000)
  const name = `RequestLatency${recent}`
  await send(url, windows(fleet(name, SERIES), recent - FIVE_MINUTES))
  await atRest(pid, 5)
  const latest = await p50(() => question(url, 'query', { query: name, time: String(recent) }, SERIES))
  const top = { start: String(recent - FIVE_MINUTES + 60), end: String(recent), step: '60', query: `topk(10, max_over_time(${name}[1m]))` }
  return {
    '100 series × 24 h, average': average,
    '100 series × 24 h, p95': p95,
    'latest of 10,000 series': latest,
    'the ten highest of 10,000 series': await p50(() => question(url, 'query_range', top)),
  }
}

/** Of the second time round: the first warms up, as in ours. */
const p50 = async (one: (round: number) => Promise<number>): Promise<number> => {
  for (let round = 0; round < ROUNDS; round++) await one(round)
  const taken: number[] = []
  for (let round = 0; round < ROUNDS; round++) taken.push(await one(round))
  return quantile(taken, 0.5)
}

interface QueryAnswer {
  readonly data: { readonly result: readonly { readonly values?: readonly unknown[] }[] }
}

const question = async (url: string, kind: string, parameters: Readonly<Record<string, string>>, series?: number, points?: number): Promise<number> => {
  const begun = performance.now()
  const answer = await fetch(`${url}/api/v1/${kind}?${new URLSearchParams(parameters).toString()}`)
  const text = await answer.text()
  if (!answer.ok) throw new Error(`${parameters['query']}: ${answer.status} ${text.slice(0, 300)}`)
  const { result } = (JSON.parse(text) as QueryAnswer).data
  const took = performance.now() - begun
  const whole = result.length === (series ?? result.length) && result.length > 0 && result.every(({ values }) => points === undefined || values?.length === points)
  if (!whole) throw new Error(`${parameters['query']}: an unexpected answer of ${result.length} series: ${text.slice(0, 300)}`)
  return took
}

/** A rack holds as many series as a wall has graphs. */
const fleet = (name: string, series: number): readonly Buffer[] =>
  Array.from({ length: series }, (_, place) => labels([
    ['__name__', name], ['host', hostOf(place)], ['rack', String(place % (STORED / WIDE))], ['service', serviceOf(place)],
  ]))

const onDatabase = async <Result>(database: TimeSeriesDatabase, folder: string, use: (url: string, pid: number) => Promise<Result>): Promise<Result> => {
  const address = `127.0.0.1:${await freePort()}`
  const running = await startPeer(onPath(database.program)!, database.args(folder, address), `http://${address}${database.readyPath}`)
  try {
    return await use(`http://${address}`, running.pid)
  } finally {
    await running.stop()
  }
}

export const prometheusRemoteWrite = remoteWriting(prometheus)
export const prometheusQueries = queries(prometheus)
export const victoriaMetricsRemoteWrite = remoteWriting(victoriaMetrics)
export const victoriaMetricsQueries = queries(victoriaMetrics)
