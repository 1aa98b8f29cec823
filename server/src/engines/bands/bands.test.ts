import { expect, test } from 'vitest'
import { epochSeconds, seconds } from '../../base/time.ts'
import { bandAt } from './band-at.ts'
import { daily, DAY, historyOf, HOUR, isWeekend, MONDAY, office, PLAIN, type Shape, shareOutside } from './series.test-support.ts'
import { trainBand } from './train-band.ts'

const DAYS = 14
/** A day that follows the history and was not learnt from. */
const nextDay = (shape: Shape, days = DAYS) => historyOf(shape, { days: 1, start: MONDAY + days * DAY, seed: 99 })
const tomorrow = { start: epochSeconds(MONDAY + DAYS * DAY), period: seconds(300), length: 288 }
const trained = (shape: Shape, configuration = PLAIN, days = DAYS) => trainBand(historyOf(shape, { days }), configuration)!

/** A normal distribution has 4.6 % outside two deviations and 0.3 % outside three. */
test.each<[name: string, shape: Shape]>([
  ['flat', (_at, noise) => 100 + 5 * noise],
  ['daily', (at, noise) => daily(at, 0) + 5 * noise],
  ['office hours', (at, noise) => office(at, 0) + 10 * noise],
  ['daily, and lower at weekends', (at, noise) => daily(at, 0) - (isWeekend(at) ? 40 : 0) + 5 * noise],
  ['growing', (at, noise) => 100 + (20 * (at - MONDAY)) / DAY + 5 * noise],
  ['growing by the day, with a daily season', (at, noise) => daily(at, 0) + (5 * (at - MONDAY)) / DAY + 5 * noise],
  ['a step five days ago', (at, noise) => (at > MONDAY + 9 * DAY ? 300 : 100) + 5 * noise],
  ['a step a week ago', (at, noise) => (at > MONDAY + 7 * DAY ? 300 : 100) + 5 * noise],
  ['half a day of incident', (at, noise) => (at > MONDAY + 8.3 * DAY && at < MONDAY + 8.8 * DAY ? 1000 : daily(at, 0)) + 5 * noise],
  ['a whole Monday of incident', (at, noise) => (at >= MONDAY + 7 * DAY && at < MONDAY + 8 * DAY ? 1000 : daily(at, 0)) + 5 * noise],
  ['one value in fifty far off', (at, noise) => daily(at, 0) + 5 * noise + (at < MONDAY + DAYS * DAY && (at / 300) % 50 === 7 ? 900 : 0)],
  ['every fifth hour missing', (at, noise) => (at < MONDAY + DAYS * DAY && Math.floor(at / HOUR) % 5 === 0 ? NaN : daily(at, 0) + 5 * noise)],
  ['noisy by day', (at, noise) => daily(at, 0) + (at % DAY < 6 * HOUR ? 1 : 20) * noise],
])('normal days are inside the band: %s', (_name, shape) => {
  const model = trained(shape)
  expect(model.state).toBe('TRAINED')
  const following = historyOf(shape, { days: 3, start: MONDAY + DAYS * DAY, seed: 99 })
  expect(shareOutside(model, following)).toBeLessThan(0.07)
  expect(shareOutside(model, following, 3)).toBeLessThan(0.01)
})

test.each<[name: string, normal: Shape, anomaly: Shape, atLeast: number]>([
  ['five deviations up', (_at, noise) => 100 + 5 * noise, (_at, noise) => 125 + 5 * noise, 0.99],
  ['five deviations down', (_at, noise) => 100 + 5 * noise, (_at, noise) => 75 + 5 * noise, 0.99],
  ['the level of noon at midnight', (at, noise) => daily(at, 0) + 5 * noise, (at, noise) => daily(at + DAY / 2, 0) + 5 * noise, 0.85],
  ['no office hours on a Monday', (at, noise) => office(at, 0) + 10 * noise, (_at, noise) => 100 + 10 * noise, 0.33],
  ['a stop of growth', (at, noise) => 100 + (20 * (at - MONDAY)) / DAY + 5 * noise, (_at, noise) => 320 + 5 * noise, 0.95],
  ['small at night, where it is quiet', (at, noise) => daily(at, 0) + (at % DAY < 6 * HOUR ? 1 : 20) * noise,
    (at, noise) => daily(at, 0) + (at % DAY < 6 * HOUR ? 8 + noise : 20 * noise), 0.24],
  ['the same after an incident of a day', (at, noise) => (at >= MONDAY + 7 * DAY && at < MONDAY + 8 * DAY ? 1000 : 100) + 5 * noise,
    (_at, noise) => 125 + 5 * noise, 0.99],
])('an anomaly is outside two deviations: %s', (_name, normal, anomaly, atLeast) => {
  expect(shareOutside(trained(normal), nextDay(anomaly))).toBeGreaterThanOrEqual(atLeast)
})

