import { expect, test } from 'vitest'
import { epochMillis } from '../../base/time.ts'
import type { AlarmStateValue } from '../../model/alarm.ts'
import { evaluateRule } from './evaluate.ts'
import { holdsSince } from './holds-since.ts'
import { parseRule } from './parse.ts'

const ALARMS: Readonly<Record<string, readonly [AlarmStateValue, number]>> = { a: ['ALARM', 10], b: ['ALARM', 30], c: ['ALARM', 20], x: ['OK', 15], y: ['OK', 25] }

test.each([
  ['ALARM(a)', 10],
  ['ALARM(x)', 15],
  ['NOT ALARM(y)', 25],
  ['ALARM(a) AND ALARM(b) AND ALARM(c)', 30],
  ['ALARM(a) AND ALARM(x) AND ALARM(y)', 15],
  ['ALARM(b) OR ALARM(c) OR ALARM(x)', 20],
  ['ALARM(x) OR ALARM(y)', 25],
  ['ALARM(a) AND NOT ALARM(y)', 25],
  ['(ALARM(a) AND ALARM(b)) OR ALARM(c)', 20],
  ['AT_LEAST(2, ALARM, (a, b, c, x))', 20],
  ['AT_LEAST(4, ALARM, (a, b, c, x, y))', 25],
  ['AT_LEAST(2, NOT ALARM, (a, x, y))', 25],
  ['AT_LEAST(50%, ALARM, (a, b, x, y))', 30],
  ['TRUE', -Infinity],
  ['ALARM(a) OR TRUE', -Infinity],
  ['ALARM(a) AND NOT ALARM(gone)', 10],
])('%s: since %d', (text, expected) => {
  const judged = evaluateRule(parseRule(text), alarm => ALARMS[alarm]?.[0])
  expect(holdsSince(judged, alarm => (ALARMS[alarm] === undefined ? undefined : epochMillis(ALARMS[alarm][1])))).toBe(expected)
})
