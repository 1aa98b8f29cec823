import { expect, test } from 'vitest'
import { scratchTelemetry } from '../../../../store/telemetry/telemetry.test-support.ts'
import { CONTEXT, Refusal, text } from '../functions.test-support.ts'
import { zoneOf } from './zone.ts'

const zone = (name: string) => zoneOf(text(name), CONTEXT)

test('zones are named, or an offset', () => {
  expect(zone('europe/berlin')).toEqual({ name: expect.stringMatching(/^Europe\/Berlin$/), aheadMinutes: 0 })
  expect(zone('GMT-03:30')).toEqual({ name: 'UTC', aheadMinutes: -210 })
  expect(zone('+2')).toEqual({ name: 'UTC', aheadMinutes: 120 })
  expect(zone('z')).toEqual({ name: 'UTC', aheadMinutes: 0 })
  expect(zoneOf(undefined, CONTEXT)).toEqual({ name: 'UTC', aheadMinutes: 0 })
})

test.for(['', 'Mars/Olympus', '+19', '+1:60', 'UTC; DROP TABLE x', 'Europe/Berlin\''])('there is no zone %j', name => {
  expect(() => zone(name)).toThrow(Refusal)
})

test('the engine knows every zone that is let through', async () => {
  const telemetry = await scratchTelemetry()
  const known = new Set((await telemetry.query<{ time_zone: string }>('quick', 'SELECT time_zone FROM system.time_zones')).map(row => row.time_zone))
  expect(Intl.supportedValuesOf('timeZone').map(name => zone(name).name).filter(name => !known.has(name))).toEqual([])
})
