import { expect, test } from 'vitest'
import { clockTime, dayAndTime, fullTime, showTimesIn, zoneName } from './times.ts'
import { zoneMinutes } from './zone-minutes.ts'

const AT = Date.UTC(2026, 10, 21, 9, 15, 3) / 1000

test('a full time names its zone', () => {
  expect(fullTime(AT, { timeZone: 'UTC' })).toBe('21 Nov 2026, 09:15:03 UTC')
  expect(fullTime(AT, { timeZone: 'America/New_York' })).toMatch(/^21 Nov 2026, 04:15:03 (GMT-5|EST)$/)
})

test('short forms follow the zone', () => {
  expect(clockTime(AT, { timeZone: 'Asia/Tokyo' })).toBe('18:15')
  expect(dayAndTime(AT, { timeZone: 'Asia/Tokyo' })).toBe('21 Nov, 18:15')
})

test('whoever chose a zone is shown its times', () => {
  showTimesIn('UTC')
  expect([dayAndTime(AT), zoneName(), zoneMinutes(undefined, AT), zoneMinutes('+0130', AT)]).toEqual(['21 Nov, 09:15', 'UTC', 0, 90])
})
