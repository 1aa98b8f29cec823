import { describe, expect, test } from 'vitest'
import { epochMillis } from '../../base/time.ts'
import type { AlarmFacts, Severity } from '../../model/notification.ts'
import { badgeOf } from './badge.ts'
import { durationText } from './duration.ts'
import { childrenText, contributorText, currentText, thresholdText, watchedText } from './metric-words.ts'
import { quantity } from './quantity.ts'
import { escapeHtml, oneLine, readable, truncate } from './text.ts'

describe('durations', () => {
  test.each([
    [-5_000, 'just now'],
    [0, 'just now'],
    [999, 'just now'],
    [1_000, '1 second'],
    [59_999, '59 seconds'],
    [60_000, '1 minute'],
    [90_000, '1 minute 30 seconds'],
    [119_000, '1 minute 59 seconds'],
    [120_000, '2 minutes'],
    [480_000, '8 minutes'],
    [500_000, '8 minutes'],
    [3_599_000, '59 minutes'],
    [3_600_000, '1 hour'],
    [3_660_000, '1 hour 1 minute'],
    [7_500_000, '2 hours 5 minutes'],
    [86_400_000, '1 day'],
    [90_000_000, '1 day 1 hour'],
    [8_640_000_000, '100 days'],
  ])('%i ms is %s', (milliseconds, expected) => {
    expect(durationText(milliseconds)).toBe(expected)
  })
})

describe('quantities', () => {
  test.each([
    [78, 'Percent', '78%'],
    [78.04999, 'Percent', '78.05%'],
    [99.999, 'Percent', '100%'],
    [0.123456, 'Percent', '0.123%'],
    [12345.678, undefined, '12,345.7'],
    [12345, 'Count', '12,345'],
    [3, 'None', '3'],
    [-0.5, 'None', '-0.5'],
    [0, 'Percent', '0%'],
    [1.5e9, 'Bytes', '1.5 GB'],
    [999, 'Bytes', '999 B'],
    [1000, 'Bytes', '1 kB'],
    [0, 'Bytes', '0 B'],
    [-2e6, 'Bytes', '-2 MB'],
    [2048, 'Kilobytes', '2.05 MB'],
    [1e6, 'Bytes/Second', '1 MB/s'],
    [5e6, 'Bits/Second', '5 Mbit/s'],
    [3, 'Gigabits', '3 Gbit'],
    [1e30, 'Bytes', '1,000,000,000,000 EB'],
    [250, 'Milliseconds', '250 ms'],
    [1.25, 'Seconds', '1.25 s'],
    [0.0071, 'Seconds', '7.1 ms'],
    [0, 'Seconds', '0 s'],
    [7, 'Microseconds', '7 µs'],
    [12, 'Count/Second', '12/s'],
    [1e18, undefined, '1e+18'],
    [1.5e-9, undefined, '1.5e-9'],
    [Number.NaN, 'Percent', 'NaN'],
    [Number.POSITIVE_INFINITY, 'Bytes', 'Infinity'],
    [5, 'Furlongs', '5 Furlongs'],
  ])('%d %s is %s', (value, unit, expected) => {
    expect(quantity(value, unit)).toBe(expected)
  })

  test('in full where every digit counts', () => {
    expect(quantity(75.00425, 'Percent', 'full')).toBe('75.00425%')
  })
})

const facts = (changes: Partial<AlarmFacts>) => ({
  metric: { namespace: 'AWS/EC2', name: 'CPUUtilization', dimensions: [] },
  statistic: 'Average',
  unit: undefined,
  period: 300,
  comparison: 'GreaterThanThreshold',
  threshold: 75,
  value: 78,
  ...changes,
})

const nothing = { metric: undefined, statistic: undefined, period: undefined, comparison: undefined, threshold: undefined, value: undefined }

