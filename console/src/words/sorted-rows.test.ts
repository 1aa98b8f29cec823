import { expect, test } from 'vitest'
import { nextSorting, sortedRows, type Sorting } from './sorted-rows.ts'

const ROWS = [{ path: '/b', n: '10' }, { path: '/a', n: '9' }, { n: '-1.5' }, { path: '/c' }] as unknown as readonly Record<string, string>[]
const by = (sorting: Sorting | undefined) => sortedRows(ROWS, sorting).map(({ path, n }) => `${path ?? '-'} ${n ?? '-'}`)

test.each([
  [undefined, ['/b 10', '/a 9', '- -1.5', '/c -']], [{ column: 'n', down: false }, ['- -1.5', '/a 9', '/b 10', '/c -']], [{ column: 'n', down: true }, ['/b 10', '/a 9', '- -1.5', '/c -']],
  [{ column: 'path', down: true }, ['/c -', '/b 10', '/a 9', '- -1.5']],
])('%j', (sorting, rows) => {
  expect(by(sorting)).toEqual(rows)
})

test('pressing a head goes up, down, and back to how the rows came', () => {
  const first = nextSorting({ column: 'path', down: true }, 'n')
  const second = nextSorting(first, 'n')
  expect([first, second, nextSorting(second, 'n')]).toEqual([{ column: 'n', down: false }, { column: 'n', down: true }, undefined])
})
