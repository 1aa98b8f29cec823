import type { LogAnomaly } from './anomaly.ts'

export type AnomalyChange =
  /** `until`: epoch milliseconds; undefined: without end. */
  | { readonly type: 'suppress'; readonly until: number | undefined }
  | { readonly type: 'unsuppress' }
  /** Take it for normal from now on. */
  | { readonly type: 'baseline' }

/** The anomaly as UpdateAnomaly leaves it. `byPattern`: it was named by its pattern, with all others of it. */
export const changed = (anomaly: LogAnomaly, change: AnomalyChange, now: number, byPattern: boolean): LogAnomaly => {
  const { suppressedDate: _date, suppressedUntil: _until, isPatternLevelSuppression: _level, ...bare } = anomaly
  if (change.type === 'baseline') return { ...anomaly, state: 'Baseline', active: false }
  if (change.type === 'unsuppress') return { ...bare, suppressed: false, state: anomaly.state === 'Suppressed' ? 'Active' : anomaly.state }
  return {
    ...bare, state: anomaly.state === 'Baseline' ? 'Baseline' : 'Suppressed', suppressed: true, suppressedDate: now, suppressedUntil: change.until ?? 0, isPatternLevelSuppression: byPattern,
  }
}

/** The anomaly at a time: a suppression may have ended, and its visibility. */
export const settled = (anomaly: LogAnomaly, now: number, visibility: number): LogAnomaly => {
  const { suppressed, suppressedUntil = 0 } = anomaly
  const current = suppressed && suppressedUntil !== 0 && suppressedUntil <= now ? changed(anomaly, { type: 'unsuppress' }, now, false) : anomaly
  return current.state !== 'Baseline' && current.firstSeen + visibility <= now ? { ...current, state: 'Baseline', active: false } : current
}
