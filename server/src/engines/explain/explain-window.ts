import { decide, type Verdict } from '../alarms/decide.ts'
import { judge, slotStart, type EvaluationWindow, type Rule } from '../alarms/evaluate.ts'
import { BREACHING, classify, MISSING } from '../alarms/slots.ts'
import type { Deciding, ExplainedPoint } from './explanation.ts'

interface ExplainedWindow {
  readonly verdict: Verdict
  readonly decidedBy: Deciding
  readonly because: string
  readonly points: readonly ExplainedPoint[]
}

/** What an evaluation made of one window: the verdict is the evaluator's own, so that both cannot disagree. */
export const explainWindow = (rule: Rule, window: EvaluationWindow): ExplainedWindow => {
  const slots = new Uint8Array(window.length)
  classify(rule.limit, window, slots)
  const verdict = judge(rule, window)
  const tooFew = verdict === 'keep' && decide(rule.quorum, slots, window.length) !== 'keep'
  return { verdict, ...(tooFew ? lowSamples(rule, window) : decision(rule, slots)), points: pointsOf(rule, window, slots) }
}

const decision = ({ quorum }: Rule, slots: Uint8Array): { readonly decidedBy: Deciding; readonly because: string } => {
  const { evaluationPeriods: n, datapointsToAlarm: m, treatment } = quorum
  const real = slots.filter(slot => slot !== MISSING).length
  const newest = [...slots].reverse().filter(slot => slot !== MISSING).slice(0, n)
  const breaching = newest.filter(slot => slot === BREACHING).length
  const breached = `${breaching} of ${count(newest.length, 'datapoint')} ${breaching === 1 ? 'breaches' : 'breach'}, and ${m} must for ALARM`
  if (n === 1 && real >= 1) return { decidedBy: 'newest-datapoints', because: `The newest datapoint decides, and it ${breaching === 1 ? 'breaches' : 'is fine'}.` }
  if (real >= n) return { decidedBy: 'newest-datapoints', because: `The newest ${count(n, 'datapoint')} decide: ${breached}.` }
  const gaps = n - real
  switch (treatment) {
    case 'breaching':
    case 'notBreaching':
      return {
        decidedBy: 'missing-data-treatment',
        because: `${count(gaps, 'missing period')} ${gaps === 1 ? 'counts' : 'count'} as ${treatment === 'breaching' ? 'breaching' : 'not breaching'}, as missing data is treated: ${
          breaching + (treatment === 'breaching' ? gaps : 0)} of ${count(n, 'period')} breach, and ${m} must for ALARM.`,
      }
    case 'missing':
    case 'ignore':
      if (real === 0) {
        return { decidedBy: 'no-data', because: treatment === 'missing' ? 'Nothing was received, which is insufficient data.' : 'Nothing was received, and missing data is ignored: the state stays.' }
      }
      if (breaching >= m) return { decidedBy: 'enough-breaching', because: `Data is missing, but ${breached}.` }
      if (breaching < real) return { decidedBy: 'any-fine', because: `Data is missing, and ${breached}: what was received shows that all is well.` }
      return premature(m, slots, treatment === 'missing')
  }
}

/** Only breaching datapoints, fewer than ALARM takes. */
const premature = (m: number, slots: Uint8Array, byAge: boolean): { readonly decidedBy: Deciding; readonly because: string } => {
  const age = slots.length - slots.indexOf(BREACHING)
  return byAge && age >= m
    ? { decidedBy: 'old-enough', because: `All that was received breaches, and the oldest of it is ${count(age, 'period')} old, of ${m} that ALARM takes.` }
    : { decidedBy: 'premature', because: `All that was received breaches, but it is fewer than the ${count(m, 'datapoint')} that ALARM takes: the state stays.` }
}

const lowSamples = ({ samplesNeeded, quorum }: Rule, { counts, values, length }: EvaluationWindow): { readonly decidedBy: Deciding; readonly because: string } => {
  let samples = 0
  for (let slot = length - 1, real = 0; slot >= 0 && real < quorum.evaluationPeriods; slot--) {
    if (Number.isNaN(values[slot]!)) continue
    real++
    samples += counts[slot]!
  }
  return { decidedBy: 'low-samples', because: `${count(samples, 'sample')} are too few for this percentile, which needs ${samplesNeeded}: the state stays.` }
}

/** Newest first. */
const pointsOf = ({ quorum }: Rule, window: EvaluationWindow, slots: Uint8Array): readonly ExplainedPoint[] => {
  const n = quorum.evaluationPeriods
  let real = 0
  let gaps = n - slots.filter(slot => slot !== MISSING).length
  const points: ExplainedPoint[] = []
  for (let slot = window.length - 1; slot >= 0; slot--) {
    const missing = slots[slot] === MISSING
    points.push({
      at: slotStart(window, slot),
      value: number(window.values[slot]),
      samples: number(window.counts[slot]),
      lower: number(window.lower?.[slot]),
      upper: number(window.upper?.[slot]),
      finding: missing ? 'missing' : slots[slot] === BREACHING ? 'breaching' : 'fine',
      considered: missing ? gaps-- > 0 : real++ < n,
    })
  }
  return points
}

const number = (value: number | undefined): number | undefined => (value === undefined || Number.isNaN(value) ? undefined : value)
const count = (amount: number, what: string): string => `${amount} ${what}${amount === 1 ? '' : 's'}`
