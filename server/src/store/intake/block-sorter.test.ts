import fc from 'fast-check'
import { expect, test } from 'vitest'
import { accountId, region } from '../../base/tenancy.ts'
import { MetricColumns } from '../../model/metric-columns.ts'
import { SeriesIndex } from '../head/series-index.ts'
import { BlockSorter } from './block-sorter.ts'
import { OpenBlock } from './open-block.ts'

const tenant = { account: accountId('111122223333'), region: region('eu-west-1') }
const row = fc.record({ series: fc.nat(6), seconds: fc.constantFrom(60, 120, 180), value: fc.integer({ min: -2, max: 30 }), count: fc.integer({ min: 1, max: 3 }) })

test('blocks are sorted by series id, time and value, and equal rows are one', async () => {
  const index = new SeriesIndex()
  const sorter = new BlockSorter(index)
  await fc.assert(fc.asyncProperty(fc.array(row, { maxLength: 400 }), async rows => {
    const columns = new MetricColumns()
    for (const { series, seconds, value, count } of rows) {
      columns.addPoint(index.number(tenant, { namespace: 'App', name: `m${series}`, dimensions: [] }, 'None'), seconds, 60, value, count)
    }
    const open = new OpenBlock()
    open.add(columns, 1)
    const block = await sorter.points(open.minutes)
    const sorted = Array.from({ length: block.length }, (_, at) => [block.series[at]!, block.seconds[at]!, block.value[at]!, block.count[at]!] as const)
    const folded = new Map<string, number>()
    for (const { series, seconds, value, count } of rows) {
      const key = `${index.id(index.number(tenant, { namespace: 'App', name: `m${series}`, dimensions: [] }, 'None'))} ${seconds} ${value}`
      folded.set(key, (folded.get(key) ?? 0) + count)
    }
    expect(new Map(sorted.map(([id, seconds, value, count]) => [`${id} ${seconds} ${value}`, count]))).toEqual(folded)
    expect(sorted.length).toBe(folded.size)
    const inOrder = sorted.toSorted((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : a[1] - b[1] || a[2] - b[2]))
    expect(sorted).toEqual(inOrder)
  }), { numRuns: 200 })
})

test('sets are sorted by series id and time', () => {
  const index = new SeriesIndex()
  const columns = new MetricColumns()
  for (const [name, seconds] of [['b', 120], ['a', 60], ['b', 60], ['a', 120]] as const) {
    columns.addSet(index.number(tenant, { namespace: 'App', name, dimensions: [] }, 'None'), seconds, 60, 2, seconds, 1, 5)
  }
  const open = new OpenBlock()
  open.add(columns, 1)
  const block = new BlockSorter(index).sets(open.minutes)
  expect(block.length).toBe(4)
  expect([...block.series]).toEqual([...block.series].sort((a, b) => (a < b ? -1 : 1)))
  expect([...block.seconds]).toEqual([60, 120, 60, 120])
  expect([...block.sum]).toEqual([60, 120, 60, 120])
})
