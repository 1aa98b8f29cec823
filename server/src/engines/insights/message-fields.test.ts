import { expect, test } from 'vitest'
import { scratchTelemetry } from '../../store/telemetry/telemetry.test-support.ts'
import { RANGE, TestEvents } from './insights.test-support.ts'

const telemetry = await scratchTelemetry()

test.each([
  ['an id, for which one search is enough', '{"id":"0f3a-77"}', '0f3a-77'],
  ['an id in a list', '{"a":["x","0f3a-77"]}', '0f3a-77', 'a.1'],
  ['in JSON with blanks', '{ "id" : "0f3a 77" }', '0f3a 77'],
  ['whose punctuation Go and .NET escape', String.raw`{"id":"a\u003cb\u0026c\u0027d\u002be"}`, "a<b&c'd+e"],
  ['… Gson', String.raw`{"id":"key\u003dvalue"}`, 'key=value'],
  ['… PHP', String.raw`{"id":"\/orders\/7"}`, '/orders/7'],
  ['… and nobody needs to', '{"id":"a<b&c"}', 'a<b&c'],
  ['with characters that searches read otherwise', '{"id":"100%_a"}', '100%_a'],
  ['a number', '{"id":1.50}', '1.5'],
  ['a truth', '{"id":true}', '1'],
  ['not in JSON', '2 123456789010 eni-1235b8ca 172.31.16.139 172.31.16.21 20641 22 6 20 4249 1418530010 1418530070 ACCEPT OK', 'eni-1235b8ca', 'interfaceId'],
])('a field is found by its text: %s', async (_, message, text, field = 'id') => {
  const events = await TestEvents.with(telemetry, [message, '{"id":"other"}'].map(each => ({ at: RANGE.start + 1, message: each })))
  expect(await events.run(`filter ${field} = "${text}" | display @message`)).toEqual([{ '@message': message }])
  expect(await events.run(`filter ${field} in ["${text}", "another"] | display @message`)).toEqual([{ '@message': message }])
})
