import type { BandComparison, StaticComparison } from '../../model/alarm.ts'

/** What one period says to an alarm; the only thing that its decision looks at. */
export const MISSING = 0
const FINE = 1
export const BREACHING = 2

/** When a value breaches: by a number, or by the two limits that the window holds for every slot. */
export type Limit =
  | { readonly kind: 'static'; readonly comparison: StaticComparison; readonly threshold: number }
  | { readonly kind: 'band'; readonly comparison: BandComparison }

/** Values with their limits, oldest first; NaN is a period without a datapoint, or without a band. */
export interface Slots {
  readonly values: Float64Array
  /** Of bands, as long as `values`. */
  readonly lower?: Float64Array
  readonly upper?: Float64Array
  readonly length: number
}

/** Classifies the first `length` values. Allocates nothing. */
export const classify = (limit: Limit, slots: Slots, out: Uint8Array): void =>
  limit.kind === 'static' ? classifyByThreshold(limit.comparison, limit.threshold, slots, out) : classifyByBand(limit.comparison, slots, out)

const classifyByThreshold = (comparison: StaticComparison, threshold: number, { values, length }: Slots, out: Uint8Array): void => {
  switch (comparison) {
    case 'GreaterThanThreshold':
      for (let i = 0; i < length; i++) out[i] = values[i]! > threshold ? BREACHING : Number.isNaN(values[i]!) ? MISSING : FINE
      return
    case 'GreaterThanOrEqualToThreshold':
      for (let i = 0; i < length; i++) out[i] = values[i]! >= threshold ? BREACHING : Number.isNaN(values[i]!) ? MISSING : FINE
      return
    case 'LessThanThreshold':
      for (let i = 0; i < length; i++) out[i] = values[i]! < threshold ? BREACHING : Number.isNaN(values[i]!) ? MISSING : FINE
      return
    case 'LessThanOrEqualToThreshold':
      for (let i = 0; i < length; i++) out[i] = values[i]! <= threshold ? BREACHING : Number.isNaN(values[i]!) ? MISSING : FINE
      return
  }
}

/** A value without the limit that it has to be held against says nothing: it counts as missing. */
const classifyByBand = (comparison: BandComparison, { values, lower, upper, length }: Slots, out: Uint8Array): void => {
  for (let i = 0; i < length; i++) {
    const value = values[i]!
    const under = comparison === 'GreaterThanUpperThreshold' ? 0 : below(value, lower?.[i])
    const over = comparison === 'LessThanLowerThreshold' ? 0 : below(upper?.[i] ?? NaN, value)
    out[i] = under > 0 || over > 0 ? BREACHING : Number.isNaN(under) || Number.isNaN(over) ? MISSING : FINE
  }
}

/** 1: is; 0: is not; NaN: nobody knows. */
const below = (a: number, b: number | undefined): number => (b === undefined || Number.isNaN(a) || Number.isNaN(b) ? NaN : a < b ? 1 : 0)
