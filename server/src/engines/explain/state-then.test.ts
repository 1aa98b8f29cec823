import { expect, test } from 'vitest'
import { epochMillis } from '../../base/time.ts'
import type { AlarmHistoryItem } from '../../model/alarm.ts'
import { alarmState, tenant } from '../alarms/alarm.test-support.ts'
import { explainRule } from './explain-rule.ts'
import { stateThen } from './state-then.ts'

const change = (at: number, from: string, to: string): AlarmHistoryItem => ({
  tenant, alarmName: 'cpu', alarmType: 'MetricAlarm', at: epochMillis(at), type: 'StateUpdate', summary: '',
  data: JSON.stringify({ version: '1.0', oldState: { stateValue: from, stateReason: `was ${from}` }, newState: { stateValue: to, stateReason: `is ${to}` } }),
})
const now = alarmState({ value: 'OK', reason: 'fine', transitionedAt: epochMillis(500) })
const at = epochMillis(1000)

test.each([
  ['the last change before tells', change(900, 'OK', 'ALARM'), change(1100, 'ALARM', 'OK'), now, { value: 'ALARM', since: 900, reason: 'is ALARM' }],
  ['else what the first one after left', undefined, change(1100, 'INSUFFICIENT_DATA', 'OK'), now, { value: 'INSUFFICIENT_DATA', since: undefined, reason: 'was INSUFFICIENT_DATA' }],
  ['else what it is, where that has lasted', undefined, undefined, now, { value: 'OK', since: 500, reason: 'fine' }],
  ['it may not have been there', undefined, undefined, alarmState({ transitionedAt: epochMillis(1001) }), undefined],
  ['foreign history tells nothing', change(900, 'OK', 'BROKEN'), undefined, undefined, undefined],
] as const)('%s', (_, before, after, state, expected) => expect(stateThen(at, before, after, state)).toEqual(expected))

test('a rule shows each of its nodes with its own words', () => {
  const states = new Map([['a', 'ALARM'], ['b', 'OK']] as const)
  const rule = 'ALARM(a) AND NOT ALARM("b")'
  expect(explainRule(rule, alarm => states.get(alarm as 'a' | 'b'))).toMatchObject({
    text: rule,
    value: true,
    operands: [
      { text: 'ALARM(a)', value: true, alarms: [{ alarm: 'a', state: 'ALARM', counts: true }] },
      { text: 'NOT ALARM("b")', value: true, operands: [{ text: 'ALARM("b")', value: false, alarms: [{ alarm: 'b', state: 'OK', counts: false }] }] },
    ],
  })
})
