/** Documented limits of PutMetricData (API reference 2010-08-01), besides those of every datum, which are in `model/`. */
export const MAX_DATUMS = 1000
export const MAX_VALUES = 150
export const MAX_ENTITIES = 2
/** Of the body as sent, and of the body once inflated: what a request may hold does not depend on how it was packed. */
export const MAX_BODY_BYTES = 1_048_576

/** How long high-resolution points are kept as such: what is older on arrival is kept by the minute. */
export const HIGH_RESOLUTION_MILLIS = 3 * 3_600_000
