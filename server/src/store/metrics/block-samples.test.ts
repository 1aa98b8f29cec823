import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sketchKey, sketchValue } from '../../base/sketch.ts'
import type { Block } from '../telemetry/native-read.ts'
import { BlockSamples, EXACT, OPAQUE, SKETCHED } from './block-samples.ts'

interface Row {
  readonly kind?: number | undefined
  readonly singles: readonly number[]
  readonly weighted: readonly (readonly [value: number, weight: number])[]
}

const column = (rows: readonly (readonly number[])[]) => {
  let end = 0
  return { ends: BigUint64Array.from(rows, row => BigInt((end += row.length))), values: Float64Array.from(rows.flat()) }
}
const samplesOf = (rows: readonly Row[]): BlockSamples => {
  const columns: Record<string, ReturnType<typeof column>> = {
    singles: column(rows.map(({ singles }) => singles)),
    sample_values: column(rows.map(({ weighted }) => weighted.map(([value]) => value))),
    sample_weights: column(rows.map(({ weighted }) => weighted.map(([, weight]) => weight))),
  }
  const block: Pick<Block, 'uint8' | 'floatArrays'> = {
    uint8: () => Uint8Array.from(rows, ({ kind = EXACT }) => kind),
    floatArrays: name => columns[name]!,
  }
  return new BlockSamples(block as Block)
}

test('every row has its own samples in order, each with its weight', () => {
  const value = fc.integer({ min: 0, max: 50 })
  const row = fc.record({ singles: fc.array(value, { maxLength: 500 }), weighted: fc.array(fc.tuple(value, fc.integer({ min: 2, max: 5 })), { maxLength: 30 }) })
  fc.assert(fc.property(fc.array(row, { maxLength: 5 }), rows => {
    const samples = samplesOf(rows)
    for (const [place, { singles, weighted }] of rows.entries()) {
      const { values, weights } = samples.take(place, 0, 50)!
      const all = [...singles.map(single => [single, 1] as const), ...weighted]
      expect([...values]).toEqual(all.map(([value]) => value).sort((a, b) => a - b))
      const text = (pairs: readonly (readonly number[])[]) => pairs.map(String).sort()
      expect(text([...values].map((value, index) => [value, weights[index]!]))).toEqual(text(all))
    }
  }))
})

test('keys of a sketch are values again, between the bounds that are known', () => {
  const key = sketchKey(7)
  expect(samplesOf([{ kind: SKETCHED, singles: [], weighted: [[key, 3]] }]).take(0, 0, 100)!.values[0]).toBe(sketchValue(key))
  expect(samplesOf([{ kind: SKETCHED, singles: [], weighted: [[key, 3]] }]).take(0, 8, 100)!.values[0]).toBe(8)
})

test('unknown ones and those with a negative among them are left out, and the next row has its own', () => {
  const samples = samplesOf([{ kind: OPAQUE, singles: [], weighted: [] }, { singles: [3, -1], weighted: [] }, { singles: [2, 1], weighted: [] }])
  expect(samples.take(0, 0, 1)).toBeUndefined()
  expect(samples.take(1, -1, 3)).toBeUndefined()
  expect([...samples.take(2, 1, 2)!.values]).toEqual([1, 2])
})
