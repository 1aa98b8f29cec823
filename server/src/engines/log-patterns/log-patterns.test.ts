import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { scratchTelemetry } from '../../store/telemetry/telemetry.test-support.ts'
import { diffPatterns } from './diff-patterns.ts'
import { mergePatterns, type NormalisedRow } from './merge-patterns.ts'
import { kindOfMark, NORMALISATIONS, normalise } from './normalise.ts'
import { severityOf } from './severity.ts'

const telemetry = await scratchTelemetry()
/** What the engine makes of messages: the replacements, innermost first, each bound. */
const sql = NORMALISATIONS.reduce((inner, _rule, index) => `replaceRegexpAll(${inner}, {p${index}:String}, {m${index}:String})`, 'message')
const parameters = Object.fromEntries(NORMALISATIONS.flatMap(({ pattern, mark }, index) => [[`p${index}`, pattern], [`m${index}`, mark]]))
const inEngine = async (messages: readonly string[]): Promise<readonly string[]> =>
  (await telemetry.query<{ text: string }>('quick', `SELECT ${sql} AS text FROM (SELECT arrayJoin({messages:Array(String)}) AS message)`, { ...parameters, messages })).map(row => row.text)

const rowsOf = (messages: readonly string[]): readonly NormalisedRow[] => {
  const rows = new Map<string, { count: number; sample: string }>()
  for (const message of messages) {
    const text = normalise(message)
    const row = rows.get(text)
    rows.set(text, { count: (row?.count ?? 0) + 1, sample: row?.sample ?? message })
  }
  return [...rows].map(([text, row]) => ({ text, ...row }))
}
const named = (text: string): string => Array.from(text).map(char => (kindOfMark(char) === undefined ? char : `<${kindOfMark(char)}>`)).join('')

const EXAMPLES: readonly (readonly [string, string])[] = [
  ['2024-01-31T10:00:00.123Z INFO started in 12.5ms', '<Time> INFO started in <Number>'],
  ['2024-01-31 10:00:00,123 ERROR [worker-3] order 4711 failed', '<Time> ERROR [worker-<Number>] order <Number> failed'],
  ['127.0.0.1 - frank [10/Oct/2000:13:55:36 -0700] "GET /a HTTP/1.0" 200 2326', '<IPAddress> - frank [<Time>] "GET /a HTTP/<Number>" <Number> <Number>'],
  ['Jan 31 10:00:00 host sshd[123]: Failed password', '<Time> host sshd[<Number>]: Failed password'],
  ['request 550e8400-e29b-41d4-a716-446655440000 of jane@example.com', 'request <UUID> of <EmailAddress>'],
  ['connect to 10.0.0.1:5432 and 2001:db8::1 and fe80:0:0:0:1:2:3:4', 'connect to <IPAddress>:<Number> and <IPAddress> and <IPAddress>'],
  ['at 0x7ffe12 sha 356a192b7913b04c54574d18c28d46e6395428ab i-0abc123def req_8fh3k29', 'at <Token> sha <Token> i-<Token> req_8fh3k29'],
  ['utf8 s3 log4j2 ec2 p99 stay, a1b2c3 does not', 'utf8 s3 log4j2 ec2 p99 stay, <Token> does not'],
  ['took 10s, 3 MB, 99.9%', 'took <Number>, <Number> MB, <Number>%'],
  ['Wed, 31 Jan 2024 10:00:00 GMT', '<Time>'],
  ['a\x11b\x16c', 'a b c'],
]

test.each(EXAMPLES)('%j is %j', (message, expected) => {
  expect(named(normalise(message))).toBe(expected)
})

describe('ClickHouse makes the same text of a message', () => {
  test('for the examples', async () => {
    const messages = EXAMPLES.map(([message]) => message)
    expect(await inEngine(messages)).toEqual(messages.map(normalise))
  })

  test('for anything', async () => {
    const pieces = fc.constantFrom(...EXAMPLES.flatMap(([message]) => message.split(/(?<=[ :.-])/)), ':', '.', '-', '/', '"', 'é', '😀', '\n', '\t', '\u00a0', '\0', 'İ', 'ſ', 'K')
    const message = fc.oneof(fc.array(pieces, { maxLength: 20 }).map(parts => parts.join('')), fc.string({ unit: 'grapheme', maxLength: 60 }).filter(text => text.isWellFormed()))
    await fc.assert(
      fc.asyncProperty(fc.array(message, { minLength: 1, maxLength: 50 }), async messages => {
        expect(await inEngine(messages)).toEqual(messages.map(normalise))
      }),
      { numRuns: 30 },
    )
  })
})

test.each(['1', 'a1', 'a', 'a.', 'a@', '1.', '1:', 'Jan ', '0x', 'ab12cd', '-', 'a1b'])('a megabyte of %j', unit => {
  const begin = process.cpuUsage()
  normalise(unit.repeat(Math.ceil(1_048_576 / unit.length)))
  expect(process.cpuUsage(begin).user).toBeLessThan(4_000_000)
})

