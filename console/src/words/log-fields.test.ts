import { expect, test } from 'vitest'
import { fieldsOf, jsonIn, levelOf, patternFor, queryFor } from './log-fields.ts'

test('fields of JSON are named as queries name them', () => {
  expect(fieldsOf({ a: 1, b: { c: 'x', d: [true, { e: null }] } })).toEqual([
    { name: 'a', value: 1 }, { name: 'b.c', value: 'x' }, { name: 'b.d.0', value: true }, { name: 'b.d.1.e', value: null },
  ])
})

test('a number of many digits is not rounded', () => {
  const json = jsonIn('{"id":12345678901234567890,"small":1.50,"rawJSON":"own"}')!
  expect(JSON.stringify(json)).toBe('{"id":12345678901234567890,"small":1.5,"rawJSON":"own"}')
  expect(fieldsOf(json)).toEqual([{ name: 'id', value: '12345678901234567890' }, { name: 'small', value: 1.5 }, { name: 'rawJSON', value: 'own' }])
})

test('no more than 200 fields of a line', () => {
  expect(fieldsOf(Object.fromEntries(Array.from({ length: 500 }, (_, at) => [`f${at}`, at])))).toHaveLength(200)
})

test.each([['plain text', false], ['{"a":1}', true], ['[1]', true], ['{broken', false], ['7', false]])('%s is JSON: %s', (text, is) => {
  expect(jsonIn(text) !== undefined).toBe(is)
})

test('a value becomes the pattern that finds it', () => {
  expect(patternFor({ name: 'id', value: 'req-"1"\\' })).toBe('"req-\\"1\\"\\\\"')
  expect(patternFor({ name: 'http.status', value: 500 })).toBe('{ $.http.status = 500 }')
})

test.each([
  ['requestId', 'a"b', '@message like "a\\"b"'], ['status', '500', 'status = 500'], ['a-b', '1.5', '`a-b` = 1.5'], ['@logStream', 'web-1', '@logStream = "web-1"'],
])('the field %s of %s becomes the query that finds it', (name, value, condition) => {
  expect(queryFor(name, value)).toContain(`filter ${condition}\n`)
})

test.each([
  ['[ERROR] no', 'error'], ['java.io.IOException: x', 'error'], ['{"level":"warn","message":"ERROR budget"}', 'warning'],
  ['{"level":"error"}', 'error'], ['WARN slow', 'warning'], ['no errors', undefined], ['{"level":"info","message":"ERROR gone"}', undefined],
])('%s is %s', (message, level) => {
  expect(levelOf(message)).toBe(level)
})
