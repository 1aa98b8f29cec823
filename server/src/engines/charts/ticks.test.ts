import { expect, test } from 'vitest'
import { NOON } from './chart.test-support.ts'
import { fullNumber, shortNumber, tickNumber } from './number-text.ts'
import { timeTicks } from './time-ticks.ts'
import { valueTicks } from './value-ticks.ts'

const open = { min: undefined, max: undefined }

test.each([
  ['stands on zero', [40, 90], open, ['0', '20', '40', '60', '80', '100']],
  ['looks closely at small changes', [1000, 1010], open, ['1k', '1.002k', '1.004k', '1.006k', '1.008k', '1.01k']],
  ['below zero', [-5, -1], open, ['-5', '-4', '-3', '-2', '-1', '0']],
  ['across zero', [-5, 20], open, ['-5', '0', '5', '10', '15', '20']],
  ['one value', [8], open, ['0', '2', '4', '6', '8', '10']],
  ['only zero', [0], open, ['0', '0.2', '0.4', '0.6', '0.8', '1']],
  ['nothing', [], open, ['0', '0.2', '0.4', '0.6', '0.8', '1']],
  ['millions', [1.2e6, 7e5], open, ['0', '250k', '500k', '750k', '1M', '1.25M']],
  ['beyond suffixes that say enough', [1_000_000, 1_000_010], open, ['1,000,000', '1,000,002', '1,000,004', '1,000,006', '1,000,008', '1,000,010']],
  ['given ends', [3, 5], { min: 0, max: 7 }, ['0', '2', '4', '6']],
  ['a given end beyond all data', [3, 5], { min: 10, max: undefined }, ['10', '12', '14', '16', '18', '20']],
  ['ends the wrong way round', [3], { min: 10, max: 5 }, ['10', '12', '14', '16', '18', '20']],
])('axis: %s', (_name, values, ends, expected) => {
  const { ticks, step } = valueTicks(values, ends, 5)
  expect(ticks.map(tick => tickNumber(tick, step))).toEqual(expected)
})

test.each([
  ['minutes', NOON - 300, 5, ['11:55', '11:56', '11:57', '11:58', '11:59', '12:00']],
  ['seconds', NOON - 60, 4, ['11:59:00', '11:59:15', '11:59:30', '11:59:45', '12:00:00']],
  ['hours', NOON - 3 * 3600, 3, ['09:00', '10:00', '11:00', '12:00']],
  ['over midnight', NOON - 86_400, 4, ['12:00', '18:00', 'Nov 21', '06:00', '12:00']],
  ['days', NOON - 3 * 86_400, 3, ['Nov 19', 'Nov 20', 'Nov 21']],
  ['years', NOON - 455 * 86_400, 5, ['Oct 2025', 'Jan 2026', 'Apr 2026', 'Jul 2026', 'Oct 2026']],
  ['no room', NOON - 60, 0, []],
  ['no time', NOON, 5, []],
])('times: %s', (_name, start, wanted, expected) => {
  expect(timeTicks(start, NOON, 0, wanted).map(({ text }) => text)).toEqual(expected)
})

test('times: days begin where the time zone says', () => {
  expect(timeTicks(NOON - 86_400, NOON, -300, 4).map(({ at, text }) => [at - NOON, text])).toEqual([
    [-68_400, '12:00'], [-46_800, '18:00'], [-25_200, 'Nov 21'], [-3_600, '06:00'],
  ])
})

test.each([
  [0, '0', '0'], [78.456, '78.46', '78.456'], [999.96, '1k', '999.96'], [12_345, '12.35k', '12,345'], [-1_500_000, '-1.5M', '-1,500,000'],
  [0.004_215, '0.00421', '0.004215'], [0.000_01, '1e-5', '0.00001'], [3e25, '3e+25', '3e+25'], [123_456_789_012, '123.5G', '123,456,789,012'],
])('%d is written %s', (value, short, full) => {
  expect([shortNumber(value), fullNumber(value)]).toEqual([short, full])
})
