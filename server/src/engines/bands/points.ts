import type { EpochSeconds, Seconds } from '../../base/time.ts'
import type { DetectorConfiguration } from '../../model/anomaly-detector.ts'
import { halfOf, through, type Zone } from './zone.ts'

/** A series on its grid, oldest first; NaN where there is no value. */
export interface History {
  readonly start: EpochSeconds
  readonly period: Seconds
  readonly values: Float64Array
}

/** The values to learn from: parallel columns, oldest first. */
export interface Points {
  readonly length: number
  /** Seconds, in the middle of the period. */
  readonly at: Float64Array
  readonly value: Float64Array
  /** Half hour of the local week. */
  readonly half: Uint16Array
  /** How far through its hour, 0–1. */
  readonly through: Float64Array
  /** Whole days before the end, 0 the newest: days that are complete, whenever the history ends. */
  readonly age: Uint16Array
  /** Local calendar day. */
  readonly day: Int32Array
  /** How many different values `age` may have. */
  readonly days: number
  /** The end of the newest period. */
  readonly until: number
}

const DAY = 86_400

export const usablePoints = (history: History, excluded: DetectorConfiguration['excluded'], zone: Zone): Points => {
  const { start, period, values } = history
  const slots: number[] = []
  for (let slot = 0; slot < values.length; slot++) {
    const from = start + slot * period
    // A period that an excluded range touches is left out whole: its value has some of the excluded time in it.
    if (Number.isFinite(values[slot]) && !excluded.some(range => from < range.to && from + period > range.from)) slots.push(slot)
  }
  const until = start + ((slots.at(-1) ?? -1) + 1) * period
  const at = Float64Array.from(slots, slot => start + (slot + 0.5) * period)
  const age = Uint16Array.from(at, moment => Math.floor((until - moment) / DAY))
  return {
    length: slots.length,
    at,
    value: Float64Array.from(slots, slot => values[slot]!),
    half: Uint16Array.from(at, moment => halfOf(zone.weekSecond(moment))),
    through: at.map(moment => through(zone.weekSecond(moment))),
    age,
    day: Int32Array.from(at, moment => zone.day(moment)),
    days: slots.length === 0 ? 0 : age[0]! + 1,
    until,
  }
}

/** The values of each group, by its number; empty groups are there. */
export const grouped = (values: Float64Array, group: ArrayLike<number>, groups: number): readonly (readonly number[])[] => {
  const lists: number[][] = Array.from({ length: groups }, () => [])
  for (let i = 0; i < values.length; i++) lists[group[i]!]!.push(values[i]!)
  return lists
}
