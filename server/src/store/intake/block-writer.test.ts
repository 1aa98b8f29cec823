import { expect, test, vi } from 'vitest'
import { seededEntropy } from '../../base/entropy.ts'
import { silentLog } from '../../base/log.ts'
import { ManualClock } from '../../base/manual-clock.ts'
import { accountId, region } from '../../base/tenancy.ts'
import { epochMillis, millis } from '../../base/time.ts'
import { MetricColumns } from '../../model/metric-columns.ts'
import { SeriesIndex } from '../head/series-index.ts'
import { Journal } from '../journal/journal.ts'
import { MemoryFiles } from '../journal/memory-files.ts'
import { BLOCK_ROWS, BlockWriter, MAX_WAITING_ROWS } from './block-writer.ts'

const tenant = { account: accountId('111122223333'), region: region('eu-west-1') }

const setUp = async () => {
  const clock = new ManualClock(epochMillis(1_700_000_000_000))
  const index = new SeriesIndex()
  const journal = await Journal.open({ files: new MemoryFiles(), entropy: seededEntropy(1), log: silentLog })
  const store = { away: true, blocks: [] as { readonly rows: number; readonly token: string; readonly sum: number }[] }
  const tables = {
    writePoints: (_: number, block: { length: number; value: Float64Array; count: Float64Array }, token: string) => {
      if (store.away) return Promise.reject(new Error('away'))
      let sum = 0
      for (let row = 0; row < block.length; row++) sum += block.value[row]! * block.count[row]!
      store.blocks.push({ rows: block.length, token, sum })
      return Promise.resolve()
    },
    writeSets: () => Promise.resolve(),
    writeSeries: () => Promise.resolve(),
  }
  const writer = new BlockWriter({ noteMarks: () => Promise.resolve(), journal, index, tables, clock, entropy: seededEntropy(2), log: silentLog })
  const columns = new MetricColumns()
  const number = index.number(tenant, { namespace: 'App', name: 'm', dimensions: [] }, 'None')
  for (let row = 0; row < 100_000; row++) columns.addPoint(number, 1_700_000_000, 1, row, 1)
  return { clock, writer, columns, store }
}

test('while the store is away rows wait in blocks of the usual size, and come in order when it is back', async () => {
  const { clock, writer, columns, store } = await setUp()
  for (let sequence = 1; sequence <= 10; sequence++) writer.add(columns, sequence)
  expect(writer.waiting).toBe(1_000_000)
  // Sorting lets requests through, so it takes real turns of the event loop.
  await vi.waitFor(() => expect(writer.trouble).toContain('away'))
  await clock.advance(millis(20_000))
  expect(writer.waiting).toBe(1_000_000)
  store.away = false
  await clock.advance(millis(20_000))
  await vi.waitFor(() => expect(writer.waiting).toBe(0))
  expect(writer.trouble).toBeUndefined()
  // Six records of 100,000 rows are the first to reach the size of a block; equal rows of a block become one.
  expect(store.blocks.map(({ sum }) => sum / 4_999_950_000)).toEqual([6, 4])
  expect(new Set(store.blocks.map(({ token }) => token)).size).toBe(2)
})

test('takes no more than its bound', async () => {
  const { writer, columns } = await setUp()
  for (let sequence = 1; sequence <= MAX_WAITING_ROWS / 100_000; sequence++) {
    expect(writer.isFull).toBe(false)
    writer.add(columns, sequence)
  }
  expect(writer.isFull).toBe(true)
  expect(BLOCK_ROWS).toBeLessThan(MAX_WAITING_ROWS)
})

test('closing while the store is away does not wait for it', async () => {
  const { clock, writer, columns } = await setUp()
  writer.add(columns, 1)
  await clock.advance(millis(5000))
  await vi.waitFor(() => expect(writer.trouble).toContain('away'))
  await writer.close()
  await clock.advance(millis(60_000))
  expect(writer.waiting).toBe(100_000)
})

test('a store that goes away while the last rows are written does not hold up the closing', async () => {
  const { writer, columns, store } = await setUp()
  writer.add(columns, 1)
  // The clock stands still: any waiting for the store would last for ever.
  await writer.close()
  expect(store.blocks).toEqual([])
  expect(writer.waiting).toBe(100_000)
})
