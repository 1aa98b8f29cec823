import { distributionOf, type Distribution } from './distribution.ts'
import { overSamples, refused, type Parsed } from './statistic.ts'

/** What lies inside: percent of the ranked samples (0–100), or values with an open lower and a closed upper end. */
export interface Bounds {
  readonly kind: 'percent' | 'absolute'
  readonly low: number
  readonly high: number
}

/** Sum and number of the samples inside the bounds. */
export interface Inside {
  readonly sum: number
  readonly count: number
}

/** Each sample owns a unit of rank, so percent bounds may cut one in two: counts can be fractional. */
export const inside = (distribution: Distribution, bounds: Bounds): Inside => {
  const { values, weights, total } = distribution
  let sum = 0
  let count = 0
  if (bounds.kind === 'absolute') {
    for (let i = 0; i < values.length; i++) {
      const value = values[i]!
      if (value > bounds.low && value <= bounds.high) {
        sum += value * weights[i]!
        count += weights[i]!
      }
    }
    return { sum, count }
  }
  const from = (bounds.low / 100) * total
  const to = (bounds.high / 100) * total
  let start = 0
  for (let i = 0; i < values.length; i++) {
    const end = start + weights[i]!
    const overlap = Math.min(end, to) - Math.max(start, from)
    if (overlap > 0) {
      sum += values[i]! * overlap
      count += overlap
    }
    start = end
  }
  return { sum, count }
}

const NUMBER = String.raw`\d{1,110}(?:\.\d{1,10})?`
const SHORT = new RegExp(`^([a-z]{2})(${NUMBER})$`, 'i')
const RANGE = new RegExp(String.raw`^([a-z]{2})\((${NUMBER})?(%?):(${NUMBER})?(%?)\)$`, 'i')

export interface RangeRules {
  /** `tm90` for `TM(:90%)`. */
  readonly short: boolean
  readonly percent: boolean
}

/**
 * Reads `XX(low:high)` and `xxNN` for the two letters of a family. CloudWatch writes ranges in capitals and the short
 * form in small letters; both are accepted in either.
 */
export const parseBounded = (
  name: string,
  text: string,
  rules: RangeRules,
  compute: (distribution: Distribution, bounds: Bounds) => number | undefined,
): Parsed | undefined => {
  if (text.slice(0, 2).toUpperCase() !== name) return undefined
  const bounds = readBounds(text, rules)
  if (typeof bounds === 'string') return refused(bounds)
  return overSamples(text, bucket => {
    const distribution = distributionOf(bucket)
    return distribution === undefined ? undefined : compute(distribution, bounds)
  })
}

const readBounds = (text: string, rules: RangeRules): Bounds | string => {
  const short = rules.short ? SHORT.exec(text) : null
  if (short !== null) return checked({ kind: 'percent', low: 0, high: Number(short[2]) })
  const range = RANGE.exec(text)
  if (range === null) return `expected a range such as ${rules.percent ? '(10%:90%) or (10:90)' : '(10:90)'}, bounds with up to 10 decimals`
  const [, , low, lowSign, high, highSign] = range
  if (low === undefined && high === undefined) return 'a range needs at least one bound'
  if ((low === undefined && lowSign !== '') || (high === undefined && highSign !== '')) return 'a percent sign needs its number'
  if (low !== undefined && high !== undefined && lowSign !== highSign) return 'both bounds must be percentages or both values'
  const percent = lowSign === '%' || highSign === '%'
  if (percent && !rules.percent) return 'its bounds are values, not percentages'
  return checked({
    kind: percent ? 'percent' : 'absolute',
    low: low === undefined ? (percent ? 0 : -Infinity) : Number(low),
    high: high === undefined ? (percent ? 100 : Infinity) : Number(high),
  })
}

const checked = (bounds: Bounds): Bounds | string => {
  if (bounds.kind === 'percent' && (bounds.low > 100 || bounds.high > 100)) return 'a percentage lies between 0 and 100'
  if (bounds.low >= bounds.high) return 'the lower bound must be below the upper one'
  return bounds
}
