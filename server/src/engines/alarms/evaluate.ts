import type { AlarmStateValue } from '../../model/alarm.ts'
import type { EpochSeconds, Seconds } from '../../base/time.ts'
import { decide, type Quorum, type Verdict } from './decide.ts'
import { BREACHING, classify, MISSING, type Limit, type Slots } from './slots.ts'

/** What decides over an alarm, compiled once from its definition. */
export interface Rule {
  readonly quorum: Quorum
  readonly limit: Limit
  /** The state is kept while the window holds fewer samples; 0 for all but percentiles that ignore low counts. */
  readonly samplesNeeded: number
}

/**
 * The evaluation range as columns, oldest first. Wherever the values come from (a stored metric, an expression), a period
 * without a datapoint is NaN. The arrays may be longer than `length`, and are reused from alarm to alarm.
 */
export interface EvaluationWindow extends Slots {
  /** Sample counts; any number where nothing asks for them (expressions). */
  readonly counts: Float64Array
  length: number
  /** Start of the oldest period. */
  start: EpochSeconds
  period: Seconds
  /** Of each period, where they are the calendar's, which are not all of one length. */
  readonly starts?: readonly EpochSeconds[] | undefined
}

/** When a period of the window begins. */
export const slotStart = ({ starts, start, period }: EvaluationWindow, slot: number): EpochSeconds =>
  starts?.[slot] ?? ((start + slot * period) as EpochSeconds)

/** A period that took part in a decision. */
export interface EvaluatedPoint {
  readonly at: EpochSeconds
  /** Undefined: no data. */
  readonly value: number | undefined
  readonly samples: number
  readonly breaching: boolean
  /** The limits of a band; absent where it has none there. */
  readonly lower?: number
  readonly upper?: number
}

export interface Keep {
  readonly kind: 'keep'
}

export interface Change {
  readonly kind: 'change'
  readonly state: AlarmStateValue
  /** The N periods that decided, newest first. */
  readonly points: readonly EvaluatedPoint[]
  /** There is nothing to decide on, for this reason. */
  readonly problem?: string
}

const KEEP: Keep = { kind: 'keep' }

/** Scratch for one evaluation: it never outlives the call, so all share it. */
let slots = new Uint8Array(64)

/**
 * The state an alarm must change to, with the periods that call for it. Pure; allocates only when the state changes, so that
 * a round of ten thousand alarms costs milliseconds.
 */
export const evaluate = (rule: Rule, window: EvaluationWindow, current: AlarmStateValue): Keep | Change => {
  const verdict = judge(rule, window)
  return verdict === 'keep' || verdict === current ? KEEP : explain(rule, window, verdict)
}

/** What the window alone says, whatever the alarm's state is. */
export const judge = (rule: Rule, window: EvaluationWindow): Verdict => {
  sortIntoSlots(rule, window)
  const verdict = decide(rule.quorum, slots, window.length)
  return rule.samplesNeeded > 0 && tooFewSamples(rule, window) ? 'keep' : verdict
}

/** Whether data fill the window, so that nothing that is missing has to be treated. */
export const isFilled = (rule: Rule, window: EvaluationWindow): boolean => {
  sortIntoSlots(rule, window)
  let real = 0
  for (let i = 0; i < window.length; i++) if (slots[i] !== MISSING) real++
  return real >= rule.quorum.evaluationPeriods
}

/** The change to `state`, which `judge` has found in this window, with the periods that call for it. */
export const explain = (rule: Rule, window: EvaluationWindow, state: AlarmStateValue): Change => {
  sortIntoSlots(rule, window)
  return { kind: 'change', state, points: evaluatedPoints(rule.quorum.evaluationPeriods, window) }
}

const sortIntoSlots = (rule: Rule, window: EvaluationWindow): void => {
  if (slots.length < window.length) slots = new Uint8Array(window.length * 2)
  classify(rule.limit, window, slots)
}

/** A window without any sample is missing data, which has a treatment of its own. */
const tooFewSamples = (rule: Rule, window: EvaluationWindow): boolean => {
  let samples = 0
  let real = 0
  for (let i = window.length - 1; i >= 0 && real < rule.quorum.evaluationPeriods; i--) {
    if (slots[i] === MISSING) continue
    real++
    samples += window.counts[i]!
  }
  return samples > 0 && samples < rule.samplesNeeded
}

/** The N newest real periods; when there are fewer, the newest missing ones make up for them. Newest first. */
const evaluatedPoints = (evaluationPeriods: number, window: EvaluationWindow): EvaluatedPoint[] => {
  let real = 0
  for (let i = 0; i < window.length; i++) if (slots[i] !== MISSING) real++
  let gaps = Math.max(0, evaluationPeriods - real)
  const points: EvaluatedPoint[] = []
  for (let i = window.length - 1; i >= 0 && points.length < evaluationPeriods; i--) {
    const missing = slots[i] === MISSING
    if (missing && gaps-- <= 0) continue
    points.push({
      at: slotStart(window, i),
      value: missing ? undefined : window.values[i]!,
      samples: missing ? 0 : window.counts[i]!,
      breaching: slots[i] === BREACHING,
      ...(missing ? {} : limitAt('lower', window.lower?.[i])),
      ...(missing ? {} : limitAt('upper', window.upper?.[i])),
    })
  }
  return points
}

const limitAt = (side: 'lower' | 'upper', value: number | undefined): { readonly lower?: number; readonly upper?: number } =>
  value === undefined || Number.isNaN(value) ? {} : { [side]: value }
