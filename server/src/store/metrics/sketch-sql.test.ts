import { expect, test } from 'vitest'
import { seededEntropy } from '../../base/entropy.ts'
import { sketchKey } from '../../base/sketch.ts'
import { scratchTelemetry } from '../telemetry/telemetry.test-support.ts'
import { writeBlock } from '../telemetry/native-write.ts'
import { sketchKeySql } from './sketch-sql.ts'

const telemetry = await scratchTelemetry()

test('the engine puts every value into the bucket that the program puts it into', async () => {
  const chance = seededEntropy(3)
  const edges = [0, -0, 5e-324, 2 ** -1022, 0.1, 1 - 2 ** -53, 1, 1 + 2 ** -52, 2 ** 360, Number.MAX_VALUE]
  const random = Array.from({ length: 10_000 }, () => 2 ** (chance.fraction() * 700 - 340))
  const values = Float64Array.from([...edges, ...random])
  await telemetry.command('CREATE TABLE doubles (v Float64) ENGINE = MergeTree ORDER BY tuple()')
  await telemetry.insert('doubles', ['v'], writeBlock([{ name: 'v', data: { type: 'Float64', values } }], values.length), 'doubles')
  const blocks = await telemetry.columns('quick', `SELECT v, ${sketchKeySql('v')} AS k FROM doubles`)
  let compared = 0
  for (const block of blocks) {
    const [v, k] = [block.float64('v'), block.uint32('k')]
    for (let row = 0; row < block.length; row++, compared++) expect(k[row]).toBe(sketchKey(v[row]!))
  }
  expect(compared).toBe(values.length)
})
