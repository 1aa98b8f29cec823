import { expect, test } from 'vitest'
import { quantity } from './quantities.ts'

test.each([
  [78.349, 'Percent', '78.35 %'],
  [75, undefined, '75'],
  [0, 'Bytes', '0 B'],
  [999, 'Bytes', '999 B'],
  [1_500_000_000, 'Bytes', '1.5 GB'],
  [2048, 'Megabytes', '2.048 GB'],
  [0.5, 'Megabytes', '500 kB'],
  [12_500, 'Bytes/Second', '12.5 kB/s'],
  [3_000_000, 'Kilobits/Second', '3 Gbit/s'],
  [240, 'Milliseconds', '240 ms'],
  [2400, 'Milliseconds', '2.4 s'],
  [0.00042, 'Seconds', '420 µs'],
  [7200, 'Seconds', '7,200 s'],
  [12_400.4, 'Count', '12,400'],
  [3.5, 'Count/Second', '3.5 /s'],
  [-1500, 'Bytes', '-1.5 kB'],
  [5e13, 'Count', '5.00e+13'],
  [0.00001, 'None', '1.00e-5'],
])('%d %s reads %s', (value, unit, words) => {
  expect(quantity(value, unit)).toBe(words.replace(' ', '\u00a0'))
})
