import type { StateValue } from '../../aws/shapes.ts'

/** A stretch of time that an alarm spent in one state; epoch seconds, `end` exclusive. */
export interface StateBand {
  readonly state: StateValue
  readonly start: number
  readonly end: number
}

export const stateAt = (bands: readonly StateBand[], at: number): StateValue | undefined =>
  bands.findLast(band => band.start <= at && at <= band.end)?.state
