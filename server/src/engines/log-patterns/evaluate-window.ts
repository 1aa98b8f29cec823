import { type LogAnomaly, type ObservedPattern, newAnomaly, seenAgain } from './anomaly.ts'
import { type DetectorModel, learn, spikeFrom, TRAINING } from './detector-model.ts'
import { settled } from './suppression.ts'

export interface EvaluationWindow {
  /** Epoch milliseconds. */
  readonly end: number
  /** Each pattern once. */
  readonly patterns: readonly ObservedPattern[]
}

export interface DetectorSettings {
  readonly anomalyDetectorArn: string
  /** Milliseconds after which an anomaly is taken for normal (`anomalyVisibilityTime`). */
  readonly visibility: number
}

export interface Evaluated {
  readonly model: DetectorModel
  /** All that were given, as they are now, and the new ones behind them. */
  readonly anomalies: readonly LogAnomaly[]
}

/**
 * One evaluation: patterns that the model does not know, and those that come far more often than usual, are anomalies, until their visibility
 * ends. Windows come in order, those without events too. `newId` makes the ids of anomalies. To train a new detector, evaluate
 * the windows of the past: the first {@link TRAINING} only teach.
 */
export const evaluateWindow = (model: DetectorModel, anomalies: readonly LogAnomaly[], window: EvaluationWindow, settings: DetectorSettings, newId: () => string): Evaluated => {
  const { end } = window
  const observed = new Map(window.patterns.map(each => [each.pattern.patternId, each]))
  const before = anomalies.map(anomaly => settled(anomaly, end, settings.visibility))
  const isUnusual = (each: ObservedPattern): LogAnomaly['kind'] | undefined => unusual(model, each)
  const now = before.map(anomaly => {
    const each = observed.get(anomaly.patternId)
    const isThere = each !== undefined && anomaly.state !== 'Baseline' && (anomaly.kind === 'new' || isUnusual(each) === 'spike')
    return isThere ? seenAgain(anomaly, each, end) : { ...anomaly, active: false }
  })
  const added = window.patterns.flatMap(each => {
    const kind = isUnusual(each)
    const { patternId } = each.pattern
    const open = before.some(anomaly => anomaly.patternId === patternId && anomaly.state !== 'Baseline')
    const accepted = kind === 'spike' && before.some(anomaly => anomaly.patternId === patternId && anomaly.kind === 'spike' && anomaly.state === 'Baseline')
    if (kind === undefined || open || accepted) return []
    const found = newAnomaly(newId(), settings.anomalyDetectorArn, each, kind, end, model.patterns[patternId]?.mean ?? 0)
    return [inheriting(found, before)]
  })
  const all = [...now, ...added]
  return { model: learn(model, end, new Map(window.patterns.map(each => [each.pattern.patternId, learned(model, all, each)]))), anomalies: all }
}

const unusual = ({ windows, patterns }: DetectorModel, { pattern }: ObservedPattern): LogAnomaly['kind'] | undefined => {
  if (windows < TRAINING) return undefined
  const history = Object.hasOwn(patterns, pattern.patternId) ? patterns[pattern.patternId] : undefined
  if (history === undefined) return 'new'
  const limit = spikeFrom(history)
  return limit !== undefined && pattern.sampleCount >= limit ? 'spike' : undefined
}

/** A spike does not make itself usual while it is an anomaly; once it is taken for normal, it does. */
const learned = (model: DetectorModel, anomalies: readonly LogAnomaly[], { pattern }: ObservedPattern): number => {
  const history = model.patterns[pattern.patternId]
  const limit = history === undefined ? undefined : spikeFrom(history)
  const isOpen = anomalies.some(({ patternId, kind, state }) => patternId === pattern.patternId && kind === 'spike' && state !== 'Baseline')
  return isOpen && limit !== undefined ? Math.min(pattern.sampleCount, limit) : pattern.sampleCount
}

/** What is suppressed by its pattern is so in all anomalies of it. */
const inheriting = (anomaly: LogAnomaly, others: readonly LogAnomaly[]): LogAnomaly => {
  const by = others.find(other => other.patternId === anomaly.patternId && other.suppressed && other.isPatternLevelSuppression === true)
  if (by === undefined) return anomaly
  return {
    ...anomaly,
    state: 'Suppressed',
    suppressed: true,
    isPatternLevelSuppression: true,
    ...(by.suppressedDate === undefined ? {} : { suppressedDate: by.suppressedDate }),
    ...(by.suppressedUntil === undefined ? {} : { suppressedUntil: by.suppressedUntil }),
  }
}
