import { ActionPlanner } from '../../server/src/engines/alarms/actions.ts'
import { alarmArn } from '../../server/src/base/arn.ts'
import { afterReadyIo } from '../../server/src/base/clock.ts'
import { seededEntropy } from '../../server/src/base/entropy.ts'
import { silentLog } from '../../server/src/base/log.ts'
import { ManualClock } from '../../server/src/base/manual-clock.ts'
import { accountId, region } from '../../server/src/base/tenancy.ts'
import { epochMillis, millis, seconds, toSeconds, type EpochMillis } from '../../server/src/base/time.ts'
import { AlarmRounds } from '../../server/src/jobs/alarm-rounds/alarm-rounds.ts'
import type { Alarm, AlarmRecord, ExpressionAlarm, MetricAlarm } from '../../server/src/model/alarm.ts'
import type { MetricIdentity } from '../../server/src/model/metric.ts'
import { MetricColumns } from '../../server/src/model/metric-columns.ts'
import { Head } from '../../server/src/store/head/head.ts'
import { SeriesIndex } from '../../server/src/store/head/series-index.ts'
import { atMost, shown, type Benchmark, type Figure } from './benchmark.ts'

interface RoundFigures {
  readonly alarms: number
  /** CPU milliseconds of a round in which nothing changes; median and worst. */
  readonly median: number
  readonly worst: number
  /** CPU milliseconds of a round in which every tenth alarm changes, its history and messages included. */
  readonly busy: number
}

const tenant = { account: accountId('123456789012'), region: region('us-east-1') }
const topic = `arn:aws:sns:${tenant.region}:${tenant.account}:ops`
const MINUTES = 20
/** Rounds until the code is compiled. */
const WARM_UP = 5
/** More than searching takes. */
const TURNS = 20
const START = epochMillis(Date.parse('2025-03-01T12:00:00Z'))

/** `alarms` minute alarms, 3 of 5, each on a series of its own that has a value a minute for twenty minutes; over the real head. */
const measureRounds = async (series: number, definitions: (metrics: readonly MetricIdentity[]) => readonly Alarm[], rounds = 30): Promise<RoundFigures> => {
  const index = new SeriesIndex()
  const head = new Head(index, epochMillis(START - MINUTES * 60_000), 2 ** 31)
  const metrics = Array.from({ length: series }, (_, i) => ({ namespace: 'Bench', name: 'Load', dimensions: [{ name: 'Group', value: `group-${i % (series / 10)}` }, { name: 'Host', value: `host-${i}` }] }))
  const numbers = metrics.map(metric => index.number(tenant, metric, 'Percent'))
  const columns = new MetricColumns()
  const minute = (at: EpochMillis, valueOf: (series: number) => number): void => {
    columns.clear()
    for (const [i, series] of numbers.entries()) columns.addPoint(series, toSeconds(at), 60, valueOf(i), 1)
    head.apply(columns)
  }
  for (let m = 1; m <= MINUTES; m++) minute(epochMillis(START - m * 60_000), i => i % 70)

  const records = definitions(metrics).map((alarm): AlarmRecord => ({ alarm, state: okSince(START) }))
  const clock = new ManualClock(epochMillis(START + 10_000))
  /** In one round. */
  let committed = 0
  const house = new AlarmRounds({
    clock,
    log: silentLog,
    book: {
      all: () => Promise.resolve(records),
      onChange: () => undefined,
      contributors: () => Promise.resolve(new Map()),
      tagsOf: () => Promise.resolve(new Map()),
      commit: transitions => {
        committed += transitions.length
        return Promise.resolve(transitions)
      },
      evaluatedUpTo: () => Promise.resolve(START),
      setEvaluatedUpTo: () => Promise.resolve(),
    },
    topics: { missing: () => Promise.resolve(new Set()) },
    mutes: { activeFor: () => undefined },
    sources: {
      windows: head,
      reads: { read: elsewhere, readMany: elsewhere },
      sums: { sumMany: elsewhere },
      directory: index,
      bands: { get: () => undefined },
      promql: { instant: elsewhere },
      logs: { find: elsewhere },
      rules: { values: elsewhere },
    },
    planner: new ActionPlanner(seededEntropy(1), (_, name) => `https://tocsin.example/alarms/${name}`),
  })
  await house.start()

  /** Moves to the next minute's evaluation, with its data, and measures from just before it to just after. */
  const next = async (valueOf: (series: number) => number): Promise<number> => {
    const at = epochMillis(Math.floor(clock.now() / 60_000) * 60_000)
    minute(at, valueOf)
    await clock.advance(millis(at + 60_000 - clock.now()))
    committed = 0
    const before = process.cpuUsage()
    await clock.advance(millis(500))
    // What is searched for lets others have their turns meanwhile.
    for (let turn = 0; turn < TURNS; turn++) await afterReadyIo()
    const spent = process.cpuUsage(before)
    return (spent.user + spent.system) / 1000
  }

  const quiet: number[] = []
  for (let round = 0; round < WARM_UP; round++) await next(i => i % 70)
  for (let round = 0; round < rounds; round++) quiet.push(await next(i => i % 70))
  quiet.sort((a, b) => a - b)
  // Three values above or below make 3 of 5 change.
  let busy = 0
  for (const value of [99, 0, 99, 0, 99]) for (let round = 0; round < 3; round++) busy = await next(i => (i % 10 === 0 ? value : i % 70))
  if (committed !== Math.ceil(records.length / 10)) throw new Error(`${committed} alarms changed, not every tenth of ${records.length}`)
  await house.stop()
  return { alarms: records.length, median: quiet[rounds >> 1]!, worst: quiet.at(-1)!, busy }
}

