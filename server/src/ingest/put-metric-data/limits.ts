/** Documented limits of PutMetricData (API reference 2010-08-01), besides those of the single fields in `validate.ts`. */
export const MAX_DATUMS = 1000
export const MAX_VALUES = 150
export const MAX_DIMENSIONS = 30
export const MAX_ENTITIES = 2
/** Of the body as sent, and of the body once inflated: what a request may hold does not depend on how it was packed. */
export const MAX_BODY_BYTES = 1_048_576
/** Values lie within ±2^360. */
export const MAX_VALUE = 2 ** 360

/** Two weeks. */
export const PAST_MILLIS = 14 * 86_400_000
/** Two hours. */
export const FUTURE_MILLIS = 2 * 3_600_000
/** How long high-resolution points are kept as such: what is older on arrival is kept by the minute. */
export const HIGH_RESOLUTION_MILLIS = 3 * 3_600_000
