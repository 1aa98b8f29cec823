import { expect, test } from 'vitest'
import { minutesUntil, muteEnd, muteMinutes } from './mute-words.ts'

test.each([['PT4H', 240], ['P1DT30M', 1470], ['P2W', 20_160], ['4 hours', undefined]])('%s is so many minutes', (text, minutes) => {
  expect(muteMinutes(text)).toBe(minutes)
})

test('a one-time mute ends after its duration, or when the rule expires', () => {
  const Rule = { Schedule: { Expression: 'at(2026-03-01T10:00)', Duration: 'PT1H', Timezone: 'UTC' } }
  const end = Date.parse('2026-03-01T11:00Z') / 1000
  expect(muteEnd({ Rule })).toBe(end)
  expect(muteEnd({ Rule, ExpireDate: end - 600 })).toBe(end - 600)
})

test('rules that repeat, or are in another zone, have no end to name', () => {
  expect(muteEnd({ Rule: { Schedule: { Expression: 'cron(0 2 * * SUN)', Duration: 'PT1H' } } })).toBeUndefined()
  expect(muteEnd({ Rule: { Schedule: { Expression: 'at(2026-03-01T10:00)', Duration: 'PT1H', Timezone: 'Europe/Berlin' } } })).toBeUndefined()
})

test('a mute reaches its end from the minute that has begun, and not beyond 15 days', () => {
  expect(minutesUntil(59, 120)).toBe(2)
  expect(minutesUntil(100, 100)).toBeUndefined()
  expect(minutesUntil(0, 15 * 86_400)).toBe(21_600)
  expect(minutesUntil(0, 15 * 86_400 + 60)).toBeUndefined()
})
