import { expect, test } from 'vitest'
import { placeInText } from './json-place.ts'

const TEXT = '{"start": "-PT3H", "widgets": [{"type": "text"}, {"type": "metric", "properties": {"metrics": [["a", 1]], "x/y": true}}]}'

test.each([
  ['/start', '"-PT3H"'],
  ['/widgets/0', '{"type": "text"}'],
  ['/widgets/1/type', '"metric"'],
  ['/widgets/1/properties/metrics/0/1', '1'],
  ['/widgets/1/properties/x~1y', 'true'],
  ['/widgets/0/properties', '{"type": "text"}'],
  ['/widgets/7', '[{"type": "text"}, {"type": "metric", "properties": {"metrics": [["a", 1]], "x/y": true}}]'],
  ['', TEXT],
])('%s is found', (pointer, part) => {
  const [start, end] = placeInText(TEXT, pointer)
  expect(TEXT.slice(start, end)).toBe(part)
})

test('a text that is no JSON has places, too', () => {
  expect(placeInText('{"a": [', '/a/0')).toEqual([6, 7])
  expect(placeInText('}}]],,', '/a')).toEqual([0, 0])
})