describe('patterns', () => {
  test('events that differ in what varies are one pattern, with tokens, share and severity', () => {
    const users = ['alice', 'bob', 'carol']
    const messages = [
      ...users.map((user, at) => `2024-01-31T10:00:0${at}Z ERROR login of user ${user} failed with code 42${at}`),
      '2024-01-31T10:00:09Z INFO started',
    ]
    const [first, second, ...more] = mergePatterns(rowsOf(messages))
    expect(more).toEqual([])
    expect(first).toMatchObject({
      pattern: '<Time-1> ERROR login of user <Token-2> failed with code <Number-3>', sampleCount: 3, ratio: 0.75, severityLabel: 'ERROR',
      regex: '^.* ERROR login of user .* failed with code .*$',
    })
    expect(first!.samples).toHaveLength(3)
    expect(first!.tokens.filter(token => token.isDynamic)).toEqual([
      { isDynamic: true, tokenString: '<*>', dynamicTokenPosition: 1, inferredTokenName: 'Time-1' },
      { isDynamic: true, tokenString: '<*>', dynamicTokenPosition: 2, inferredTokenName: 'Token-2', enumerations: { alice: 1, bob: 1, carol: 1 } },
      { isDynamic: true, tokenString: '<*>', dynamicTokenPosition: 3, inferredTokenName: 'Number-3' },
    ])
    expect(first!.tokens.filter(token => !token.isDynamic).map(token => token.tokenString).join('')).toBe(' ERROR login of user  failed with code ')
    expect(second).toMatchObject({ pattern: '<Time-1> INFO started', sampleCount: 1, ratio: 0.25, severityLabel: 'INFO' })
    expect(first!.patternId).toMatch(/^[0-9a-f]{32}$/)
    for (const message of messages.slice(0, 3)) expect(new RegExp(first!.regex).test(message)).toBe(true)
  })

  test('keys do not make events alike, nor do events of another severity', () => {
    const line = (level: string, message: string) => JSON.stringify({ level, request_id: '550e8400-e29b-41d4-a716-446655440000', status: 200, duration_ms: 3, message })
    const patterns = mergePatterns(rowsOf([line('INFO', 'login succeeded'), line('INFO', 'payment declined'), line('ERROR', 'login succeeded')]))
    expect(patterns.map(({ severityLabel }) => severityLabel).toSorted()).toEqual(['ERROR', 'INFO', 'INFO'])
  })

  test('do not depend on the order, lose no event, and have names of their own', () => {
    const words = fc.constantFrom('user', 'alice', 'bob', 'failed', 'ERROR', 'INFO', '12', '10.0.0.1', 'for', '{"a":"b"}', '=')
    fc.assert(
      fc.property(fc.array(fc.array(words, { minLength: 1, maxLength: 6 }).map(parts => parts.join(' ')), { minLength: 1, maxLength: 40 }), messages => {
        const patterns = mergePatterns(rowsOf(messages))
        expect(patterns.reduce((sum, { sampleCount }) => sum + sampleCount, 0)).toBe(messages.length)
        expect(new Set(patterns.map(({ patternId }) => patternId)).size).toBe(patterns.length)
        expect(patterns.reduce((sum, { ratio }) => sum + ratio, 0)).toBeCloseTo(1)
        expect(mergePatterns(rowsOf(messages).toReversed()).map(({ pattern }) => pattern)).toEqual(patterns.map(({ pattern }) => pattern))
        for (const { regex, samples } of patterns) for (const sample of samples) expect(new RegExp(regex, 's').test(sample)).toBe(true)
      }),
    )
  })

  test('ten thousand texts that have nothing in common', () => {
    const rows = Array.from({ length: 10_000 }, (_, at) => ({ text: Array.from(String(at)).map(digit => `w${'abcdefghij'[Number(digit)]}`).join(' '), count: 1, sample: 'x' }))
    const begin = process.cpuUsage()
    expect(mergePatterns(rows).reduce((sum, { sampleCount }) => sum + sampleCount, 0)).toBe(10_000)
    expect(process.cpuUsage(begin).user).toBeLessThan(5_000_000)
  })
})

test.each([
  ['[ERROR] x', 'ERROR'], ['{"level":"warning","message":"no error"}', 'WARN'], ['level=debug msg=error', 'DEBUG'], ['2024 FATAL: x', 'FATAL'], ['java.lang.NullPointerException: x', 'ERROR'],
  ['Traceback (most recent call last)', 'ERROR'], ['terror', 'NONE'], ['', 'NONE'], ['information desk', 'INFO'], ['{"severity": "CRITICAL"}', 'CRITICAL'], ['constructor', 'NONE'],
])('the severity of %j is %s', (text, severity) => {
  expect(severityOf(text)).toBe(severity)
})

test('diff: what is new, gone, more and fewer', () => {
  const patterns = (messages: readonly string[]) => mergePatterns(rowsOf(messages))
  const now = patterns([...Array<string>(6).fill('INFO alive'), 'ERROR new failure here', 'INFO same', 'INFO seldom now'])
  const before = patterns([...Array<string>(2).fill('INFO alive'), 'WARN gone by now', 'INFO same', ...Array<string>(4).fill('INFO seldom now')])
  expect(diffPatterns(now, before).map(({ pattern, change, description }) => [pattern.pattern, change, description])).toEqual([
    ['INFO alive', 4, '200% more events'],
    ['INFO seldom now', -3, '75% fewer events'],
    ['ERROR new failure here', 1, 'Pattern only appears in the current time range'],
    ['WARN gone by now', -1, 'Pattern only appears in the comparison time range'],
    ['INFO same', 0, 'No change'],
  ])
})