/** A count that is 0 nearly always: `rate` is the mean of a Poisson distribution. `noise` is normal; its own digits make the chance. */
const rarely = (rate: number): Shape => (_at, noise) => {
  const chance = Math.abs(noise * 1e6) % 1
  let [count, share, sum] = [0, Math.exp(-rate), Math.exp(-rate)]
  while (chance > sum && count < 50) sum += share *= rate / ++count
  return count
}

test.each<[rate: number, two: number, three: number]>([
  [0.003, 0.01, 0.01],
  [0.03, 0.045, 0.005],
  [0.08, 0.045, 0.005],
  [0.2, 0.045, 0.005],
  [0.5, 0.045, 0.005],
])('rare counts alarm no more often than noise does: %s in a period', (rate, two, three) => {
  const model = trained(rarely(rate))
  const following = historyOf(rarely(rate), { days: 14, start: MONDAY + DAYS * DAY, seed: 99 })
  expect(shareOutside(model, following)).toBeLessThan(two)
  expect(shareOutside(model, following, 3)).toBeLessThan(three)
  // A burst is an anomaly however rare the counts are, and a day of it is not learnt.
  const burst: Shape = (at, noise) => rarely(rate)(at, noise) + 6
  expect(shareOutside(model, nextDay(burst), 3)).toBeGreaterThan(0.99)
  const before: Shape = (at, noise) => (at >= MONDAY + 7 * DAY && at < MONDAY + 8 * DAY ? burst : rarely(rate))(at, noise)
  expect(shareOutside(trained(before), nextDay(burst), 3)).toBeGreaterThan(0.97)
})

test('a quiet night stays narrow where the day has noise', () => {
  const model = trained((at, noise) => (at % DAY < 8 * HOUR ? 0 : 100 + 20 * noise))
  expect(shareOutside(model, nextDay(at => (at % DAY < 8 * HOUR ? 60 : 100)))).toBeGreaterThan(0.3)
})

test('with little history: the level, then the hours, then the weekdays', () => {
  const shape: Shape = (at, noise) => daily(at, 0) + (isWeekend(at) ? 60 : 0) + 5 * noise
  const hour = (n: number) => trainBand(historyOf((_at, noise) => 100 + 5 * noise, { days: n / 24 }), PLAIN)
  expect(hour(0.5)).toBeUndefined()
  expect(hour(1)?.state).toBe('TRAINED_INSUFFICIENT_DATA')
  expect(shareOutside(hour(1)!, nextDay((_at, noise) => 100 + 5 * noise, 1 / 24))).toBeLessThan(0.07)
  for (const days of [1, 2, 3, 4]) {
    expect(trained(shape, PLAIN, days).state).toBe(days < 3 ? 'TRAINED_INSUFFICIENT_DATA' : 'TRAINED')
    expect(shareOutside(trained(shape, PLAIN, days), nextDay(shape, days))).toBeLessThan(0.07)
  }
  // The second weekend is known from the first one, the first one is not.
  expect(shareOutside(trained(shape, PLAIN, 5), nextDay(shape, 5))).toBeGreaterThan(0.9)
  expect(shareOutside(trained(shape, PLAIN, 12), nextDay(shape, 12))).toBeLessThan(0.07)
})

test('a little data makes a wider band than much', () => {
  const shape: Shape = (_at, noise) => 100 + 5 * noise
  const widths = [0.25, 1, 7, 14].map(days => trained(shape, PLAIN, days).spreads[12]!)
  expect(widths).toEqual(widths.toSorted((a, b) => b - a))
})

test('excluded ranges are not learnt from', () => {
  const shape: Shape = (at, noise) => (at >= MONDAY + 4 * DAY && at < MONDAY + 14 * DAY ? 900 : 100) + 5 * noise
  const excluded = [{ from: epochSeconds(MONDAY + 4 * DAY), to: epochSeconds(MONDAY + 14 * DAY) }]
  const without = trained(shape, { ...PLAIN, excluded })
  expect(without.levels[0]).toBeCloseTo(100, -1)
  expect(without.points).toBe(4 * 288)
  expect(trained(shape).levels[0]).toBeGreaterThan(500)
})

