/**
 * `npm run bench [-- name…]`: measures the product against what it has to reach, one benchmark after another, and fails when a goal
 * is missed. `--runs 3` repeats each and takes medians; `--profile <folder>` leaves the server's CPU profiles there; with
 * `--data <folder>` what `insights` loads stays there, and the next run, today or tomorrow, searches it without loading it again.
 * `npm run bench -- peers [name…]` measures what else is installed on this machine in turns with it, `--runs 3` three turns.
 */
import { parseArgs } from 'node:util'
import { alarmRound } from './alarm-round.ts'
import { median, ratio, type Benchmark, type BenchmarkOptions, type Figure } from './benchmark.ts'
import { breachToWebhook } from './breach-to-webhook.ts'
import { bytesOnDisk } from './bytes-on-disk.ts'
import { getMetricDataWide } from './get-metric-data-wide.ts'
import { getMetricData } from './get-metric-data.ts'
import { logToWebhook } from './log-to-webhook.ts'
import { insights } from './insights.ts'
import { putLogEvents } from './put-log-events.ts'
import { putMetricDataCbor, putMetricDataJson, putMetricDataQuery } from './put-metric-data.ts'
import { compareWithPeers } from './peers/compared.ts'
import { startAndRest } from './start-and-rest.ts'

const BENCHMARKS: readonly Benchmark[] = [
  startAndRest, putMetricDataJson, putMetricDataCbor, putMetricDataQuery, getMetricData, getMetricDataWide, alarmRound, breachToWebhook, bytesOnDisk, putLogEvents, logToWebhook, insights,
]

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { runs: { type: 'string', default: '1' }, seconds: { type: 'string', default: '15' }, profile: { type: 'string' }, data: { type: 'string' } },
})
const PEERS = 'peers'
const chosen = positionals.filter(name => name !== PEERS)
const unknown = chosen.filter(name => !BENCHMARKS.some(benchmark => benchmark.name === name))
if (unknown.length > 0) throw new Error(`no such benchmark: ${unknown.join(', ')}; there are ${BENCHMARKS.map(({ name }) => name).join(', ')}`)

const options: BenchmarkOptions = {
  seconds: Number(values.seconds),
  nodeArguments: values.profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${values.profile}`],
  data: values.data,
}

/** The figures of several runs as their medians. */
const measured = async (benchmark: Benchmark): Promise<readonly Figure[]> => {
  const runs: (readonly Figure[])[] = []
  for (let run = 0; run < Number(values.runs); run++) runs.push(await benchmark.run(options))
  return runs[0]!.map((figure, place) => ({ ...figure, measured: median(runs.map(figures => figures[place]!.measured)) }))
}

const rounded = (value: number): string => (value >= 100 ? value.toFixed(0) : value.toPrecision(3))

const row = (figure: Figure): string => {
  const { name, unit, want, goal } = figure
  const times = ratio(figure)
  const aim = goal === undefined ? '' : `${want === 'at least' ? '≥' : '≤'} ${goal}`
  const verdict = times === undefined ? '' : `${times.toFixed(2)} ×${times < 1 ? '  MISSED' : ''}`
  return `${name.padEnd(74)} ${aim.padStart(7)} ${rounded(figure.measured).padStart(8)} ${unit.padEnd(19)} ${verdict}`.trimEnd()
}

/** Answers how many goals are missed. */
const againstGoals = async (): Promise<number> => {
  console.log(`${'figure'.padEnd(74)} ${'goal'.padStart(7)} ${'measured'.padStart(8)} ${'unit'.padEnd(19)} goal met`)
  let missed = 0
  for (const benchmark of BENCHMARKS) {
    if (chosen.length > 0 && !chosen.includes(benchmark.name)) continue
    const figures = await measured(benchmark)
    for (const figure of figures) console.log(row(figure))
    missed += figures.filter(figure => (ratio(figure) ?? 1) < 1).length
  }
  return missed
}

const missed = positionals.includes(PEERS) ? await compareWithPeers(chosen, Number(values.runs), options) : await againstGoals()
console.log(missed === 0 ? 'every goal is met' : `${missed} ${missed === 1 ? 'goal is' : 'goals are'} missed`)
process.exitCode = missed === 0 ? 0 : 1
