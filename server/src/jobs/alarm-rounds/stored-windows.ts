import type { EvaluationWindow } from '../../engines/alarms/evaluate.ts'
import { windowStart } from '../../engines/alarms/schedule.ts'
import type { EpochSeconds } from '../../base/time.ts'
import type { MetricReads } from '../../model/metric.ts'
import { evaluationWindow } from './recent-windows.ts'
import type { Watch } from './watch.ts'

/** Reads an evaluation window that memory does not hold. Without a unit, the alphabetically first one that has data counts. */
export const readStored = async (reads: MetricReads, { plan, record }: Watch, instant: EpochSeconds): Promise<EvaluationWindow> => {
  const { alarm } = record
  const { period } = alarm
  const start = windowStart(instant, period, plan.range)
  const units = await reads.read({
    tenant: alarm.tenant,
    metric: alarm.metric,
    unit: alarm.unit,
    start,
    end: instant,
    period,
    origin: start,
    samples: plan.statistic.samples,
  })
  const window = evaluationWindow(plan.range)
  window.start = start
  window.period = period
  window.values.fill(NaN)
  for (const bucket of units[0]?.buckets ?? []) {
    const slot = (bucket.start - start) / period
    window.counts[slot] = bucket.count
    window.values[slot] = plan.statistic.compute(bucket) ?? NaN
  }
  return window
}
