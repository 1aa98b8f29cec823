import fc from 'fast-check'
import { expect, test } from 'vitest'
import { epochSeconds, seconds } from '../../base/time.ts'
import type { DetectorConfiguration } from '../../model/anomaly-detector.ts'
import { bandAt, bandRoom } from './band-at.ts'
import type { History } from './points.ts'
import { DAY, MONDAY, noiseFrom, PLAIN } from './series.test-support.ts'
import { trainBand } from './train-band.ts'

const RUNS = { numRuns: 60 }

const configurations: fc.Arbitrary<DetectorConfiguration> = fc.record({
  excluded: fc.array(fc.record({ from: fc.integer({ min: 0, max: 14 * DAY }), length: fc.integer({ min: 1, max: 3 * DAY }) }), { maxLength: 3 })
    .map(ranges => ranges.map(({ from, length }) => ({ from: epochSeconds(MONDAY + from), to: epochSeconds(MONDAY + from + length) }))),
  timezone: fc.constantFrom(undefined, 'Europe/Berlin', 'America/New_York', 'Asia/Kathmandu', 'Australia/Lord_Howe'),
  adaptationSpeed: fc.constantFrom(undefined, 'FAST', 'NORMAL', 'SLOW'),
  outlierFiltering: fc.constantFrom(undefined, 'MINIMAL', 'MODERATE', 'STRICT'),
  periodicSpikes: fc.constantFrom(undefined, true, false),
})

/** Anything that is stored: noise on a season, with gaps, steps and spikes of any size. */
const histories: fc.Arbitrary<History> = fc
  .record({
    seed: fc.integer({ min: 1, max: 1e6 }),
    slots: fc.integer({ min: 0, max: 1500 }),
    period: fc.constantFrom(60, 300, 900, 3600),
    level: fc.double({ min: -1e6, max: 1e6, noNaN: true }),
    noise: fc.double({ min: 0, max: 1e3, noNaN: true }),
    gaps: fc.double({ min: 0, max: 1, noNaN: true }),
    step: fc.double({ min: -1e4, max: 1e4, noNaN: true }),
    spike: fc.constantFrom(0, 1e5, 1e12),
  })
  .map(({ seed, slots, period, level, noise, gaps, step, spike }) => {
    const normal = noiseFrom(seed)
    const values = Float64Array.from({ length: slots }, (_, slot) =>
      Math.abs(normal()) < gaps * 2 ? Number.NaN : level + noise * normal() + (slot > slots / 2 ? step : 0) + (slot % 97 === 5 ? spike : 0))
    return { start: epochSeconds(MONDAY), period: seconds(period), values }
  })

const grid = { start: epochSeconds(MONDAY + 13 * DAY), period: seconds(300), length: 700 }

test('limits are finite, in order, wider with more deviations, and negative only where values were', () => {
  fc.assert(fc.property(histories, configurations, fc.double({ min: 0, max: 100, noNaN: true }), (history, configuration, deviations) => {
    const model = trainBand(history, configuration)
    if (model === undefined) return
    const { lower, upper } = bandAt(model, grid, deviations)
    const wider = bandAt(model, grid, deviations + 1)
    const negative = history.values.some(value => value < 0)
    expect(lower.every(Number.isFinite) && upper.every(Number.isFinite)).toBe(true)
    expect(lower.every((limit, slot) => limit <= upper[slot]! && wider.lower[slot]! <= limit)).toBe(true)
    expect(upper.every((limit, slot) => wider.upper[slot]! >= limit)).toBe(true)
    expect(negative || lower.every(limit => limit >= 0)).toBe(true)
  }), RUNS)
})

test('a series that is scaled and shifted has its band scaled and shifted', () => {
  const scales = fc.constantFrom(0.25, 2, 1024)
  fc.assert(fc.property(histories, configurations, scales, fc.integer({ min: -1000, max: 1000 }), (history, configuration, scale, shift) => {
    // Whole numbers, so that scaling and shifting round nothing; one negative value, so that no limit is cut off at 0.
    const values = history.values.map(value => Math.round(value))
    const base = { ...history, values: Float64Array.of(-1e7, ...values) }
    const moved = { ...history, values: base.values.map(value => value * scale + shift) }
    const [model, other] = [trainBand(base, configuration), trainBand(moved, configuration)]
    expect(other === undefined).toBe(model === undefined)
    if (model === undefined || other === undefined || moved.values.every(value => !(value < 0))) return
    const [band, same] = [bandAt(model, grid, 2), bandAt(other, grid, 2)]
    for (let slot = 0; slot < grid.length; slot += 7) {
      const tolerance = 1e-6 * scale * Math.max(1, Math.abs(band.lower[slot]!), Math.abs(band.upper[slot]!)) + 1e-3
      expect(Math.abs(same.lower[slot]! - (band.lower[slot]! * scale + shift))).toBeLessThan(tolerance)
      expect(Math.abs(same.upper[slot]! - (band.upper[slot]! * scale + shift))).toBeLessThan(tolerance)
    }
  }), RUNS)
})

test('what is excluded could be anything', () => {
  fc.assert(fc.property(histories, configurations, fc.double({ min: 0, max: 1e9, noNaN: true }), (history, configuration, anything) => {
    const changed = history.values.map((value, slot) => {
      const from = history.start + slot * history.period
      return configuration.excluded.some(range => from < range.to && from + history.period > range.from) ? anything : value
    })
    const [model, other] = [trainBand(history, configuration), trainBand({ ...history, values: changed }, configuration)]
    // Whether a value was ever negative is a fact of the metric, whenever that was.
    expect(other && { ...other, nonNegative: true }).toEqual(model && { ...model, nonNegative: true })
  }), RUNS)
})

test('room that is handed in is filled as far as the grid goes', () => {
  const noise = noiseFrom(3)
  const model = trainBand({ start: epochSeconds(MONDAY), period: seconds(300), values: Float64Array.from({ length: 600 }, noise) }, PLAIN)!
  const room = bandRoom(800)
  room.upper[700] = 7
  expect(bandAt(model, grid, 2, room)).toBe(room)
  expect(room.upper[700]).toBe(7)
  expect(room.upper.slice(0, 700)).toEqual(bandAt(model, grid, 2).upper)
})

test('a band costs what a few sines cost', () => {
  const noise = noiseFrom(5)
  const model = trainBand({ start: epochSeconds(MONDAY), period: seconds(300), values: Float64Array.from({ length: 4032 }, noise) }, { ...PLAIN, timezone: 'Europe/Berlin' })!
  const room = bandRoom(grid.length)
  const fastest = (work: () => void): number => {
    let best = Number.POSITIVE_INFINITY
    for (let run = 0; run < 60; run++) {
      const from = performance.now()
      for (let i = 0; i < 20; i++) work()
      best = Math.min(best, performance.now() - from)
    }
    return best
  }
  const sines = fastest(() => {
    for (let slot = 0; slot < grid.length; slot++) room.lower[slot] = Math.sin(slot * 1.1)
  })
  expect(fastest(() => void bandAt(model, grid, 2, room)) / sines).toBeLessThan(15)
})