const elsewhere = (): Promise<never> => Promise.reject(new Error('memory holds it all'))

const definition = (name: string, metric: MetricAlarm['metric']): MetricAlarm => ({
  kind: 'metric', tenant, arn: alarmArn(tenant, name), name, description: undefined, actionsEnabled: true, okActions: [topic], alarmActions: [topic],
  insufficientDataActions: [], configuredAt: START, metric, statistic: 'Average', unit: undefined, period: seconds(60), evaluationPeriods: 5,
  datapointsToAlarm: 3, threshold: 75, comparison: 'GreaterThanThreshold', treatMissingData: undefined, evaluateLowSampleCountPercentile: undefined,
})

/** The average of ten series, written as metric math. */
const mathDefinition = (name: string, metrics: readonly MetricIdentity[]): ExpressionAlarm => {
  const { metric: _, statistic, unit, threshold, comparison, period, ...base } = definition(name, metrics[0]!)
  const stored = metrics.map((metric, i) => ({
    id: `m${i}`, label: undefined, returnData: false, account: undefined, expression: undefined, period: undefined, stored: { metric, period, statistic, unit },
  }))
  const expression = `SUM(METRICS()) / ${metrics.length}`
  const math = { id: 'e', label: undefined, returnData: true, account: undefined, expression, period: undefined, stored: undefined }
  return { ...base, kind: 'expression', period, queries: [...stored, math], limit: { kind: 'static', comparison, threshold } }
}

/** The same, of what a search finds. */
const searchDefinition = (name: string, group: number): ExpressionAlarm => {
  const { queries: _, ...base } = mathDefinition(name, [{ namespace: 'Bench', name: 'Load', dimensions: [] }])
  const expression = `AVG(SEARCH('{Bench,Group,Host} MetricName="Load" Group="group-${group}"', 'Average', 60))`
  return { ...base, queries: [{ id: 'e', label: undefined, returnData: true, account: undefined, expression, period: undefined, stored: undefined }] }
}

const okSince = (at: EpochMillis): AlarmRecord['state'] => ({ value: 'OK', reason: '', reasonData: undefined, updatedAt: at, transitionedAt: at })

const metricAlarms = (metrics: readonly MetricIdentity[]): readonly Alarm[] => metrics.map((metric, i) => definition(`alarm-${i}`, metric))
const mathAlarms = (metrics: readonly MetricIdentity[]): readonly Alarm[] =>
  Array.from({ length: metrics.length / 10 }, (_, i) => mathDefinition(`alarm-${i}`, Array.from({ length: 10 }, (_, k) => metrics[i + k * (metrics.length / 10)]!)))
const searchAlarms = (metrics: readonly MetricIdentity[]): readonly Alarm[] =>
  Array.from({ length: metrics.length / 10 }, (_, i) => searchDefinition(`alarm-${i}`, i))

/** Rounds over 100,000 alarms on a metric each and over 1,000 on ten series each, named or searched for, in this process, with the product's own rounds and head. */
export const alarmRound: Benchmark = {
  name: 'alarm-round',
  async run() {
    const simple = await measureRounds(100_000, metricAlarms)
    const math = await measureRounds(10_000, mathAlarms)
    const search = await measureRounds(10_000, searchAlarms)
    return [
      ...figures(simple, 'due alarms', 100), ...figures(math, 'due alarms on ten series each', 100),
      ...figures(search, 'due alarms on a SEARCH that finds ten series each', 1000),
    ]
  },
}

const figures = ({ alarms, median, worst, busy }: RoundFigures, what: string, goal: number): readonly Figure[] => {
  const name = `a round over ${alarms} ${what}`
  return [
    atMost(goal, 'ms CPU', `${name}: median`, median),
    shown('ms CPU', `${name}: worst`, worst),
    shown('ms CPU', `${name}, every tenth of which changes`, busy),
  ]
}
