import fc from 'fast-check'
import { expect, test } from 'vitest'
import { epochSeconds, seconds } from '../../base/time.ts'
import { wholeRange, withRangePeriod } from './whole-range.ts'

const NOW = Date.parse('2026-03-04T12:34:56Z') / 1000
const DAY = 86_400

test('one period, counted from the epoch, begins with the range and reaches beyond its end', () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 455 * DAY }), fc.integer({ min: 1, max: 455 * DAY }), (age, length) => {
    const start = epochSeconds(NOW - age)
    const end = epochSeconds(Math.min(NOW, start + length))
    const whole = wholeRange({ start, end, now: epochSeconds(NOW) })
    expect(whole.start % whole.period).toBe(0)
    expect(whole.start).toBeLessThanOrEqual(start)
    expect(start - whole.start).toBeLessThan(age > 63 * DAY - 3600 ? 3600 : age > 15 * DAY - 3600 ? 300 : 60)
    expect(whole.start + whole.period).toBeGreaterThanOrEqual(end)
    // What is old is only kept by five minutes, then by the hour.
    expect(whole.period % (age > 63 * DAY ? 3600 : age > 15 * DAY ? 300 : 60)).toBe(0)
    // Period is a 32-bit integer in AWS's model.
    expect(whole.period).toBeLessThan(2 ** 31)
  }))
})

test.each([
  ['m1 / PERIOD(m1)', 'm1 / 5400'],
  ['SUM(METRICS()) / PERIOD( m1 ) * 60', 'SUM(METRICS()) / 5400 * 60'],
  ["SEARCH('{App} PERIOD(m1)', 'Sum', 60)", "SEARCH('{App} PERIOD(m1)', 'Sum', 60)"],
])('%s asks for %s', (expression, expected) => {
  expect(withRangePeriod(expression, seconds(5400))).toBe(expected)
})
