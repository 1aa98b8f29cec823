import { parseArn } from '../../base/arn.ts'
import type { Tenant } from '../../base/tenancy.ts'
import { epochMillis, epochSeconds, isoTime, toMillis, toSeconds, type EpochMillis, type EpochSeconds } from '../../base/time.ts'
import { Calendar } from '../../engines/alarms/calendar.ts'
import { instantAt } from '../../engines/alarms/schedule.ts'
import { warmUpOf } from '../../engines/alarms/warm-up.ts'
import { compositeState } from '../../engines/composite/evaluate.ts'
import { alarmsIn } from '../../engines/composite/rule.ts'
import { parseRule } from '../../engines/composite/parse.ts'
import type { Followed, Step } from '../../engines/contributors/step.ts'
import { explainContributor } from '../../engines/explain/explain-contributor.ts'
import { explainRule } from '../../engines/explain/explain-rule.ts'
import { explainWindow } from '../../engines/explain/explain-window.ts'
import type { Explanation, StateThen } from '../../engines/explain/explanation.ts'
import { stateThen } from '../../engines/explain/state-then.ts'
import { alarmTypeOf, type Alarm, type AlarmHistoryItem, type AlarmRecord, type CompositeAlarm, type EvaluationState, type HistoryQuery } from '../../model/alarm.ts'
import type { ContributorPlan, WindowPlan } from './kinds/plan.ts'
import { plans, type AlarmSources, type PlanOf } from './kinds/plans.ts'

/** Alarms and their past. */
export interface AlarmRecords {
  get(tenant: Tenant, name: string): Promise<AlarmRecord | undefined>
  history(query: HistoryQuery): Promise<readonly AlarmHistoryItem[]>
}

type Judged = Omit<Explanation, 'stateThen'>

/** Tells why an alarm was what it was at any instant that data and history still reach. */
export class Explanations {
  readonly #alarms: AlarmRecords
  readonly #planOf: PlanOf

  constructor(alarms: AlarmRecords, sources: AlarmSources) {
    this.#alarms = alarms
    this.#planOf = plans(sources)
  }

