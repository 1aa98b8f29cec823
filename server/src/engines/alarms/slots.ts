import type { StaticComparison } from '../../model/alarm.ts'

/** What one period says to an alarm; the only thing that its decision looks at. */
export const MISSING = 0
const FINE = 1
export const BREACHING = 2

/** When a value breaches. The union grows with the kinds of alarms: a band has two limits for every slot. */
export type Limit = { readonly kind: 'static'; readonly comparison: StaticComparison; readonly threshold: number }

/** Classifies `values[0 … length)`, oldest first; NaN is a period without a datapoint. Allocates nothing. */
export const classify = (limit: Limit, values: Float64Array, length: number, out: Uint8Array): void => {
  const { threshold } = limit
  switch (limit.comparison) {
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
