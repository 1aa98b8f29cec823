import { median, type Benchmark, type BenchmarkOptions, type Figure } from '../benchmark.ts'
import { getMetricDataWide } from '../get-metric-data-wide.ts'
import { insights } from '../insights.ts'
import { putLogEvents } from '../put-log-events.ts'
import { putMetricDataCbor, putMetricDataJson } from '../put-metric-data.ts'
import { jq } from './jq.ts'
import { motoPutLogEvents, motoPutMetricData } from './moto.ts'
import { nodeYardstick } from './node-yardstick.ts'
import { onPath, type Peer } from './peer.ts'
import { ripgrep } from './ripgrep.ts'
import { prometheusQueries, prometheusRemoteWrite, victoriaMetricsQueries, victoriaMetricsRemoteWrite } from './time-series-database.ts'

interface Against {
  /** One of the benchmark's figures. */
  readonly ours: string
  readonly peer: Peer
  /** One of the peer's figures. */
  readonly theirs: string
  /** What the peer's figure was when the goal was set. */
  readonly atFirst: number
}

interface Comparison {
  readonly benchmark: Benchmark
  readonly against: readonly Against[]
}

const PUTS: readonly Omit<Against, 'ours'>[] = [
  { peer: prometheusRemoteWrite, theirs: 'M datapoints/CPU-s', atFirst: 0.4 },
  { peer: motoPutMetricData, theirs: 'M datapoints/CPU-s', atFirst: 0.0258 },
  { peer: victoriaMetricsRemoteWrite, theirs: 'M datapoints/CPU-s', atFirst: 1.23 },
  { peer: nodeYardstick, theirs: 'JSON.parse', atFirst: 1.02 },
  { peer: nodeYardstick, theirs: 'gunzip', atFirst: 5.2 },
]
const AVERAGE = 'GetMetricData, 100 series × 24 h at 300 s, Average: p50'
const P95 = 'GetMetricData, 100 series × 24 h at 300 s, p95: p50'
const HIGHEST = 'GetMetricData, the ten highest of 10,000 series over five minutes: p50'

const COMPARISONS: readonly Comparison[] = [
  { benchmark: putMetricDataJson, against: PUTS.map(put => ({ ...put, ours: 'PutMetricData, JSON + gzip' })) },
  { benchmark: putMetricDataCbor, against: PUTS.map(put => ({ ...put, ours: 'PutMetricData, CBOR + gzip, as SDKs send it' })) },
  { benchmark: putLogEvents, against: [{ ours: 'PutLogEvents, JSON + gzip, 1,000 lines of 300 bytes', peer: motoPutLogEvents, theirs: 'M events/CPU-s', atFirst: 0.0916 }] },
  {
    benchmark: getMetricDataWide,
    against: [
      { ours: AVERAGE, peer: prometheusQueries, theirs: '100 series × 24 h, average', atFirst: 42.7 },
      { ours: P95, peer: prometheusQueries, theirs: '100 series × 24 h, p95', atFirst: 79 },
      { ours: HIGHEST, peer: prometheusQueries, theirs: 'latest of 10,000 series', atFirst: 63 },
      { ours: AVERAGE, peer: victoriaMetricsQueries, theirs: '100 series × 24 h, average', atFirst: 18.1 },
      { ours: P95, peer: victoriaMetricsQueries, theirs: '100 series × 24 h, p95', atFirst: 37.9 },
      { ours: HIGHEST, peer: victoriaMetricsQueries, theirs: 'latest of 10,000 series', atFirst: 88 },
    ],
  },
  {
    benchmark: insights,
    against: [
      { ours: 'one request id of ten million events: p50', peer: ripgrep, theirs: 'one request id', atFirst: 288 },
      { ours: 'a request id anywhere in the line: p50', peer: ripgrep, theirs: 'one request id', atFirst: 288 },
      { ours: 'filter and aggregate on a discovered field: p50', peer: jq, theirs: 'filter and aggregate, × 100', atFirst: 45_400 },
      { ours: 'pattern over the whole line, count by stream: p50', peer: ripgrep, theirs: 'pattern, count by stream', atFirst: 560 },
    ],
  },
]

/**
 * Measures peers and the product in turns, so that both meet the machine as it is at that hour, and prints how many times as good as
 * its peer the product is beside how many times its goal asked for when it was set. Answers how many of these are missed.
 */
export const compareWithPeers = async (names: readonly string[], turns: number, options: BenchmarkOptions): Promise<number> => {
  const rows: string[] = []
  let missed = 0
  for (const { benchmark, against } of COMPARISONS) {
    if (names.length > 0 && !names.includes(benchmark.name)) continue
    const { ours, theirs } = await takeTurns(benchmark, [...new Set(against.map(({ peer }) => peer))], turns, options)
    for (const one of against) {
      const name = `${one.ours}, against ${one.peer.name}: ${one.theirs}`
      const peerNow = theirs(one.peer, one.theirs)
      if (peerNow === undefined) {
        rows.push(`${name.padEnd(140)} not installed`)
        continue
      }
      const figure = ours(one.ours)
      const times = timesAsGood(figure.want, figure.measured, peerNow)
      const asked = timesAsGood(figure.want, figure.goal!, one.atFirst)
      if (times < asked) missed++
      const cells = [figure.measured, peerNow, times, asked].map(value => value.toPrecision(3).padStart(8))
      rows.push(`${name.padEnd(140)} ${cells.join(' ')}${times < asked ? '  MISSED' : ''}`)
    }
  }
  console.log(`${'figure'.padEnd(140)} ${['ours', 'peer', 'ratio', 'goal'].map(title => title.padStart(8)).join(' ')}`)
  for (const row of rows) console.log(row)
  return missed
}

/** More is better, for rates and for times. */
const timesAsGood = (want: Figure['want'], ours: number, theirs: number): number => (want === 'at least' ? ours / theirs : theirs / ours)

/** Medians of the turns. */
const takeTurns = async (benchmark: Benchmark, peers: readonly Peer[], turns: number, options: BenchmarkOptions) => {
  const figures: Figure[] = []
  const peerFigures = new Map<string, number[]>()
  const installed = peers.filter(({ program }) => onPath(program) !== undefined)
  for (let turn = 1; turn <= turns; turn++) {
    for (const peer of installed) {
      for (const [name, value] of Object.entries(await peer.measure(options))) {
        const key = `${peer.name}: ${name}`
        peerFigures.set(key, [...(peerFigures.get(key) ?? []), value])
        console.log(`turn ${turn}  ${value.toPrecision(3).padStart(8)}  ${key}`)
      }
    }
    for (const figure of await benchmark.run(options)) {
      figures.push(figure)
      console.log(`turn ${turn}  ${figure.measured.toPrecision(3).padStart(8)}  ours: ${figure.name}`)
    }
  }
  return {
    ours: (name: string): Figure => {
      const found = figures.filter(figure => figure.name === name)
      if (found.length === 0) throw new Error(`${benchmark.name} has no figure ${name}`)
      return { ...found[0]!, measured: median(found.map(({ measured }) => measured)) }
    },
    theirs: (peer: Peer, name: string): number | undefined => {
      const found = peerFigures.get(`${peer.name}: ${name}`)
      return found === undefined ? undefined : median(found)
    },
  }
}