describe('metrics', () => {
  test.each([
    ['GreaterThanThreshold', '> 75%'],
    ['GreaterThanOrEqualToThreshold', '≥ 75%'],
    ['LessThanThreshold', '< 75%'],
    ['LessThanOrEqualToThreshold', '≤ 75%'],
    ['SomethingNew', 'SomethingNew 75%'],
  ])('%s: %s', (comparison, expected) => {
    expect(thresholdText(facts({ comparison }))).toBe(expected)
  })

  test.each([
    ['CPUUtilization', undefined, 'Average', '78%'],
    ['mem_used_percent', 'None', 'Maximum', '78%'],
    ['cpu_usage_user', undefined, 'Average', '78%'],
    ['Latency', undefined, 'p99', '78'],
    ['Latency', 'Seconds', 'p99', '78 s'],
    ['CPUUtilization', 'Percent', 'SampleCount', '78'],
    ['Latency', 'Seconds', 'PR(:100)', '78%'],
    ['Latency', 'Seconds', 'TC(1%:99%)', '78'],
    ['NetworkIn', undefined, 'Sum', '78 B'],
    ['NetworkIn', 'Kilobytes', 'Sum', '78 kB'],
  ])('%s in %s, %s: %s', (name, unit, statistic, expected) => {
    expect(currentText(facts({ metric: { namespace: 'AWS/EC2', name, dimensions: [] }, unit, statistic }))).toBe(expected)
  })

  test.each([
    ['Failed calls in %', '> 75%'],
    ['Error rate (%)', '> 75%'],
    ['Errors', '> 75'],
  ])('the label %s says what unit an expression has', (label, expected) =>
    expect(thresholdText(facts({ ...nothing, comparison: 'GreaterThanThreshold', threshold: 75, formula: { kind: 'expression', text: 'a / b', label } }))).toBe(expected),
  )

  test('a value close to its threshold does not look like it', () => {
    expect(currentText(facts({ value: 75.0001 }))).toBe('75.0001%')
    expect(currentText(facts({ value: 75 }))).toBe('75%')
    expect(currentText(facts({ value: undefined }))).toBe('no data')
  })

  test('the metric itself', () => {
    expect(
      watchedText(
        facts({
          metric: {
            namespace: 'App',
            name: 'Errors',
            dimensions: [
              { name: 'Host', value: 'a' },
              { name: 'Zone', value: 'b' },
            ],
          },
          statistic: 'Sum',
        }),
      ),
    ).toEqual({ label: 'Metric', value: 'App Errors (Host = a, Zone = b), Sum over 5 minutes' })
  })

  test.each<readonly [string, Partial<AlarmFacts>, string, string]>([
    ['an expression', { ...nothing, period: 60, formula: { kind: 'expression', text: 'm1 / m2' } }, 'Expression', 'm1 / m2, over 1 minute'],
    ['a labelled one', { ...nothing, period: 60, formula: { kind: 'expression', text: 'm1 / m2', label: 'Errors' } }, 'Expression', 'Errors: m1 / m2, over 1 minute'],
    ['a query', { ...nothing, formula: { kind: 'query', text: 'up == 0' } }, 'Query', 'up == 0'],
    ['a rule', { ...nothing, formula: { kind: 'rule', text: 'ALARM(a) AND ALARM(b)' } }, 'Rule', 'ALARM(a) AND ALARM(b)'],
    ['nothing known', nothing, 'Metric', 'unknown'],
  ])('%s in the place of the metric', (_, changes, label, value) => expect(watchedText(facts(changes))).toEqual({ label, value }))

  test.each([
    ['LessThanLowerOrGreaterThanUpperThreshold', { lower: 10, upper: 20 }, 'outside the expected 10% … 20%'],
    ['GreaterThanUpperThreshold', { lower: 10, upper: 20 }, '> 20% (expected at most)'],
    ['LessThanLowerThreshold', { lower: 10, upper: 20 }, '< 10% (expected at least)'],
    ['LessThanLowerThreshold', { lower: undefined, upper: undefined }, '< ? (expected at least)'],
  ])('%s: the band %s in the place of the threshold', (comparison, band, expected) =>
    expect(thresholdText(facts({ comparison, threshold: undefined, band }))).toBe(expected),
  )

  test('a value close to its band does not look like a part of it', () => {
    expect(currentText(facts({ threshold: undefined, band: { lower: 1, upper: 77.9999 }, value: 78.0001 }))).toBe('78.0001%')
  })

  test('what has no limit has neither threshold nor value', () => {
    expect([thresholdText(facts(nothing)), currentText(facts(nothing))]).toEqual([undefined, undefined])
  })

  test('every child with its state and what it stands on, as many as can be read', () => {
    const now = epochMillis(8 * 60_000)
    const cpu = { ...facts({}), name: 'a', state: 'ALARM', since: epochMillis(0) }
    expect(childrenText({ children: [cpu, { name: 'b', state: 'OK', since: epochMillis(5 * 60_000) }] }, now)).toBe('a (ALARM for 8 minutes at 78%, threshold > 75%), b (OK for 3 minutes)')
    expect(childrenText({ children: [{ ...cpu, value: undefined, state: 'INSUFFICIENT_DATA' }] }, epochMillis(0))).toBe('a (INSUFFICIENT_DATA, threshold > 75%)')
    expect(childrenText({ children: Array.from({ length: 12 }, () => ({ name: 'c', state: 'OK' })) }, now)).toMatch(/^(c \(OK\), ){10}and 2 more$/)
    expect([childrenText({ children: [] }, now), childrenText({}, now)]).toEqual([undefined, undefined])
  })

  test('children of messages from before they had more than a state', () => {
    expect(childrenText({ children: [{ name: 'a', state: 'ALARM' }, { name: 'b', state: 'OK' }] }, epochMillis(0))).toBe('a (ALARM), b (OK)')
  })

  test('contributors', () => {
    expect(contributorText(facts({ contributor: { InstanceId: 'i-1', Zone: 'b' } }))).toBe('InstanceId = i-1, Zone = b')
    expect(contributorText(facts({}))).toBeUndefined()
  })
})

