/** What a detector knows of its log groups; JSON, to be kept between evaluations. */
export interface DetectorModel {
  /** Windows that it has learned from. */
  readonly windows: number
  readonly patterns: Readonly<Record<string, PatternHistory>>
}

/** How often a pattern comes in a window: exponentially weighted. */
export interface PatternHistory {
  readonly mean: number
  readonly variance: number
  /** Windows since it was first seen, that one among them. */
  readonly windows: number
  /** Epoch milliseconds. */
  readonly lastSeen: number
}

export const EMPTY_MODEL: DetectorModel = { windows: 0, patterns: {} }

/** Windows before anything is an anomaly: what comes seldom needs a while to have come once. */
export const TRAINING = 24
/** How many windows the averages look back, about. */
const MEMORY = 50
/** A pattern that has not come for so long (AWS trains with two weeks) is new when it comes again. */
const FORGOTTEN_AFTER = 14 * 86_400_000
/** Patterns that are known at most; those that have not come for longest are forgotten first. */
const KNOWN = 10_000

/** Fewer events are no spike. */
const LEAST = 10
const DEVIATIONS = 5
const FACTOR = 3

/** From how many events on a window is a spike of the pattern; undefined while too little is known of it. */
export const spikeFrom = ({ mean, variance, windows }: PatternHistory): number | undefined =>
  // Counts deviate by the root of their mean at least (Poisson), however steady they were.
  windows < TRAINING ? undefined : Math.max(LEAST, mean * FACTOR, mean + DEVIATIONS * Math.sqrt(Math.max(variance, mean)))

/** The model after a window that ended at `at`. `counts`: events by pattern; a pattern that did not come counts 0. */
export const learn = (model: DetectorModel, at: number, counts: ReadonlyMap<string, number>): DetectorModel => {
  const known = Object.entries(model.patterns).map(([id, history]) => [id, folded(history, counts.get(id), at)] as const)
  const added = [...counts].filter(([id]) => !Object.hasOwn(model.patterns, id)).map(([id, count]) => [id, { mean: count, variance: 0, windows: 1, lastSeen: at }] as const)
  const kept = [...known, ...added].filter(([, { lastSeen }]) => at - lastSeen <= FORGOTTEN_AFTER)
  const patterns = kept.length <= KNOWN ? kept : kept.toSorted(([, a], [, b]) => b.lastSeen - a.lastSeen).slice(0, KNOWN)
  return { windows: model.windows + 1, patterns: Object.fromEntries(patterns) }
}

const folded = ({ mean, variance, windows, lastSeen }: PatternHistory, count: number | undefined, at: number): PatternHistory => {
  const weight = 1 / Math.min(windows + 1, MEMORY)
  const delta = (count ?? 0) - mean
  return {
    mean: mean + weight * delta,
    variance: (1 - weight) * (variance + weight * delta * delta),
    windows: windows + 1,
    lastSeen: count === undefined ? lastSeen : at,
  }
}
