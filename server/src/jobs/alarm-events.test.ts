import { expect, test } from 'vitest'
import { seededEntropy } from '../base/entropy.ts'
import { silentLog } from '../base/log.ts'
import { ManualClock } from '../base/manual-clock.ts'
import { epochMillis } from '../base/time.ts'
import type { AlarmRecord } from '../model/alarm.ts'
import { AlarmEvents } from './alarm-events.ts'
import { alarmRecord } from '../engines/alarms/alarm.test-support.ts'

test('events that carry tags wait for them, in their order; the others do not', async () => {
  const told: string[] = []
  let answer: () => Promise<Readonly<Record<string, string>>> = () => Promise.resolve({ team: 'payments' })
  const events = new AlarmEvents({
    clock: new ManualClock(epochMillis(0)), entropy: seededEntropy(1), log: silentLog, activeMute: () => undefined, tags: () => answer(),
  })
  events.listen(({ detail }) => {
    const what = 'operation' in detail ? detail.operation : `${detail.state.value} ${JSON.stringify(detail.alarmTags)} ${detail.alarmTagsStatus}`
    told.push(`${detail.alarmName} ${what}`)
  })
  const change = (before: AlarmRecord, value: 'ALARM' | 'OK'): AlarmRecord => ({ ...before, state: { ...before.state, value } })
  const quiet = alarmRecord({ name: 'quiet' })
  const telling = alarmRecord({ name: 'telling', tagsPropagation: { enabled: true } })
  events.changed(undefined, telling)
  events.changed(telling, change(telling, 'ALARM'))
  events.changed(quiet, change(quiet, 'ALARM'))
  expect(told).toEqual(['quiet ALARM undefined undefined'])
  await events.idle()
  expect(told.slice(1)).toEqual(['telling create', 'telling ALARM {"team":"payments"} SUCCESS'])
  answer = () => Promise.reject(new Error('disk on fire'))
  events.changed(telling, change(telling, 'ALARM'))
  await events.idle()
  expect(told.at(-1)).toBe('telling ALARM undefined FAILURE')
})
