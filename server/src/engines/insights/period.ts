/** The units of `bin(5m)`, as functions see them: one spelling for each. */
export type PeriodUnit = 'ms' | 's' | 'm' | 'h' | 'd' | 'w' | 'mo' | 'q' | 'y'

/** A literal such as `5m`. */
export interface Period {
  /** As written, positive; caps of AWS (`60s` at most) are not yet applied. */
  readonly count: number
  readonly unit: PeriodUnit
}