test('spikes that come again widen the band on their side where they are said to be normal', () => {
  const shape: Shape = (at, noise) => 100 + 5 * noise + (at % (6 * HOUR) === 0 ? 300 : 0)
  const plain = trained(shape)
  const spiky = trained(shape, { ...PLAIN, periodicSpikes: true })
  expect(shareOutside(spiky, nextDay(shape))).toBeLessThan(shareOutside(plain, nextDay(shape)))
  const { lower, upper } = bandAt(spiky, tomorrow, 2)
  expect(Math.min(...upper)).toBeGreaterThan(390)
  expect(Math.min(...lower)).toBeGreaterThan(70)
  const once: Shape = (at, noise) => 100 + 5 * noise + (at === MONDAY + DAY ? 900 : 0)
  expect(trained(once, { ...PLAIN, periodicSpikes: true }).spikes.above).toBeLessThan(40)
})

test('a lasting change is the new normal after two, four or eight days', () => {
  const stepped = (age: number): Shape => (at, noise) => (at >= MONDAY + (14 - age) * DAY ? 300 : 100) + 5 * noise
  const level = (age: number, adaptationSpeed: 'FAST' | 'NORMAL' | 'SLOW') =>
    Math.round(trained(stepped(age), { ...PLAIN, adaptationSpeed }).levels[100]! / 100)
  expect([level(1, 'FAST'), level(2, 'FAST')]).toEqual([1, 3])
  expect([level(3, 'NORMAL'), level(4, 'NORMAL')]).toEqual([1, 3])
  expect([level(6, 'SLOW'), level(8, 'SLOW')]).toEqual([1, 3])
})

test('stricter filtering makes the narrower band', () => {
  const shape: Shape = (at, noise) => 100 + 5 * noise + ((at / 300) % 40 === 0 ? 35 : (at / 300) % 40 === 20 ? 20 : 0)
  const spread = (outlierFiltering: 'MINIMAL' | 'MODERATE' | 'STRICT') => trained(shape, { ...PLAIN, outlierFiltering }).spreads[12]!
  expect(spread('STRICT')).toBeLessThan(spread('MODERATE'))
  expect(spread('MODERATE')).toBeLessThan(spread('MINIMAL'))
})

test('the season follows the clock on the wall when it changes', () => {
  // Berlin goes to summer time on 29 March 2026, two weeks after the history begins.
  const start = Date.parse('2026-03-15T00:00:00Z') / 1000
  const change = Date.parse('2026-03-29T01:00:00Z') / 1000
  const shape: Shape = (at, noise) => ((at + (at >= change ? 2 : 1) * HOUR) % DAY >= 9 * HOUR ? 500 : 100) + 10 * noise
  const model = (timezone: string | undefined) => trainBand(historyOf(shape, { start }), { ...PLAIN, timezone })!
  const after = historyOf(shape, { days: 2, start: start + 15 * DAY, seed: 5 })
  expect(shareOutside(model('Europe/Berlin'), after)).toBeLessThan(0.07)
  expect(shareOutside(model(undefined), after)).toBeGreaterThan(0.08)
  expect(model('europe/berlin').timezone).toBe('Europe/Berlin')
})

test('hourly statistics serve an hourly band', () => {
  const shape: Shape = (at, noise) => daily(at, 0) + 5 * noise
  const model = trainBand(historyOf(shape, { period: HOUR }), PLAIN)!
  expect(model.state).toBe('TRAINED')
  expect(shareOutside(model, historyOf(shape, { period: HOUR, days: 4, start: MONDAY + 14 * DAY, seed: 4 }))).toBeLessThan(0.1)
})

test('a model is small, and survives being written down', () => {
  const model = trained((at, noise) => daily(at, 0) + 5 * noise)
  const text = JSON.stringify(model)
  expect(text.length).toBeLessThan(12_000)
  const grid = { start: epochSeconds(MONDAY + 14 * DAY), period: seconds(60), length: 100 }
  expect(bandAt(JSON.parse(text), grid, 2)).toEqual(bandAt(model, grid, 2))
})

test('a series that never moves has a band as wide as the last digit', () => {
  const model = trained(() => 0.1)
  const { lower, upper } = bandAt(model, tomorrow, 2)
  expect(shareOutside(model, nextDay(() => 0.1))).toBe(0)
  expect(upper[0]! - lower[0]!).toBeLessThan(1e-8)
})
