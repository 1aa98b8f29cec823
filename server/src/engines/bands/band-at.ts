import type { EpochSeconds, Seconds } from '../../base/time.ts'
import type { BandModel } from '../../model/anomaly-detector.ts'
import { halfOf, through, zoneOf, type Zone } from './zone.ts'

/** Periods of equal length, the first at `start`. */
export interface Grid {
  readonly start: EpochSeconds
  readonly period: Seconds
  readonly length: number
}

/** Limits per period of a grid, parallel to it. Room may be longer than the grid; what is beyond it is left as it was. */
export interface Band {
  readonly lower: Float64Array
  readonly upper: Float64Array
}

/** A model as it is computed with. */
interface Table {
  readonly zone: Zone
  readonly levels: Float64Array
  readonly spreads: Float64Array
}

const DAY = 86_400
/** A trend is followed this far beyond what was learnt; models are renewed long before. */
const TREND_REACH = 14
/** Room for the last digit of an average, for series that never move. */
const ROUNDING = 1e-9

const tables = new WeakMap<BandModel, Table>()

export const bandRoom = (length: number): Band => ({ lower: new Float64Array(length), upper: new Float64Array(length) })

/**
 * The band of a model over a grid: `deviations` standard deviations on either side of the expected value. Writes into `room`
 * where it is given. Always finite, the lower limit never above the upper.
 */
export const bandAt = (model: BandModel, grid: Grid, deviations: number, room: Band = bandRoom(grid.length)): Band => {
  const { zone, levels, spreads } = tableOf(model)
  const { lower, upper } = room
  const { above, below } = model.spikes
  const width = Math.abs(deviations)
  for (let slot = 0; slot < grid.length; slot++) {
    const at = grid.start + (slot + 0.5) * grid.period
    const second = zone.weekSecond(at)
    const hour = halfOf(second) & ~1
    const first = levels[hour]!
    const days = Math.max(-TREND_REACH, Math.min(TREND_REACH, (at - model.until) / DAY))
    const centre = first + (levels[hour + 1]! - first) * (2 * through(second) - 0.5) + model.trend * days
    const spread = spreads[hour >> 1]!
    const rounding = Math.abs(centre) * ROUNDING
    const low = centre - width * Math.max(spread, below / 2) - rounding
    const high = centre + width * Math.max(spread, above / 2) + rounding
    lower[slot] = model.nonNegative ? Math.max(0, low) : low
    upper[slot] = model.nonNegative ? Math.max(0, high) : high
  }
  return room
}

const tableOf = (model: BandModel): Table => {
  let table = tables.get(model)
  if (table === undefined) {
    table = { zone: zoneOf(model.timezone), levels: Float64Array.from(model.levels), spreads: Float64Array.from(model.spreads) }
    tables.set(model, table)
  }
  return table
}