test.each([
  ['ALARM', 'P1', '🚨 Critical'],
  ['ALARM', 'P2', '🔴 High'],
  ['ALARM', 'P3', '🟠 Warning'],
  ['ALARM', 'P4', '🟡 Low'],
  ['ALARM', 'Info', '🔵 Info'],
  ['ALARM', undefined, '🔔 Alarm'],
  ['OK', 'P1', '✅ Resolved'],
  ['INSUFFICIENT_DATA', 'P1', '❔ Insufficient data'],
] as const)('%s %s is %s', (state, severity: Severity | undefined, expected) => {
  const { emoji, word, color } = badgeOf({ state, previousState: 'ALARM', severity })
  expect(`${emoji} ${word}`).toBe(expected)
  expect(color).toMatch(/^#[0-9a-f]{6}$/)
})

test('what never was in ALARM was not resolved', () => {
  expect(badgeOf({ state: 'OK', previousState: 'INSUFFICIENT_DATA', severity: 'P1' }).word).toBe('OK')
})

describe('texts', () => {
  test('are made readable', () => {
    expect(readable('a\u0000b\u001b[31m\tc\r\nd\re\ud83d\u202ef\u2066')).toBe('ab[31m\tc\nd\ne\ufffdf')
    expect(oneLine('  a\n\tb\u2028c ')).toBe('a b c')
  })

  test.each([
    ['abc', 3, 'abc'],
    ['abcd', 3, 'ab…'],
    ['🔥🔥🔥', 3, '🔥🔥🔥'],
    ['🔥🔥🔥🔥', 3, '🔥🔥…'],
    ['', 3, ''],
    ['abc', 1, '…'],
  ])('%s cut to %i is %s', (text, limit, expected) => {
    expect(truncate(text, limit)).toBe(expected)
  })

  test('are escaped for HTML', () => {
    expect(escapeHtml(`<a href="x" on='y'>&`)).toBe('&lt;a href=&quot;x&quot; on=&#39;y&#39;&gt;&amp;')
  })
})
