import { expect, it } from 'vitest'
import { readDateTime, readEpochSeconds, writeDateTime } from './timestamp.ts'

it.each([
  ['2019-10-02T17:04:00Z', '2019-10-02T17:04:00.000Z'],
  ['2019-10-02T17:04:00.788Z', '2019-10-02T17:04:00.788Z'],
  ['2019-10-02T17:04:00.7889999Z', '2019-10-02T17:04:00.788Z'],
  ['2019-10-02T17:04:00.5Z', '2019-10-02T17:04:00.500Z'],
  ['2019-10-02T17:04:00', '2019-10-02T17:04:00.000Z'],
  ['2019-10-02T17:04', '2019-10-02T17:04:00.000Z'],
  ['2019-10-02', '2019-10-02T00:00:00.000Z'],
  ['2019-10-02T17:04:00+02:00', '2019-10-02T15:04:00.000Z'],
  ['2019-10-02T17:04:00-0730', '2019-10-03T00:34:00.000Z'],
  ['2019-10-02t17:04:00z', '2019-10-02T17:04:00.000Z'],
  ['0099-12-31T23:59:59Z', '0099-12-31T23:59:59.000Z'],
  ['2024-02-29T00:00:00Z', '2024-02-29T00:00:00.000Z'],
])('reads %s', (text, expected) => {
  expect(readDateTime(text)?.toISOString()).toBe(expected)
})

it.each([
  '',
  'yesterday',
  '1570035840',
  '2019-10',
  '2019-13-01T00:00:00Z',
  '2019-02-30T00:00:00Z',
  '2023-02-29',
  '2019-10-02T24:00:00Z',
  '2019-10-02T23:60:00Z',
  '2019-10-02T23:59:60Z',
  '2019-10-02T17:04:00Z ',
  '02019-10-02T17:04:00Z',
])('refuses %s', text => {
  expect(readDateTime(text)).toBeUndefined()
})

it('writes milliseconds only where there are some', () => {
  expect(writeDateTime(new Date('2019-10-02T17:04:00.000Z'))).toBe('2019-10-02T17:04:00Z')
  expect(writeDateTime(new Date('2019-10-02T17:04:00.788Z'))).toBe('2019-10-02T17:04:00.788Z')
})

it('reads seconds to the millisecond, as far as dates go', () => {
  expect(readEpochSeconds(1_570_035_840.788)?.toISOString()).toBe('2019-10-02T17:04:00.788Z')
  expect(readEpochSeconds(-0.001)?.getTime()).toBe(-1)
  expect(readEpochSeconds(8.64e12)?.getTime()).toBe(8.64e15)
  expect(readEpochSeconds(8.65e12)).toBeUndefined()
})
