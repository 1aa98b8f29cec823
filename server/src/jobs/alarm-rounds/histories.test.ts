import fc from 'fast-check'
import { afterEach, expect, test } from 'vitest'
import { alarmArn } from '../../base/arn.ts'
import { epochMillis, epochSeconds, millis, seconds } from '../../base/time.ts'
import { metricAlarm, tenant } from '../../engines/alarms/alarm.test-support.ts'
import type { Alarm, AlarmQuery, ExpressionAlarm, MissingDataTreatment, PromqlAlarm } from '../../model/alarm.ts'
import type { BandModel } from '../../model/anomaly-detector.ts'
import { House, ofHost } from './house.test-support.ts'

/** The same data is lived through by a server that runs, by one that is stopped in the middle, and by one that comes late. */
const RUNS = 1250
const MINUTES = 12

interface History {
  /** What each minute's datapoint is, of two hosts and of the metric itself; undefined: none. */
  readonly values: readonly (readonly (number | undefined)[])[]
  readonly treatment: MissingDataTreatment
  readonly evaluationPeriods: number
  readonly datapointsToAlarm: number
  /** The minutes from which on and up to which the server is stopped. */
  readonly stop: readonly [from: number, to: number]
}

const histories: fc.Arbitrary<History> = fc
  .record({
    values: fc.array(fc.array(fc.oneof(fc.constant(undefined), fc.integer({ min: 0, max: 20 })), { minLength: 3, maxLength: 3 }), { minLength: MINUTES, maxLength: MINUTES }),
    treatment: fc.constantFrom<MissingDataTreatment>('missing', 'ignore', 'breaching', 'notBreaching'),
    evaluationPeriods: fc.integer({ min: 1, max: 3 }),
    m: fc.nat(2),
    stop: fc.tuple(fc.integer({ min: 1, max: MINUTES - 2 }), fc.integer({ min: 1, max: 4 })),
  })
  .map(({ values, treatment, evaluationPeriods, m, stop: [from, length] }) => ({
    values, treatment, evaluationPeriods, datapointsToAlarm: 1 + (m % evaluationPeriods), stop: [from, Math.min(MINUTES - 1, from + length)],
  }))

const clockTime = (minute: number, second = 20): string => `12:${String(minute).padStart(2, '0')}:${String(second).padStart(2, '0')}`

const opened: House[] = []
afterEach(async () => {
  for (const house of opened.splice(0)) await house.close()
})

const prepared = (history: History, define: (history: History) => Alarm): House => {
  const house = new House('12:00:20')
  opened.push(house)
  house.band = BAND
  for (const [minute, [own, a, b]] of history.values.entries()) {
    if (own !== undefined) house.put(own, clockTime(minute, 40))
    if (a !== undefined) house.put(a, clockTime(minute, 40), 'None', 'a')
    if (b !== undefined) house.put(b, clockTime(minute, 40), 'None', 'b')
  }
  house.present = at => {
    const minute = history.values[Math.floor(at / 60) % 60 - 1] ?? []
    return ['a', 'b'].filter((_, place) => (minute[place + 1] ?? 0) > 10)
  }
  house.records.set(alarmArn(tenant, 'it'), { alarm: define(history), state: INITIAL })
  return house
}

const INITIAL = {
  value: 'OK', reason: 'Unchecked: Initial alarm creation', reasonData: undefined, updatedAt: epochMillis(Date.parse('2025-03-01T12:00:20Z')),
  transitionedAt: epochMillis(Date.parse('2025-03-01T12:00:20Z')),
} as const

/** What it is in the end; times and reasons depend on when it was looked at. */
const ending = (house: House): unknown => ({
  value: house.state('it'),
  contributors: (house.contributors.get(alarmArn(tenant, 'it')) ?? []).map(({ id, value, turningSince }) => ({ id, value, turningSince })).sort((a, b) => (a.id < b.id ? -1 : 1)),
})

