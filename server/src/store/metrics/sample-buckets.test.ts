import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sampleBuckets } from './sample-buckets.ts'

const sample = (weight: fc.Arbitrary<number>, lowest: number) =>
  fc.tuple(fc.integer({ min: 100, max: 130 }), fc.integer({ min: lowest, max: 50 }), weight)

const built = (rows: readonly (readonly [bucket: number, value: number, weight: number])[]) => {
  const weighted = rows.some(([, , weight]) => weight !== 1)
  const columns = {
    length: rows.length, buckets: Uint32Array.from(rows, row => row[0]), values: Float64Array.from(rows, row => row[1]),
    weights: weighted ? Float64Array.from(rows, row => row[2]) : undefined,
  }
  return sampleBuckets(columns, -7, 60)
}

test.for([['single samples', fc.constant(1)], ['samples with weights', fc.integer({ min: 1, max: 5 })]] as const)(
  '%s come in their buckets and in order, and sums are of them', ([, weight]) => {
    fc.assert(fc.property(fc.array(sample(weight, -1), { maxLength: 600 }), rows => {
      const expected = [...Map.groupBy(rows, row => row[0])].sort(([a], [b]) => a - b)
      const found = built(rows)
      expect(found.map(({ start }) => start)).toEqual(expected.map(([bucket]) => -7 + bucket * 60))
      for (const [place, [, all]] of expected.entries()) {
        const { count, sum, minimum, maximum, values, weights } = found[place]!
        const total = (of: (row: (typeof all)[number]) => number): number => all.reduce((so, row) => so + of(row), 0)
        expect([count, sum]).toEqual([total(row => row[2]), total(row => row[1] * row[2])])
        expect([minimum, maximum]).toEqual([Math.min(...all.map(row => row[1])), Math.max(...all.map(row => row[1]))])
        if (minimum < 0) expect(values).toBeUndefined()
        else {
          const pairs = Array.from(values!, (value, index) => [value, weights![index]!])
          expect(pairs.map(([value]) => value)).toEqual(all.map(row => row[1]).sort((a, b) => a - b))
          expect(pairs.map(String).sort()).toEqual(all.map(row => `${row[1]},${row[2]}`).sort())
        }
      }
    }))
  })
