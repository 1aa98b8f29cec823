import { expect, test } from 'vitest'
import { table } from './table.ts'
import { columnsOf } from './text-columns.ts'

test('columns stand below each other, whatever letters are in them; nothing plays with the terminal', () => {
  const lines = table([['name', 'n'], ['値段', '1'], ['Größe', '22'], ['🎉 e\u0301', '3'], ['a\u001b[31m\u202e', '4']])
  expect(lines).toEqual(['name     n', '値段     1', 'Größe    22', '🎉 e\u0301     3', 'a·[31m·  4'])
})

test.each([['abc', 3], ['値段', 4], ['e\u0301', 1], ['🎉', 2], ['❤\ufe0f', 2], ['👩‍👩‍👧', 2], ['한글', 4], ['', 0], ['ﾊﾛｰ', 3]])('%j takes %i columns', (text, columns) => {
  expect(columnsOf(text)).toBe(columns)
})