const endings = async (history: History, define: (history: History) => Alarm): Promise<readonly unknown[]> => {
  const running = prepared(history, define)
  await running.open()
  for (let minute = 1; minute <= MINUTES; minute++) await running.until(clockTime(minute, 1))

  const stopped = prepared(history, define)
  await stopped.open()
  for (let minute = 1; minute <= history.stop[0]; minute++) await stopped.until(clockTime(minute, 1))
  await stopped.close()
  stopped.step(clockTime(history.stop[1], 5))
  await stopped.open()
  for (let minute = history.stop[1] + 1; minute <= MINUTES; minute++) await stopped.until(clockTime(minute, 1))

  const late = prepared(history, define)
  late.savedUpTo = INITIAL.updatedAt
  late.step(clockTime(MINUTES, 1))
  await late.open()
  await late.clock.advance(millis(200))

  const all = [running, stopped, late].map(ending)
  for (const house of opened.splice(0)) await house.close()
  return all
}

const periodic = ({ treatment, evaluationPeriods, datapointsToAlarm }: History) =>
  ({ name: 'it', threshold: 10, treatMissingData: treatment, evaluationPeriods, datapointsToAlarm, metric: ofHost('a'), configuredAt: INITIAL.updatedAt })

const query = (id: string, changes: Partial<AlarmQuery>): AlarmQuery =>
  ({ id, label: undefined, returnData: false, account: undefined, expression: undefined, period: undefined, stored: undefined, ...changes })
const stored = (host: string): Partial<AlarmQuery> =>
  ({ stored: { metric: ofHost(host), period: seconds(60), statistic: 'Average', unit: undefined } })

const expressionAlarm = (history: History, queries: readonly AlarmQuery[], limit?: ExpressionAlarm['limit']): ExpressionAlarm => {
  const { metric: _, statistic: _s, unit: _u, threshold, comparison, ...base } = metricAlarm(periodic(history))
  return { ...base, kind: 'expression', queries, limit: limit ?? { kind: 'static', comparison, threshold } }
}

/** Around ten, four to either side with the two deviations that are asked for. */
const BAND: BandModel = {
  version: 1, timezone: 'UTC', period: seconds(60), state: 'TRAINED', until: epochSeconds(Date.parse('2025-03-01T12:00:00Z') / 1000), points: 1000, trend: 0,
  nonNegative: false, levels: Array.from({ length: 336 }, () => 10), spreads: Array.from({ length: 168 }, () => 2), spikes: { above: 0, below: 0 },
}

const KINDS: readonly [string, (history: History) => Alarm][] = [
  ['one metric', history => metricAlarm(periodic(history))],
  ['an expression', history => expressionAlarm(history, [query('a', stored('a')), query('b', stored('b')), query('e', { expression: '(a + b) / 2', returnData: true })])],
  ['a band', history => expressionAlarm(
    history,
    [query('a', { ...stored('a'), returnData: true }), query('band', { expression: 'ANOMALY_DETECTION_BAND(a, 2)', returnData: true })],
    { kind: 'band', comparison: 'LessThanLowerOrGreaterThanUpperThreshold', metricId: 'band' },
  )],
  ['a query with GROUP BY', history => expressionAlarm(history, [
    query('q', { expression: 'SELECT MAX(Load) FROM App GROUP BY Host ORDER BY MAX() DESC', period: seconds(60), returnData: true }),
  ])],
]

test.each(KINDS)('%s: running on, stopped in the middle and come late end alike', async (_, define) => {
  await fc.assert(
    fc.asyncProperty(histories, async history => {
      const [running, stopped, late] = await endings(history, define)
      expect(stopped).toEqual(running)
      expect(late).toEqual(running)
    }),
    { numRuns: RUNS },
  )
}, 120_000)

test('PromQL: running on, stopped in the middle and come late end alike', async () => {
  const define = (history: History): PromqlAlarm => {
    const { kind: _, metric: _m, statistic: _s, unit: _u, threshold: _t, comparison: _c, period: _p, evaluationPeriods: _e, datapointsToAlarm: _d,
      treatMissingData: _tm, evaluateLowSampleCountPercentile: _l, ...base } = metricAlarm(periodic(history))
    return { ...base, kind: 'promql', query: 'load > 10', pendingPeriod: seconds(60 * (history.evaluationPeriods - 1)),
      recoveryPeriod: seconds(60 * (history.datapointsToAlarm - 1)), evaluationInterval: seconds(60) }
  }
  await fc.assert(
    fc.asyncProperty(histories, async history => {
      const [running, stopped, late] = await endings(history, define)
      expect(stopped).toEqual(running)
      expect(late).toEqual(running)
    }),
    { numRuns: 300 },
  )
}, 120_000)
