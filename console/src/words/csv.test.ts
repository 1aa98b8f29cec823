import { expect, test } from 'vitest'
import { csvOf } from './csv.ts'

test('a line of names and one of each row; what is missing is empty', () => {
  expect(csvOf(['a', 'b'], [{ a: '1', b: 'two' }, { b: '3' }])).toBe('a,b\r\n1,two\r\n,3\r\n')
})

test.each([
  ['a,b', '"a,b"'],
  ['say "no"', '"say ""no"""'],
  ['two\nlines', '"two\nlines"'],
  ['-5.25', '-5.25'],
  ['=HYPERLINK("http://x")', '"\'=HYPERLINK(""http://x"")"'],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['-1+cmd', "'-1+cmd"],
  ['+1', '+1'],
])('%j is written as %j', (text, written) => {
  expect(csvOf(['x'], [{ x: text }])).toBe(`x\r\n${written}\r\n`)
})
