import type { Pattern, PatternToken } from './pattern.ts'

/** An anomaly as ListAnomalies shows it; times are epoch milliseconds. */
export interface LogAnomaly {
  readonly anomalyId: string
  readonly patternId: string
  readonly anomalyDetectorArn: string
  /** The pattern with `<*>` for its tokens. */
  readonly patternString: string
  readonly patternRegex: string
  readonly patternTokens: readonly PatternToken[]
  readonly priority: 'HIGH' | 'MEDIUM' | 'LOW'
  readonly firstSeen: number
  readonly lastSeen: number
  readonly description: string
  /** It was there in the latest evaluation. */
  readonly active: boolean
  readonly state: 'Active' | 'Suppressed' | 'Baseline'
  /** Ends of evaluation windows, and how many events of it they had; the newest {@link HISTOGRAM}, oldest first. The API has them as a map. */
  readonly histogram: readonly (readonly [at: number, events: number])[]
  readonly logSamples: readonly { readonly timestamp: number; readonly message: string }[]
  readonly logGroupArnList: readonly string[]
  readonly suppressed: boolean
  readonly suppressedDate?: number
  /** 0: without end. */
  readonly suppressedUntil?: number
  readonly isPatternLevelSuppression?: boolean
  /** Not of the API: why it is one. */
  readonly kind: 'new' | 'spike'
}

const HISTOGRAM = 500
const SAMPLES = 10

/** A pattern in one evaluation window. */
export interface ObservedPattern {
  readonly pattern: Pattern
  readonly logSamples: LogAnomaly['logSamples']
  readonly logGroupArns: readonly string[]
}

export const newAnomaly = (
  anomalyId: string, anomalyDetectorArn: string, observed: ObservedPattern, kind: LogAnomaly['kind'], at: number, usual: number,
): LogAnomaly => {
  const { patternId, regex, tokens, sampleCount } = observed.pattern
  return {
    anomalyId,
    patternId,
    anomalyDetectorArn,
    patternString: tokens.map(({ tokenString }) => tokenString).join(''),
    patternRegex: regex,
    patternTokens: tokens,
    priority: priorityOf(observed.pattern, kind, usual),
    firstSeen: at,
    lastSeen: at,
    description: kind === 'new' ? `A pattern that was not seen before: ${events(sampleCount)}.` : `${events(sampleCount)} of this pattern, where ${usual < 1 ? 'less than one is' : `${Math.round(usual)} are`} usual.`,
    active: true,
    state: 'Active',
    histogram: [[at, sampleCount]],
    logSamples: observed.logSamples.slice(0, SAMPLES),
    logGroupArnList: observed.logGroupArns,
    suppressed: false,
    kind,
  }
}

/** The anomaly with one more window in which it was there. */
export const seenAgain = (anomaly: LogAnomaly, observed: ObservedPattern, at: number): LogAnomaly => ({
  ...anomaly,
  lastSeen: at,
  active: true,
  histogram: [...anomaly.histogram, [at, observed.pattern.sampleCount] as const].slice(-HISTOGRAM),
  logSamples: [...observed.logSamples, ...anomaly.logSamples].slice(0, SAMPLES),
  logGroupArnList: [...new Set([...anomaly.logGroupArnList, ...observed.logGroupArns])],
})

/** By severity, and by how far from usual it is. */
const priorityOf = ({ severityLabel, sampleCount }: Pattern, kind: LogAnomaly['kind'], usual: number): LogAnomaly['priority'] => {
  if (severityLabel === 'FATAL' || severityLabel === 'CRITICAL' || severityLabel === 'ERROR') return 'HIGH'
  return severityLabel === 'WARN' || (kind === 'spike' && sampleCount > usual * 10) ? 'MEDIUM' : 'LOW'
}

const events = (count: number): string => (count === 1 ? '1 event' : `${count} events`)
