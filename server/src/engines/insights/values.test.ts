import { describe, expect, test } from 'vitest'
import { boundNumber, boundText, call, cast, constant, NULL, parameter } from '../../sql/expression.ts'
import { scratchTelemetry } from '../../store/telemetry/telemetry.test-support.ts'
import { evaluated } from './insights.test-support.ts'
import { anyValue, asBoolean, asJson, asNumber, asText, asTime, booleanValue, jsonValue, numberValue, stringValue, timeValue, type Value } from './values.ts'

const telemetry = await scratchTelemetry()
const shown = (value: Value): Promise<string | null> => evaluated(telemetry, value)

const none = cast(NULL, 'Nullable(String)')
const number = (value: number): Value => numberValue(boundNumber(value))
const json = (text: string): Value => jsonValue(boundText(text))
const any = (text: string): Value => anyValue(boundText(text))
const time = timeValue(parameter('Int64', 1767262020000n))

describe('values as results show them', () => {
  test.for<readonly [Value, string | null]>([
    [stringValue(boundText('a\'b\\')), 'a\'b\\'],
    [number(2.5), '2.5'], [number(1.28e8), '128000000'], [number(100), '100'], [number(-0.5), '-0.5'],
    [booleanValue(constant(1)), '1'],
    [time, '2026-01-01 10:07:00.000'],
    [json('{"a":[1]}'), '{"a":[1]}'], [json('"te\\"xt"'), 'te"xt'], [json('1.50'), '1.50'], [json('true'), 'true'], [json('null'), 'null'],
    [stringValue(none), null], [jsonValue(none), null], [numberValue(cast(NULL, 'Nullable(Float64)')), null],
    [timeValue(cast(NULL, 'Nullable(Int64)')), null],
  ])('%#', async ([value, expected]) => {
    expect(await shown(value)).toBe(expected)
  })
})

describe('coercions', () => {
  test.for<readonly [Value, string | null]>([
    [any('404'), '404'], [any('4e2'), '400'], [any('-1.5'), '-1.5'], [any('x'), null], [any(''), null], [any('nan'), null], [any('inf'), null],
    [any('12ms'), null], [json('"12"'), '12'], [json('12'), '12'], [json('[12]'), null], [stringValue(none), null], [time, '1767262020000'],
  ])('numbers %#', async ([value, expected]) => {
    expect(await shown(numberValue(asNumber(value)))).toBe(expected)
  })

  test.for<readonly [Value, string | null]>([
    [number(0), '0'], [number(2), '1'], [any('TRUE'), '1'], [any('false'), '0'], [any('1'), '1'], [any('x'), null], [stringValue(none), null],
  ])('truths %#', async ([value, expected]) => {
    expect(await shown(booleanValue(asBoolean(value)))).toBe(expected)
  })

  test.for<readonly [Value, string | null]>([
    [number(1767262020000), '2026-01-01 10:07:00.000'], [number(1e300), null],
    [any('1767262020000'), '2026-01-01 10:07:00.000'],
    [any('2022-01-14T13:18:31-08:00'), '2022-01-14 21:18:31.000'], [any('2026-01-01 10:07:00.000'), '2026-01-01 10:07:00.000'],
    [any('x'), null], [stringValue(none), null],
  ])('times %#', async ([value, expected]) => {
    expect(await shown(timeValue(asTime(value)))).toBe(expected)
  })

  test('texts and JSON', async () => {
    expect(await shown(stringValue(asText(json('{}'))))).toBe(null)
    expect(await shown(stringValue(asJson(stringValue(boundText('a"b')))))).toBe('"a\\"b"')
    expect(await shown(stringValue(asJson(any('1.50'))))).toBe('1.50')
    expect(await shown(stringValue(asJson(any('x'))))).toBe('"x"')
    expect(await shown(stringValue(asText(stringValue(call('upper', boundText('x'))))))).toBe('X')
  })
})
