import { epochSeconds, type EpochSeconds } from '../../base/time.ts'
import { isFilled } from '../../engines/alarms/evaluate.ts'
import type { WarmingUp } from '../../engines/alarms/warm-up.ts'
import { missedInstants, passed } from './finding.ts'
import type { EvaluationPlan, SeenStep, SeenWindow } from './kinds/plan.ts'
import type { Watch } from './watch.ts'

/** Looks for the end of an alarm's warm-up among the instants that it has not seen. Where it is over, those from then on are unseen still. */
export const recallWarmUp = (watch: Watch, warming: WarmingUp, instant: EpochSeconds, read: () => void): 'over' | 'warming' | 'elsewhere' => {
  const { plan, record } = watch
  for (const at of missedInstants({ watch, record, instant }, plan.cadence)) {
    if (mayEndEarly(warming, at)) {
      read()
      const seen = plan.recall(at)
      if (seen === undefined) return 'elsewhere'
      if (isFull(plan, seen)) return over(watch, at)
    }
    if (at >= warming.until) return over(watch, at)
  }
  passed(watch, instant)
  return 'warming'
}

/** The same with the store's help. */
export const fetchWarmUp = async (watch: Watch, warming: WarmingUp, instant: EpochSeconds): Promise<'over' | 'warming'> => {
  const { plan, record } = watch
  for (const at of missedInstants({ watch, record, instant }, plan.coarse)) {
    if (at >= warming.until || (mayEndEarly(warming, at) && isFull(plan, await plan.fetch(at)))) return over(watch, at)
  }
  passed(watch, instant)
  return 'warming'
}

const mayEndEarly = ({ early, until }: WarmingUp, at: EpochSeconds): boolean => early !== undefined && at >= early && at < until

const isFull = (plan: EvaluationPlan, seen: SeenWindow | SeenStep): boolean =>
  plan.shape === 'window' ? isFilled(plan.rule, seen as SeenWindow) : (seen as SeenStep).filled === true

const over = (watch: Watch, first: EpochSeconds): 'over' => {
  passed(watch, epochSeconds(first - watch.plan.cadence))
  watch.warming = undefined
  return 'over'
}
