import type { LogAnomaly, ObservedPattern } from '../../engines/log-patterns/anomaly.ts'
import { type DetectorModel, EMPTY_MODEL } from '../../engines/log-patterns/detector-model.ts'
import { evaluateWindow } from '../../engines/log-patterns/evaluate-window.ts'
import { mergePatterns } from '../../engines/log-patterns/merge-patterns.ts'
import type { LogAnomalyDetector } from '../../model/log-anomaly-detector.ts'
import type { WindowRow } from './ports.ts'

/** What a detector has learnt: how often patterns come, and texts that tell what is of which pattern. */
export interface Learnt {
  readonly model: DetectorModel
  readonly texts: readonly KnownText[]
}

/** A text of an earlier window, and the pattern that it was of. */
interface KnownText {
  readonly text: string
  readonly patternId: string
}

/** Texts that are known at most, the newest: each costs some microseconds a window. */
const TEXTS = 2_000
/** Of one pattern: more than two, so that most of its words are known to vary. */
const TEXTS_OF_PATTERN = 8
const SAMPLES = 10
const DAY = 86_400_000

export const readLearnt = (text: string): Learnt => (text === '' ? { model: EMPTY_MODEL, texts: [] } : (JSON.parse(text) as Learnt))

/** One window: what is known after it, and all anomalies as they are then. */
export const learnWindow = (
  { model, texts }: Learnt, anomalies: readonly LogAnomaly[], rows: readonly WindowRow[], end: number, detector: LogAnomalyDetector, newId: () => string,
): { readonly learnt: Learnt; readonly anomalies: readonly LogAnomaly[] } => {
  const found = stablePatterns(rows, texts)
  const patterns = found.map(({ pattern, rows: ofPattern }): ObservedPattern => ({
    pattern,
    logSamples: ofPattern.slice(0, SAMPLES).map(({ sample, sampleAt }) => ({ timestamp: sampleAt, message: sample })),
    logGroupArns: [detector.group.arn],
  }))
  const settings = { anomalyDetectorArn: detector.arn, visibility: detector.visibilityDays * DAY }
  const evaluated = evaluateWindow(model, anomalies, { end, patterns }, settings, newId)
  const seen = found.flatMap(({ pattern, rows: ofPattern, known }) =>
    [...known, ...ofPattern.map(({ text }) => text)].slice(0, TEXTS_OF_PATTERN).map(text => ({ text, patternId: pattern.patternId })),
  )
  return { learnt: { model: evaluated.model, texts: joined(texts, seen) }, anomalies: evaluated.anomalies }
}

interface FoundPattern {
  readonly pattern: ObservedPattern['pattern']
  readonly rows: readonly WindowRow[]
  /** Texts of earlier windows. */
  readonly known: readonly string[]
}

/**
 * The patterns of a window under the ids that they had before: which words of a pattern vary shows only when they do, and one window holds
 * few events. So texts of earlier windows are laid between the new ones, and what they come to lie with is of their pattern.
 */
const stablePatterns = (rows: readonly WindowRow[], texts: readonly KnownText[]): readonly FoundPattern[] => {
  const known = new Map(texts.map(({ text, patternId }) => [text, patternId]))
  const merged = mergePatterns([...rows, ...texts.map(({ text }) => ({ text, count: 0, sample: '', sampleAt: 0 }))])
  const found = new Map<string, FoundPattern>()
  for (const { rows: all, ...pattern } of merged) {
    if (pattern.sampleCount === 0) continue
    const before = all.filter(({ count }) => count === 0).map(({ text }) => text)
    const seen = all.filter(({ count }) => count > 0)
    const patternId = before.map(text => known.get(text)).find(id => id !== undefined) ?? pattern.patternId
    const other = found.get(patternId)
    found.set(patternId, {
      pattern: { ...pattern, ...other?.pattern, patternId, sampleCount: pattern.sampleCount + (other?.pattern.sampleCount ?? 0) },
      rows: [...(other?.rows ?? []), ...seen],
      known: [...(other?.known ?? []), ...before],
    })
  }
  return [...found.values()]
}

/** What was seen now is the newest. */
const joined = (before: readonly KnownText[], now: readonly KnownText[]): readonly KnownText[] => {
  const seen = new Set(now.map(({ text }) => text))
  return [...before.filter(({ text }) => !seen.has(text)), ...now].slice(-TEXTS)
}
