import { seededEntropy } from '../../base/entropy.ts'
import { epochSeconds, seconds } from '../../base/time.ts'
import type { BandModel, DetectorConfiguration } from '../../model/anomaly-detector.ts'
import { bandAt } from './band-at.ts'
import type { History } from './points.ts'

/** A Monday, 00:00 UTC. */
export const MONDAY = Date.parse('2026-03-02T00:00:00Z') / 1000
export const HOUR = 3600
export const DAY = 86_400
const PERIOD = 300

export const PLAIN: DetectorConfiguration = {
  excluded: [],
  timezone: undefined,
  adaptationSpeed: undefined,
  outlierFiltering: undefined,
  periodicSpikes: undefined,
}

/** What a series is, at a second since 1970; `noise` is standard normal. */
export type Shape = (at: number, noise: number) => number

export const noiseFrom = (seed: number): (() => number) => {
  const entropy = seededEntropy(seed)
  return () => Math.sqrt(-2 * Math.log(1 - entropy.fraction())) * Math.cos(2 * Math.PI * entropy.fraction())
}

/** `days` of a shape from `start` on. */
export const historyOf = (shape: Shape, { days = 14, start = MONDAY, period = PERIOD, seed = 1 } = {}): History => {
  const noise = noiseFrom(seed)
  const values = Float64Array.from({ length: Math.round((days * DAY) / period) }, (_, slot) => shape(start + slot * period, noise()))
  return { start: epochSeconds(start), period: seconds(period), values }
}

/** The share of the values that lies outside the band. */
export const shareOutside = (model: BandModel, { start, period, values }: History, deviations = 2): number => {
  const { lower, upper } = bandAt(model, { start, period, length: values.length }, deviations)
  let outside = 0
  for (const [slot, value] of values.entries()) if (value < lower[slot]! || value > upper[slot]!) outside++
  return outside / values.length
}

export const daily: Shape = at => 100 + 50 * Math.sin((2 * Math.PI * at) / DAY)
export const isWeekend = (at: number): boolean => (((at - MONDAY) / DAY) % 7 + 7) % 7 >= 5
/** Office hours: a plateau from nine to five on weekdays, little at night and at the weekend. */
export const office: Shape = at => (!isWeekend(at) && at % DAY >= 9 * HOUR && at % DAY < 17 * HOUR ? 500 : 100)
