import type { Clock } from '../../base/clock.ts'
import type { Tenant } from '../../base/tenancy.ts'
import { epochMillis, epochSeconds, millis, toMillis } from '../../base/time.ts'
import type { ChartSeries } from '../../engines/charts/chart.ts'
import { BAND_COLOR } from '../../engines/dashboards/bands.ts'
import { parsePromql } from '../../engines/promql/parse.ts'
import { parseStatistic } from '../../engines/statistics/parse.ts'
import type { AlarmRecord, MeasuredAlarm, PromqlAlarm } from '../../model/alarm.ts'
import type { MetricReads, Unit } from '../../model/metric.ts'
import type { AlarmFacts } from '../../model/notification.ts'
import type { Operation } from '../../services/operation.ts'
import { alarmLines } from '../../services/cloudwatch/widget-image/alarm-lines.ts'
import type { PromqlQueries } from '../prometheus/promql-queries.ts'
import { alarmRange, type AlarmRange } from './alarm-chart.ts'

/** What alarms' charts are drawn from. */
export interface AlarmSources {
  readonly reads: Pick<MetricReads, 'read'>
  /** Definitions: messages say what an alarm watches, but not everything that it is computed of. */
  readonly alarms: { get(tenant: Tenant, name: string): Promise<AlarmRecord | undefined> }
  readonly getMetricData: Operation
  readonly promql: Pick<PromqlQueries, 'range'>
  readonly clock: Clock
}

interface AlarmSeries {
  readonly range: AlarmRange
  readonly series: readonly ChartSeries[]
}

/** What nobody could tell apart in a small picture is left out. */
const MOST_SERIES = 20
/** The other series of an alarm, when one of them changed. */
const OTHERS = '#c4cace'
const FINEST_STEP = 30
const PROMQL_LIMITS = { samples: { total: 5_000_000, instant: 1_000_000 }, time: millis(2_000) }

/** The lines that an alarm watches, up to its change. Undefined: it watches none, or is no longer what it was then. */
export const alarmSeries = async (sources: AlarmSources, tenant: Tenant, alarm: AlarmFacts): Promise<AlarmSeries | undefined> => {
  if (isOnMetric(alarm)) {
    const range = alarmRange(alarm, alarm.period)
    return { range, series: [{ ...(await stored(sources, tenant, alarm, range)), ...line(alarm.metric.name, range) }] }
  }
  // What consists of states has no line.
  if (alarm.formula?.kind === 'rule') return undefined
  const found = (await sources.alarms.get(tenant, alarm.name))?.alarm
  if (found === undefined || found.configuredAt > alarm.changedAt) return undefined
  switch (found.kind) {
    case 'metric':
    case 'expression': {
      const range = alarmRange(alarm, found.period)
      return { range, series: marked(await computed(sources, found, range), alarm) }
    }
    case 'promql': {
      const range = alarmRange(alarm, Math.max(FINEST_STEP, found.evaluationInterval))
      return { range, series: marked(await queried(sources, found, range), alarm) }
    }
    case 'log':
    case 'composite':
      return undefined
  }
}

type MetricFacts = AlarmFacts & { readonly metric: object; readonly statistic: string; readonly period: number; readonly threshold: number }

/** The message itself then says all that is needed. */
const isOnMetric = (alarm: AlarmFacts): alarm is MetricFacts =>
  alarm.metric !== undefined && alarm.statistic !== undefined && alarm.period !== undefined && alarm.threshold !== undefined

const line = (label: string, { period }: AlarmRange) => ({ label, color: undefined, axis: 'left' as const, visible: true, period })

const stored = async (
  { reads }: AlarmSources, tenant: Tenant, alarm: MetricFacts, range: AlarmRange,
): Promise<{ readonly timestamps: readonly number[]; readonly values: readonly number[] }> => {
  const parsed = parseStatistic(alarm.statistic)
  if (!parsed.ok) return { timestamps: [], values: [] }
  const { statistic } = parsed
  const unit = alarm.unit as Unit | undefined
  const [first] = await reads.read({ tenant, metric: alarm.metric, unit, ...range, origin: epochSeconds(0), samples: statistic.samples })
  const points = (first?.buckets ?? []).flatMap(bucket => {
    const value = statistic.compute(bucket)
    return value === undefined ? [] : [{ at: bucket.start, value }]
  })
  return { timestamps: points.map(({ at }) => at), values: points.map(({ value }) => value) }
}

const computed = async ({ getMetricData, clock }: AlarmSources, alarm: MeasuredAlarm, range: AlarmRange): Promise<readonly ChartSeries[]> => {
  const { account } = alarm.tenant
  const call = { tenant: alarm.tenant, principal: { kind: 'system', account }, requestId: 'alarm-picture', now: clock.now() } as const
  const lines = await alarmLines(getMetricData, alarm, range, '+0000', call)
  return lines.map(({ label, timestamps, values, upper }) => ({
    ...line(label, range), timestamps, values, ...(upper === undefined ? {} : { upper, color: BAND_COLOR }),
  }))
}

const queried = async ({ promql }: AlarmSources, { tenant, query }: PromqlAlarm, range: AlarmRange): Promise<readonly ChartSeries[]> => {
  const plan = parsePromql(query)
  if (plan.type !== 'scalar' && plan.type !== 'vector') return []
  const found = await promql.range(tenant, plan, [toMillis(range.start), toMillis(range.end), millis(range.period * 1000)], PROMQL_LIMITS)
  return found.map(({ labels, times, values }) => ({
    ...line(Object.entries(labels.toRecord()).map(([name, value]) => `${name}=${value}`).join(' '), range),
    timestamps: times.map(at => epochMillis(at) / 1000),
    values,
  }))
}

/** Where one of several series changed, it is the one with a colour, drawn above the others. */
const marked = (series: readonly ChartSeries[], { contributor }: AlarmFacts): readonly ChartSeries[] => {
  const values = Object.values(contributor ?? {})
  const own = values.length === 0 ? undefined : series.find(({ label }) => values.every(value => label.includes(value)))
  if (own === undefined) return series.slice(0, MOST_SERIES)
  const others = series.filter(one => one !== own).slice(0, MOST_SERIES - 1)
  return [...others.map(one => ({ ...one, color: OTHERS })), { ...own, color: '#1f77b4' }]
}
