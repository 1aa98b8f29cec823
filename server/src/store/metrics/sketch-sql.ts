/** The bucket (base/sketch.ts) of a column of doubles ≥ 0, as the engine computes it. Adding zero turns -0 into 0. */
export const sketchKeySql = (column: string): string => `toUInt32(bitShiftRight(reinterpretAsUInt64(${column} + 0.), 46))`
