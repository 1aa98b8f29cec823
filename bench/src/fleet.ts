/** A fleet whose graphs are asked for alike of the product and of its peers. */
export const SERIES = 10_000
/** Of these a day is stored, 15 seconds apart: 11.5 million datapoints. */
export const STORED = 2000
/** Graphs on a wall. */
export const WIDE = 100
/** How often the wall is asked for, each time of other series. */
export const ROUNDS = 40
export const DAY = 86_400
export const FIVE_MINUTES = 300

export const hostOf = (series: number): string => `ip-10-0-${series >> 8}-${series & 255}`
export const serviceOf = (series: number): string => `checkout-${series % 100}`
