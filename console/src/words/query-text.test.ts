import { expect, test } from 'vitest'
import { commandsOf, histogramQuery, histogramStep, namesGroups, queryLanguage, queryPieces, splitSources } from './query-text.ts'

const pieces = (text: string): readonly string[] => queryPieces(text).map(({ kind, start, end }) => `${kind} ${text.slice(start, end)}`)

test('pieces of a query', () => {
  expect(pieces('fields @timestamp, a.b # why |\n| filter a / 2 > 1.5 and b like /x|y\\/z/ | stats count(*) by bin(5m)')).toEqual([
    'command fields', 'field @timestamp', 'sign ,', 'name a.b', 'comment # why |', 'pipe |', 'command filter', 'name a', 'sign /', 'number 2', 'sign >',
    'number 1.5', 'word and', 'name b', 'word like', 'regex /x|y\\/z/', 'pipe |', 'command stats', 'call count', 'sign (', 'sign *', 'sign )', 'word by',
    'call bin', 'sign (', 'number 5m', 'sign )',
  ])
})

test.each(['"open', "'a | b", '`open', 'like /open', 'parse @message /a', '/', '@', 'é ☃ |||', '"\\'])('pieces of %s, which does not end, cover it in order', text => {
  let last = 0
  for (const { start, end } of queryPieces(text)) {
    expect(start).toBeGreaterThanOrEqual(last)
    expect(end).toBeGreaterThan(start)
    last = end
  }
  expect(last).toBeLessThanOrEqual(text.length)
})

test('commands are parted by pipes that are none of a text', () => {
  expect(commandsOf("FIELDS a | filter b = 'x|y' | limit 2").map(({ name, text }) => [name, text])).toEqual([
    ['fields', 'FIELDS a'], ['filter', "filter b = 'x|y'"], ['limit', 'limit 2'],
  ])
})

test.each([
  ['fields @message | filter a = 1 | sort @timestamp desc | limit 20', 'fields @message\n| filter a = 1\n| stats count(*) as events by bin(60s) as at'],
  ['filter a = 1 | stats count(*) by b | filter c = 2', 'filter a = 1\n| stats count(*) as events by bin(60s) as at'],
  ['filter a = 1 | parse /(?<b>x)/ multi | filter b = 2', 'filter a = 1\n| stats count(*) as events by bin(60s) as at'],
  ['limit 3', 'stats count(*) as events by bin(60s) as at'],
])('the histogram of %s', (query, expected) => {
  expect(histogramQuery(query, 60)).toBe(expected)
})

test.each([[60, 1], [3600, 60], [10_800, 300], [86_400, 1800], [2_592_000, 43_200]])('a range of %d seconds has steps of %d', (range, step) => {
  expect(histogramStep(0, range)).toBe(step)
})

test("a dashboard's query names its groups first", () => {
  expect(splitSources("SOURCE '/a' | SOURCE \"b\" | fields @message | limit 2")).toEqual({ groups: ['/a', 'b'], query: 'fields @message | limit 2' })
  expect(splitSources("SOURCE logGroups(namePrefix: ['a']) | fields x").groups).toEqual([])
})

test.each([
  ['SELECT `@message` FROM `g`', 'SQL'],
  ['-- newest\n/* of * all */ select * from `g`', 'SQL'],
  ['fields @message', 'CWLI'],
  ['selected', 'CWLI'],
  ['# select\nfields a', 'CWLI'],
  ['', 'CWLI'],
])('%j is %s', (query, language) => {
  expect(queryLanguage(query)).toBe(language)
})

test('a query that names its groups needs none', () => {
  expect(["SOURCE 'g' | limit 1", 'SELECT 1 FROM `g`', 'limit 1'].map(namesGroups)).toEqual([true, true, false])
})
