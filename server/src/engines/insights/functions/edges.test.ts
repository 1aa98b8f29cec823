import { expect, test } from 'vitest'
import { scratchTelemetry } from '../../../store/telemetry/telemetry.test-support.ts'
import { jsonValue, type Value } from '../values.ts'
import { any, bound, json, MISSING, number, period, shownAll, text, time, truth } from './functions.test-support.ts'
import type { Parameter } from './insights-function.ts'
import { FUNCTIONS } from './registry.ts'

const telemetry = await scratchTelemetry()

type Row = readonly [name: string, args: readonly Value[], shown: string | null]

const HUGE = 1.7e308
const BELL = '🔔'

const NUMBERS: readonly Row[] = [
  ['abs', [any('-0')], '0'], ['abs', [any('inf')], null], ['abs', [any('nan')], null], ['abs', [any('-1e400')], null],
  ['ceil', [number(-0.2)], '0'], ['floor', [number(-0.2)], '-1'], ['ceil', [number(HUGE)], '1.7e308'],
  ['greatest', [number(-HUGE), number(HUGE)], '1.7e308'], ['least', [any('10'), any('9')], '9'], ['greatest', [MISSING, number(1)], null], ['least', [number(1), MISSING], null],
  ['log', [number(-1)], null], ['log', [number(Math.E)], '1'], ['sqrt', [number(-1e-300)], null], ['sqrt', [number(0)], '0'],
  ['round', [number(0.5)], '1'], ['round', [number(-0.5)], '-1'], ['round', [number(1.5)], '2'], ['round', [number(0.49999999999999994)], '0'], ['round', [number(-0.2)], '0'],
  ['round', [number(1.25), number(1)], '1.3'], ['round', [number(1250), number(-2)], '1300'], ['round', [number(HUGE), number(10)], '1.7e308'],
  ['round', [number(1.5), number(1e9)], '1.5'], ['round', [number(1.5), number(-1e9)], '0'], ['round', [number(1.5), MISSING], null], ['round', [MISSING, number(1)], null],
  ['round', [number(2.345), number(1.9)], '2.3'],
  ['toInt', [number(2147483647)], '2147483647'], ['toInt', [number(2147483648)], null], ['toInt', [number(-2147483648)], '-2147483648'], ['toInt', [truth(true)], '1'], ['toInt', [number(-0.5)], '0'],
  ['toLong', [number(2 ** 63)], null], ['toLong', [number(-(2 ** 63))], '-9223372036854776000'], ['toNumber', [text('')], null], ['toNumber', [json('"7"')], '7'], ['toNumber', [json('[7]')], null],
  ['haversine', [number(0), number(0), number(0), number(180)], '20015.086796020572'], ['haversine', [number(HUGE), number(0), number(0), number(HUGE)], expect.any(String) as unknown as string],
]

