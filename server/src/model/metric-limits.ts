/** Documented limits of a datum (PutMetricData, API reference 2010-08-01), wherever it comes from. */
export const MAX_DIMENSIONS = 30

/** Two weeks. */
export const PAST_MILLIS = 14 * 86_400_000
/** Two hours. */
export const FUTURE_MILLIS = 2 * 3_600_000

/** In milliseconds: metrics without a datapoint for two weeks are neither listed nor searched. */
export const LISTED_FOR = 14 * 86_400_000

/** Values lie within ±2^360. */
export const MAX_VALUE = 2 ** 360
/** Refuses NaN, too. */
export const isStorable = (value: number): boolean => value <= MAX_VALUE && value >= -MAX_VALUE
