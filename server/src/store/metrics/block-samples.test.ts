import { expect, test } from 'vitest'
import { sketchKey, sketchValue } from '../../base/sketch.ts'
import type { Block } from '../telemetry/native-read.ts'
import { BlockSamples, OPAQUE, SKETCHED } from './block-samples.ts'

interface Row {
  readonly kind: number
  readonly sketch: readonly (readonly [key: number, weight: number])[]
}

const column = (rows: readonly (readonly number[])[]) => {
  let end = 0
  return { ends: BigUint64Array.from(rows, row => BigInt((end += row.length))), values: Float64Array.from(rows.flat()) }
}
const samplesOf = (rows: readonly Row[]): BlockSamples => {
  const columns: Record<string, ReturnType<typeof column>> = {
    sample_values: column(rows.map(({ sketch }) => sketch.map(([key]) => key))),
    sample_weights: column(rows.map(({ sketch }) => sketch.map(([, weight]) => weight))),
  }
  const block: Pick<Block, 'uint8' | 'floatArrays'> = {
    uint8: () => Uint8Array.from(rows, ({ kind }) => kind),
    floatArrays: name => columns[name]!,
  }
  return new BlockSamples(block as Block)
}

test('keys of a sketch are values again, between the bounds that are known', () => {
  const key = sketchKey(7)
  const one = { kind: SKETCHED, sketch: [[key, 3]] } as const
  const samples = samplesOf([one, one])
  expect(samples.take(0, 0, 100)).toEqual({ values: Float64Array.of(sketchValue(key)), weights: Float64Array.of(3) })
  expect(samples.take(1, 8, 100)!.values[0]).toBe(8)
})

test('unknown ones and those with a negative among them are left out, and the next row has its own', () => {
  const [low, high] = [sketchKey(2), sketchKey(50)]
  const samples = samplesOf([{ kind: OPAQUE, sketch: [] }, { kind: SKETCHED, sketch: [[low, 1]] }, { kind: SKETCHED, sketch: [[low, 4], [high, 5]] }])
  expect(samples.take(0, 0, 1)).toBeUndefined()
  expect(samples.take(1, -1, 3)).toBeUndefined()
  expect(samples.take(2, 0, 100)).toEqual({ values: Float64Array.of(sketchValue(low), sketchValue(high)), weights: Float64Array.of(4, 5) })
})
