import { toMillis, type EpochSeconds } from '../../base/time.ts'
import type { AlarmContributor, AlarmStateValue, ThresholdAlarm } from '../../model/alarm.ts'
import { contributorsReason, MOST_ALARMING, NO_CONTRIBUTORS, VANISHED_CONTRIBUTOR } from '../alarms/contributor-reason.ts'
import { explain, judge, type EvaluationWindow, type Rule } from '../alarms/evaluate.ts'
import { contributorReason } from '../alarms/reason.ts'
import { contributorId } from './contributor-id.ts'
import { followable, type Followed, type Step } from './step.ts'

/** One series of a query: what GROUP BY tells it apart by, and its evaluation range. */
export interface ContributorWindow {
  readonly attributes: Readonly<Record<string, string>>
  readonly window: EvaluationWindow
}

/**
 * One evaluation of an alarm on a query that yields several series. Each series is judged as an alarm of its own, but is
 * either OK or in ALARM: where its data does not say, it stays what it was, and one that the query does not yield any more is
 * over. Nothing at all is insufficient data, however missing data is treated, unless `nothing` says what it is.
 */
export const stepQuery = (
  alarm: ThresholdAlarm,
  rule: Rule,
  before: Followed,
  series: readonly ContributorWindow[],
  instant: EpochSeconds,
  nothing: AlarmStateValue = 'INSUFFICIENT_DATA',
): Step => {
  const known = new Map(before.contributors.map(contributor => [contributor.id, contributor]))
  const alarming: AlarmContributor[] = []
  const ended: AlarmContributor[] = [...before.ended]
  for (const { attributes, window } of series) {
    const id = contributorId(attributes)
    const was = known.get(id)
    known.delete(id)
    const verdict = judge(rule, window)
    const value = verdict === 'keep' ? (was?.value ?? 'OK') : verdict === 'ALARM' ? 'ALARM' : 'OK'
    if (value === was?.value) {
      alarming.push(was)
      continue
    }
    if (value === 'OK' && was === undefined) continue
    const reason = verdict === 'OK' || verdict === 'ALARM' ? contributorReason(alarm, explain(rule, window, verdict)) : VANISHED_CONTRIBUTOR
    const turned: AlarmContributor = { id, attributes, value, reason, transitionedAt: toMillis(instant), turningSince: undefined }
    if (value === 'ALARM') alarming.push(turned)
    else ended.push(turned)
  }
  for (const gone of known.values()) {
    ended.push({ ...gone, value: 'OK', reason: VANISHED_CONTRIBUTOR, transitionedAt: toMillis(instant), turningSince: undefined })
  }
  const count = alarming.length
  const value = count > 0 ? 'ALARM' : series.length > 0 ? 'OK' : nothing
  return {
    value,
    reason: value === 'ALARM' && count === 0 ? NO_CONTRIBUTORS : contributorsReason(count, series.length, alarm.kind === 'log' ? 'contributors' : 'time series'),
    contributors: followable(alarming, before.contributors),
    ended,
    partial: count > MOST_ALARMING,
  }
}
