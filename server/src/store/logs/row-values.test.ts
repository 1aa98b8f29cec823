import { expect, test } from 'vitest'
import { RowChunks, RowValues } from './row-values.ts'

const pairs = (list: RowValues): readonly (readonly [number, number])[] => {
  const found: [number, number][] = []
  for (const { rows, values, length } of list.parts()) for (let index = 0; index < length; index++) found.push([rows[index]!, values[index]!])
  return found
}

test('gives back what was added, in order, however much it is', () => {
  const list = new RowValues(new RowChunks())
  expect([list.isEmpty, pairs(list)]).toEqual([true, []])
  for (let row = 0; row < 20_000; row++) list.add(row * 2, row / 4)
  expect(list.isEmpty).toBe(false)
  expect(pairs(list)).toEqual(Array.from({ length: 20_000 }, (_, row) => [row * 2, row / 4]))
})

test('takes back the last row alone, also where a chunk begins', () => {
  const list = new RowValues(new RowChunks())
  for (let row = 0; row < 65; row++) list.add(row, row)
  list.takeBack(5)
  expect(pairs(list)).toHaveLength(65)
  list.takeBack(64)
  list.takeBack(63)
  list.add(70, 1)
  expect(pairs(list).slice(-2)).toEqual([[62, 62], [70, 1]])
  for (let row = 70; row >= 0; row--) list.takeBack(row)
  expect([list.isEmpty, pairs(list)]).toEqual([true, []])
})

test('lists that share memory keep their values apart', () => {
  const memory = new RowChunks()
  const one = new RowValues(memory)
  for (let row = 0; row < 10_000; row++) one.add(row, 1)
  one.clear()
  const [two, three] = [new RowValues(memory), new RowValues(memory)]
  for (let row = 0; row < 10_000; row++) {
    two.add(row, 2)
    three.add(row, 3)
  }
  expect([one.isEmpty, pairs(two).every(([, value]) => value === 2), pairs(three).every(([, value]) => value === 3)]).toEqual([true, true, true])
})