  /** As the alarm is defined now; undefined: there is no such alarm. */
  async explain(tenant: Tenant, name: string, at: EpochMillis): Promise<Explanation | undefined> {
    const record = await this.#alarms.get(tenant, name)
    if (record === undefined) return undefined
    const [judged, then, warmUp] = await Promise.all([this.#judge(record, at), this.#stateThen(record, at), this.#warmUp(record, at)])
    return { ...judged, ...warmUp, stateThen: then }
  }

  async #judge({ alarm }: AlarmRecord, at: EpochMillis): Promise<Judged> {
    if (alarm.kind === 'composite') return this.#judgeRule(alarm, at)
    const plan = this.#planOf(alarm)
    if (plan === undefined) throw new Error(`the definition of ${alarm.arn} makes no sense`)
    const judged = await (plan.shape === 'window' ? judgeWindow(plan, at) : judgeContributors(alarm, plan, at))
    return { ...judged, because: `${judged.because}${calendarSentence(alarm, judged.instant)}` }
  }

  /** What an alarm says while it warms up; undefined: it was judged. */
  async #warmUp({ alarm, state }: AlarmRecord, at: EpochMillis): Promise<Pick<Judged, 'verdict' | 'decidedBy' | 'because'> | undefined> {
    const { warmUp } = alarm
    if (warmUp === undefined || at < warmUp.since) return undefined
    const { until, early } = warmUpOf(alarm, warmUp)
    if (toSeconds(at) >= until || (state.transitionedAt > warmUp.since && (await this.#changedBetween(alarm, warmUp.since, at)))) return undefined
    const end = `${isoTime(toMillis(until))}${early === undefined ? '' : ', or until data fill its window'}`
    return { verdict: 'keep', decidedBy: 'warm-up', because: `It is warming up until ${end}: nothing is judged, and the state stays.` }
  }

  async #changedBetween({ tenant, name, kind }: Alarm, since: EpochMillis, to: EpochMillis): Promise<boolean> {
    const from = epochMillis(since + 1)
    const query = { tenant, alarmName: name, alarmTypes: [alarmTypeOf({ kind })], newestFirst: false, limit: 1, offset: 0, from, to } as const
    return (await this.#alarms.history({ ...query, type: 'StateUpdate' })).length > 0
  }

  async #judgeRule({ tenant, rule }: CompositeAlarm, at: EpochMillis): Promise<Judged> {
    const states = new Map<string, StateThen | undefined>()
    const read = alarmsIn(parseRule(rule)).map(async alarm => {
      const child = await this.#alarms.get(tenant, nameOf(alarm))
      states.set(alarm, child && (await this.#stateThen(child, at)))
    })
    await Promise.all(read)
    const node = explainRule(rule, alarm => states.get(alarm)?.value)
    const verdict = compositeState(node.value)
    const because = `Its alarm rule was ${node.value ? 'true' : 'false'} with its alarms as they were.`
    return { ...NOTHING, instant: toSeconds(at), verdict, decidedBy: 'rule', because, rule: node }
  }

  async #stateThen({ alarm: { tenant, name, kind }, state }: AlarmRecord, at: EpochMillis): Promise<StateThen | undefined> {
    const change = async (range: Pick<HistoryQuery, 'from' | 'to' | 'newestFirst'>): Promise<AlarmHistoryItem | undefined> =>
      (await this.#alarms.history({
        tenant,
        alarmName: name,
        alarmTypes: [alarmTypeOf({ kind })],
        type: 'StateUpdate',
        limit: 1,
        offset: 0,
        ...range,
      }))[0]
    const before = await change({ from: undefined, to: at, newestFirst: true })
    const after = before === undefined ? await change({ from: epochMillis(at + 1), to: undefined, newestFirst: false }) : undefined
    return stateThen(at, before, after, state)
  }
}

/** Which window was looked at, where the calendar says it. */
const calendarSentence = (alarm: Alarm, instant: EpochSeconds): string => {
  if (!('window' in alarm) || alarm.window?.kind !== 'wall-clock') return ''
  const { evaluationPeriods, period, window: { timeZone } } = alarm
  const { starts, end } = new Calendar(timeZone, period).complete(instant, evaluationPeriods)
  const [from, to] = [starts[0]!, end].map(at => isoTime(toMillis(at)))
  return ` The window is from ${from} to ${to}, by the clocks of ${timeZone ?? 'UTC'}.`
}

const NOTHING = { evaluation: undefined, points: [], contributors: [], rule: undefined }

const judgeWindow = async (plan: WindowPlan, at: EpochMillis): Promise<Judged> => {
  const instant = instantAt(plan.cadence, toSeconds(at))
  const window = await plan.fetch(instant)
  const { evaluation } = window
  if (window.problem !== undefined) return { ...FAILED, instant, verdict: 'INSUFFICIENT_DATA', because: window.problem }
  return evaluation === 'EVALUATION_ERROR' ? { ...FAILED, instant } : { ...NOTHING, instant, evaluation, ...explainWindow(plan.rule, window) }
}

/** Of periods that contributors wait for; each instant is a query. */
const MOST_INSTANTS = 60

/** Follows the contributors over as long as it takes to know what they were, further apart where that is long. */
const judgeContributors = async (alarm: Alarm, plan: ContributorPlan, at: EpochMillis): Promise<Judged> => {
  const instant = instantAt(plan.cadence, toSeconds(at))
  const count = Math.min(MOST_INSTANTS, Math.ceil(plan.reach / plan.coarse) + 1)
  const apart = count === 1 ? 0 : Math.max(plan.coarse, Math.ceil(plan.reach / (count - 1)))
  let followed: Followed = { contributors: [], ended: [] }
  let last: { readonly evaluation: EvaluationState | undefined; readonly step: Step | undefined } | undefined
  for (let before = count - 1; before >= 0; before--) {
    const { evaluation, step: advance } = await plan.fetch(epochSeconds(instant - before * apart))
    const step = advance?.(followed)
    if (step !== undefined) followed = step
    last = { evaluation, step }
  }
  if (last?.step === undefined) return { ...FAILED, instant }
  const { value, reason, contributors } = last.step
  return {
    ...NOTHING,
    instant,
    evaluation: last.evaluation,
    verdict: value,
    decidedBy: 'contributors',
    because: `${reason}.`,
    contributors: contributors.map(contributor => explainContributor(alarm, contributor)),
  }
}

const FAILED = { ...NOTHING, evaluation: 'EVALUATION_ERROR', verdict: 'keep', decidedBy: 'evaluation-error', because: 'The definition cannot be evaluated: the state stays.' } as const

const nameOf = (alarm: string): string => parseArn(alarm)?.resource.replace(/^alarm:/, '') ?? alarm
