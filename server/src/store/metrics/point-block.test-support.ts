import type { PointBlock, SetBlock } from './point-block.ts'

export type PointRow = readonly [series: bigint, seconds: number, value: number, count?: number]
export type SetRow = readonly [series: bigint, seconds: number, count: number, sum: number, minimum: number, maximum: number]

/** Blocks written out as rows, for tests. */
export const pointBlock = (...rows: readonly PointRow[]): PointBlock => ({
  length: rows.length,
  series: BigUint64Array.from(rows, row => row[0]),
  seconds: Uint32Array.from(rows, row => row[1]),
  value: Float64Array.from(rows, row => row[2]),
  count: Float64Array.from(rows, row => row[3] ?? 1),
})
export const setBlock = (...rows: readonly SetRow[]): SetBlock => ({
  length: rows.length,
  series: BigUint64Array.from(rows, row => row[0]),
  seconds: Uint32Array.from(rows, row => row[1]),
  count: Float64Array.from(rows, row => row[2]),
  sum: Float64Array.from(rows, row => row[3]),
  minimum: Float64Array.from(rows, row => row[4]),
  maximum: Float64Array.from(rows, row => row[5]),
})
