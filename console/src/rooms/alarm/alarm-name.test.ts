import { expect, test } from 'vitest'
import { alarmPage } from '../../aws/alarms.ts'
import { alarmNameOf } from './alarm-name.ts'

test.each(['cpu', 'Database CPU > 75%', 'checkout/latency p99', 'a%2Fb', 'Größe #1?', '100%'])('the link to %s leads back to it', name => {
  expect(alarmNameOf(alarmPage(name).slice(1))).toBe(name)
})

test.each([['/alarms/a/b', 'a/b'], ['/alarms/100%', '100%']])('the typed path %s is understood', (path, name) => {
  expect(alarmNameOf(path)).toBe(name)
})