const TEXTS: readonly Row[] = [
  ['strlen', [text('')], '0'], ['strlen', [text(`e\u0301${BELL}`)], '3'], ['strlen', [number(12.5)], '4'], ['strlen', [json('{}')], null], ['strlen', [json('"ab"')], '2'],
  ['isempty', [json('{}')], '1'], ['isempty', [number(0)], '0'], ['isblank', [text('\u3000\t\n\u00a0\v\f\u0085 ')], '1'], ['isblank', [text('\u200b')], '0'], ['isblank', [text('')], '1'],
  ['concat', [text('a')], 'a'], ['concat', [text(''), text(BELL), truth(false)], `${BELL}0`], ['concat', [text('a'), MISSING], null],
  ['trim', [text('\u3000 a b\t')], 'a b'], ['ltrim', [text(' a ')], 'a '], ['rtrim', [text(' a ')], ' a'], ['trim', [text('   ')], ''], ['trim', [text('')], ''],
  ['trim', [text('[a^-]\\z'), text(']^-[\\')], 'a^-]\\z'], ['trim', [text('^a^'), text('^')], 'a'], ['trim', [text('abc'), text('a-c')], 'b'], ['trim', [text('aXa'), text('')], 'aXa'],
  ['trim', [text(`${BELL}é${BELL}`), text(BELL)], 'é'], ['trim', [text('éaé'), any('é')], 'a'], ['trim', [text('a'), MISSING], null], ['trim', [text('\n\na\n'), text('\n')], 'a'], ['rtrim', [text('a\nb\n')], 'a\nb'],
  ['toupper', [text('ÿß')], 'ŸSS'], ['tolower', [text('ΑΣ')], 'ας'],
  ['substr', [text(`a${BELL}c`), number(1)], `${BELL}c`], ['substr', [text('abc'), number(-5)], 'abc'], ['substr', [text('abc'), number(-1), number(2)], 'ab'], ['substr', [text('abc'), number(1), number(-1)], ''],
  ['substr', [text('abc'), number(1.9), number(1.9)], 'b'], ['substr', [text('abc'), number(1e300)], ''], ['substr', [text('abc'), number(0), number(1e300)], 'abc'], ['substr', [text(''), number(0)], ''],
  ['substr', [text('abc'), MISSING], null], ['substr', [text('abc'), number(0), text('x')], null],
  ['replace', [text('a.a'), text('.'), text('\\1$1')], 'a\\1$1a'], ['replace', [text(''), text(''), text('x')], ''], ['replace', [text('a'), MISSING, text('x')], null], ['replace', [any('aXbX'), any('X'), any('')], 'ab'],
  ['regexReplace', [text('a1b22'), text('(?<n>[0-9])+'), text('<$1>')], 'a<1>b<2>'], ['regexReplace', [text('abc'), text(''), text('-')], '-a-b-c-'], ['regexReplace', [text('a'), text('a'), text('\\\\$${0}\\$1\\')], '\\$a$1\\'],
  ['strcontains', [text('abc'), text('')], '1'], ['strcontains', [text(''), text('a')], '0'], ['strcontains', [text('ÄB'), text('äb'), truth(true)], '1'], ['strcontains', [text('ÄB'), text('äb'), truth(false)], '0'], ['strcontains', [text('a'), text('A'), MISSING], '0'], ['strcontains', [text('a'), text('A'), any('true')], '1'],
  ['startsWith', [text('abc'), text('')], '1'], ['startsWith', [text('a'), text('ab')], '0'], ['endsWith', [text('abc'), any('bc')], '1'], ['endsWith', [MISSING, text('')], null],
  ['urlencode', [text(`/?${BELL}\n`)], '%2F%3F%F0%9F%94%94%0A'], ['urldecode', [text('%F0%9F%94%94%zz%4')], `${BELL}%zz%4`], ['urldecode', [text('%ff')], '\ufffd'], ['urldecode', [text('')], ''],
  ['base64encode', [text(BELL)], '8J+UlA=='], ['base64encode', [text('')], ''], ['base64decode', [text('')], ''], ['base64decode', [text('8J+UlA')], BELL], ['base64decode', [text('8J+UlA=')], BELL], ['base64decode', [text('a')], null], ['base64decode', [text('a===')], null], ['base64decode', [text('=')], ''], ['base64decode', [text('/w==')], '\ufffd'], ['base64decode', [text('aGk\n')], null],
  ['split', [text(''), text(',')], '[""]'], ['split', [text(`a${BELL}"b`), text(BELL)], '["a","\\"b"]'], ['split', [any('a--b'), text('--')], '["a","b"]'],
  ['hexToAscii', [text('')], ''], ['hexToAscii', [text('f09f9494')], BELL], ['hexToAscii', [text('ff')], '\ufffd'], ['hexToAscii', [text('0x')], ''], ['hexToAscii', [text('4g')], null],
  ['hexToDec', [text('')], null], ['hexToDec', [text('ffffffffffffffff')], '18446744073709552000'], ['hexToDec', [text('10000000000000000')], null], ['hexToDec', [number(10)], '16'],
  ['decToHex', [number(2 ** 53)], '0x20000000000000'], ['decToHex', [number(1e30)], null], ['decToHex', [number(-255)], '-0xff'],
  ['md5', [text('')], 'd41d8cd98f00b204e9800998ecf8427e'], ['md5', [text(BELL)], '38854d350c06bf2497f9a79d088df8f0'], ['sha256', [text('abc')], 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'], ['sha256', [MISSING], null],
]

const JSONS: readonly Row[] = [
  ['jsonParse', [text('')], null], ['jsonParse', [text('null')], null], ['jsonParse', [text('"a"')], null], ['jsonParse', [text('[]')], '[]'], ['jsonParse', [text(' {"a": 1} ')], ' {"a": 1} '], ['jsonParse', [text('{"a":1} x')], null],
  ['jsonParse', [text('['.repeat(5000) + ']'.repeat(5000))], null], ['jsonParse', [json('{}')], null],
  ['jsonStringify', [json('[1]')], '[1]'], ['jsonStringify', [text('a"\n')], '"a\\"\\n"'], ['jsonStringify', [any('1')], '1'], ['jsonStringify', [truth(true)], '1'],
  ['jsonArraySize', [text('[')], null], ['jsonArraySize', [text('[1,[2,3]]')], '2'], ['jsonArraySize', [MISSING], null], ['jsonArraySize', [number(1)], null],
  ['jsonArrayContains', [json('[null,{"a":1},[1]]'), text('1')], '0'], ['jsonArrayContains', [json('["1"]'), number(1)], '1'], ['jsonArrayContains', [json('[1.5e1]'), any('15')], '1'], ['jsonArrayContains', [json('["nan"]'), text('nan')], '1'],
  ['jsonArrayContains', [json('["é\\n"]'), text('é\n')], '1'], ['jsonArrayContains', [json('[]'), text('')], '0'], ['jsonArrayContains', [text('[1'), text('1')], '0'], ['jsonArrayContains', [json('{"a":1}'), text('1')], '0'], ['jsonArrayContains', [number(5), number(5)], '0'], ['jsonArrayContains', [MISSING, text('a')], null], ['jsonArrayContains', [json('["a"]'), MISSING], null], ['jsonArrayContains', [json('[true]'), text('true')], '1'],
]

const ADDRESSES: readonly Row[] = [
  ...['1.2.3', '1.2.3.4.5', '01.2.3.4', '1.2.3.4 ', '', 'a', ':', '1::2::3', 'fe80::1%eth0', '[::1]', '::1/128', 'g::', '12345::'].map((address): Row => ['isValidIp', [text(address)], '0']),
  ...['0.0.0.0', '::', '::1', '2001:DB8::A', '::ffff:1.2.3.4', '1:2:3:4:5:6:7:8', '1:2:3:4:5:6:1.2.3.4'].map((address): Row => ['isValidIp', [text(address)], '1']),
  ['isIpInSubnet', [text('1.2.3.4'), text('0.0.0.0/0')], '1'], ['isIpInSubnet', [text('::1'), text('0.0.0.0/0')], '0'], ['isIpInSubnet', [text('1.2.3.4'), text('::/0')], '0'], ['isIpInSubnet', [text('1.2.3.4'), text('1.2.3.4')], '0'],
  ['isIpInSubnet', [text('1.2.3.4'), text('1.2.3.4/33')], '0'], ['isIpInSubnet', [text('1.2.3.4'), text('1.2.3.4/-1')], '0'], ['isIpInSubnet', [text('1.2.3.4'), text('1.2.3.4/32')], '1'], ['isIpInSubnet', [text('::5'), text('::4/127')], '1'], ['isIpInSubnet', [text('::5'), text('::4/129')], '0'],
  ['isIpInSubnet', [any('10.9.9.9'), any('10.0.0.0/8')], '1'], ['isIpInSubnet', [text('x'), text('10.0.0.0/8')], '0'], ['isIpInSubnet', [text('10.0.0.1'), MISSING], null], ['isIpv4InSubnet', [text('::1'), text('::/0')], '0'], ['isIpv6InSubnet', [text('::1'), text('::/0')], '1'],
  ['ipv4ToNumber', [text('0.0.0.0')], '0'], ['ipv4ToNumber', [text('')], null], ['ipv4ToNumber', [text('1.2.3.256')], null],
  ['isPrivateIP', [text('10.255.255.255')], '1'], ['isPrivateIP', [text('11.0.0.0')], '0'], ['isPrivateIP', [text('fe80::1')], '0'], ['isPrivateIP', [MISSING], null],
  ['isReservedIP', [text('::1')], '1'], ['isReservedIP', [text('255.255.255.255')], '1'], ['isReservedIP', [text('')], '0'], ['isReservedIP', [MISSING], null],
  ['isPublicIP', [text('8.8.8.8')], '1'], ['isPublicIP', [text('2606:4700::1111')], '1'], ['isPublicIP', [text('100.64.0.1')], '0'], ['isPublicIP', [text('')], '0'], ['isPublicIP', [MISSING], null],
]

const CONDITIONS: readonly Row[] = [
  ['coalesce', [MISSING, number(5)], '5'], ['coalesce', [MISSING, json('[1]')], '[1]'], ['coalesce', [MISSING, MISSING], null], ['coalesce', [time('2026-01-01T00:00:00Z'), text('never')], '2026-01-01 00:00:00.000'],
  ['if', [MISSING, text('a'), text('b')], 'b'], ['if', [text('true'), number(1), text('b')], '1'], ['if', [number(0), number(1)], null], ['if', [truth(true), json('{"a":1}'), text('x')], '{"a":1}'], ['if', [truth(false), json('{"a":1}'), text('x')], 'x'],
  ['case', [MISSING, text('a'), truth(true), number(2)], '2'], ['case', [truth(false), text('a'), MISSING], null],
  ['isNumeric', [text('')], '0'], ['isNumeric', [text('1e5')], '1'], ['isNumeric', [text('inf')], '0'], ['isNumeric', [json('{}')], '0'], ['isNumeric', [time('2026-01-01T00:00:00Z')], '1'],
  ['messageSize', [], '14'], ['messageSize', [json('{}')], '2'], ['ispresent', [json('{}')], '1'], ['ispresent', [json('null')], '0'], ['ispresent', [jsonValue(MISSING.sql)], '0'],
]

const at = (iso: string, count: number, unit: Parameters<typeof period>[1]): readonly Value[] => [time(iso), period(count, unit)]

const TIMES: readonly Row[] = [
  ['datefloor', at('2024-02-29T23:59:59.999Z', 1, 'd'), '2024-02-29 00:00:00.000'], ['dateceil', at('2024-02-29T23:59:59.999Z', 1, 'mo'), '2024-03-01 00:00:00.000'], ['dateceil', at('2024-02-29T00:00:00.001Z', 1, 'y'), '2025-01-01 00:00:00.000'],
  ['datefloor', at('1969-12-31T23:59:59.999Z', 1, 'd'), '1969-12-31 00:00:00.000'], ['dateceil', at('1969-12-31T12:00:00Z', 1, 'd'), '1970-01-01 00:00:00.000'], ['datefloor', at('1969-12-31T23:59:59.999Z', 1, 'mo'), '1969-12-01 00:00:00.000'], ['datefloor', at('1968-05-05T00:00:00Z', 1, 'q'), '1968-04-01 00:00:00.000'],
  ['datefloor', at('1969-12-31T00:00:00Z', 1, 'w'), '1969-12-29 00:00:00.000'], ['datefloor', at('2026-01-05T00:00:00Z', 1, 'w'), '2026-01-05 00:00:00.000'], ['datefloor', at('2026-01-04T23:59:59.999Z', 1, 'w'), '2025-12-29 00:00:00.000'],
  ['datefloor', at('2026-08-15T00:00:00Z', 6, 'mo'), '2026-07-01 00:00:00.000'], ['datefloor', at('2026-08-15T00:00:00Z', 5, 'y'), '2025-01-01 00:00:00.000'],
  ['datefloor', at('2026-01-01T10:04:59.999Z', 300, 's'), '2026-01-01 10:04:00.000'], ['datefloor', at('2026-01-01T10:04:59.999Z', 90, 'm'), '2026-01-01 10:00:00.000'], ['datefloor', at('2026-01-01T10:04:59.999Z', 48, 'h'), '2026-01-01 00:00:00.000'], ['datefloor', at('2026-01-01T10:04:59.999Z', 5000, 'ms'), '2026-01-01 10:04:59.000'],
  ['datefloor', at('2026-01-01T10:04:59.999Z', 1e15, 'd'), '2024-10-04 00:00:00.000'], ['datefloor', at('2026-01-01T10:04:59.999Z', 1e15, 'mo'), '1970-01-01 00:00:00.000'],
  ['dateceil', at('2026-01-01T00:00:00Z', 1, 'y'), '2026-01-01 00:00:00.000'], ['bin', [period(5, 'm')], '2026-01-01 10:00:00.000'],
  ['datefloor', [MISSING, period(1, 'mo')], null], ['dateceil', [MISSING, period(1, 'm')], null], ['datefloor', [any('2026-02-30'), period(1, 'd')], null],
  ['fromMillis', [number(-1)], '1969-12-31 23:59:59.999'], ['fromMillis', [number(1e300)], null], ['fromMillis', [number(1.9)], '1970-01-01 00:00:00.001'], ['toMillis', [time('1969-12-31T23:59:59.999Z')], '-1'], ['toMillis', [text('2026-01-01')], '1767225600000'], ['toMillis', [truth(true)], null],
  ['now', [], '1767261600'], ['queryStartTime', [], '1767258000000'], ['queryEndTime', [], '1767265200000'], ['queryTimeRange', [], '7200000'],
  ['formatDate', [time('2024-02-29T12:05:09.007Z'), text('%y %e %j %I %p %a %A %b %B %u %w %V %G %T %R %D %L %f %s %% %n%t %z %Z')], '24 29 060 12 PM Thu Thursday Feb February 4 4 09 2024 12:05:09 12:05 02/29/24 007 007000 1709208309 % \n\t +0000 UTC'],
  ['formatDate', [time('1969-12-31T23:59:59.999Z'), text('%F %T.%L %s')], '1969-12-31 23:59:59.999 -1'], ['formatDate', [time('2026-01-01T00:00:00Z'), text('')], ''], ['formatDate', [time('2026-01-01T00:00:00Z'), text(`é${BELL}`)], `é${BELL}`],
  ['formatDate', [time('2026-03-08T07:30:00Z'), text('%H:%M %z %Z'), text('america/new_york')], '03:30 -0400 America/New_York'], ['formatDate', [time('2026-03-08T06:30:00Z'), text('%H:%M %z'), text('America/New_York')], '01:30 -0500'],
  ['formatDate', [time('2026-01-01T00:00:00Z'), text('%F %R %z'), text('-03:30')], '2025-12-31 20:30 -0330'], ['formatDate', [MISSING, text('x')], null], ['formatDate', [number(0), text('%Y')], '1970'],
]

const saidOf = (value: Value): string => JSON.stringify(value.period ?? value.constant ?? value.sql, (_, part: unknown) => (typeof part === 'bigint' ? String(part) : part))

const parsed = (written: string, format: string, zone?: string): readonly Value[] => [text(written), text(format), ...(zone === undefined ? [] : [text(zone)])]

const DATES: readonly Row[] = [
  ['parseDate', parsed('2024-02-29', 'yyyy-MM-dd'), '1709164800000'], ['parseDate', parsed('2023-02-29', 'yyyy-MM-dd'), null], ['parseDate', parsed('1900-02-29', 'yyyy-MM-dd'), null], ['parseDate', parsed('2026-13-01', 'yyyy-MM-dd'), null], ['parseDate', parsed('2026-00-10', 'yyyy-MM-dd'), null],
  ['parseDate', parsed('2026-1-2', 'yyyy-MM-dd'), null], ['parseDate', parsed('2026-1-2', 'yyyy-M-d'), '1767312000000'], ['parseDate', parsed('2026-01-02 ', 'yyyy-MM-dd'), null], ['parseDate', parsed('', 'yyyy'), null], ['parseDate', parsed('', '[yyyy]'), '0'],
  ['parseDate', parsed('24:00', 'HH:mm'), null], ['parseDate', parsed('24:30', 'kk:mm'), '1800000'], ['parseDate', parsed('12:30 am', 'hh:mm a'), '1800000'], ['parseDate', parsed('12:30 PM', 'h:mm a'), '45000000'], ['parseDate', parsed('13:30 PM', 'h:mm a'), null], ['parseDate', parsed('23:59:60', 'HH:mm:ss'), null],
  ['parseDate', parsed('2026-01-01T10:00:00.123456789Z', "yyyy-MM-dd'T'HH:mm:ss.SSSSSSSSSX"), '1767261600123'], ['parseDate', parsed('2026-01-01T10:00:00.5+05:30', "yyyy-MM-dd'T'HH:mm:ss.SXXX"), '1767241800500'], ['parseDate', parsed('2026-01-01T10:00:00-08', "yyyy-MM-dd'T'HH:mm:ssx"), '1767290400000'],
  ['parseDate', parsed('2026-01-01 10:00:00', 'yyyy-MM-dd HH:mm:ss[.SSS][X]', 'Asia/Kolkata'), '1767241800000'], ['parseDate', parsed('2026-01-01 10:00:00.250Z', 'yyyy-MM-dd HH:mm:ss[.SSS][X]', 'Asia/Kolkata'), '1767261600250'],
  ['parseDate', parsed('Thu, 01 January 2026', 'EEE, dd MMMM yyyy'), '1767225600000'], ['parseDate', parsed('01 Foo 2026', 'dd MMM yyyy'), null], ['parseDate', parsed('26', 'yy'), '1767225600000'], ['parseDate', parsed("o'clock 10", "'o''clock' HH"), '36000000'], ['parseDate', parsed('(10)', '(HH)'), '36000000'],
  ['parseDate', parsed('2026-03-29 02:30', 'yyyy-MM-dd HH:mm', 'Europe/Berlin'), '1774744200000'], ['parseDate', parsed('2026-07-01 00:00', 'yyyy-MM-dd HH:mm', '+02:00'), '1782856800000'], ['parseDate', parsed('0000-01-01', 'yyyy-MM-dd'), '-62167219200000'], ['parseDate', parsed('9999-12-31', 'yyyy-MM-dd'), '253402214400000'], ['parseDate', parsed('1800-01-01', 'yyyy-MM-dd'), '-5364662400000'],
  ['parseDate', [MISSING, text('yyyy')], null], ['parseDate', [number(2026), text('yyyy')], '1767225600000'], ['parseDate', [json('{}'), text('yyyy')], null],
]

test.for([
  ['numbers', NUMBERS], ['texts', TEXTS], ['JSON', JSONS], ['addresses', ADDRESSES], ['conditions', CONDITIONS], ['times', TIMES], ['dates', DATES],
] as const)('%s at their edges', async ([, rows]) => {
  const shown = await shownAll(telemetry, rows.map(([name, args]) => bound(name, args)))
  const said = (index: number): string => `${rows[index]![0]}(${rows[index]![1].map(saidOf).join(', ')})`
  expect(shown.map((value, index) => [said(index), value])).toEqual(rows.map(([, , value], index) => [said(index), value]))
})

/** What asks for missing values, or passes over them. */
const ANSWERS_FOR_MISSING: ReadonlySet<string> = new Set(['ispresent', 'isempty', 'isblank', 'coalesce', 'if', 'case'])

/** An argument with which functions of such a parameter give a value. */
const sample = ({ takes, name }: Parameter): Value => {
  if (takes === 'period') return period(1, 'd')
  if (takes === 'time') return time('2026-01-01T00:00:00Z')
  return text(name === 'format' ? 'yyyy' : '1')
}

test('what is computed of a missing value is missing', async () => {
  const cases = FUNCTIONS.filter(({ name }) => !ANSWERS_FOR_MISSING.has(name)).flatMap(({ name, parameters }) => {
    const asked = parameters.filter(({ optional, repeated }) => optional === undefined || repeated === true)
    return asked.flatMap((parameter, index) => {
      if (parameter.constant === true || parameter.takes === 'period' || parameter.takes === 'regex') return []
      return [{ what: `${name} ${parameter.name}`, value: bound(name, asked.map((other, at) => (at === index ? MISSING : sample(other)))) }]
    })
  })
  const shown = await shownAll(telemetry, cases.map(({ value }) => value))
  expect(cases.map(({ what }, index) => [what, shown[index]])).toEqual(cases.map(({ what }) => [what, null]))
})
