import { expect, test } from 'vitest'
import { epochMillis, epochSeconds } from '../../../base/time.ts'
import { dynamicLabel, parseTimezone, type LabelFacts } from './dynamic-labels.ts'

const START = Date.parse('2026-03-04T10:00:00Z') / 1000
const FACTS: LabelFacts = {
  label: 'cpu',
  series: { timestamps: [0, 60, 180, 7380].map(offset => epochSeconds(START + offset)), values: [2, 10, 1.5, 4] },
  now: epochMillis((START + 90_061) * 1000),
  timezone: 0,
  properties: { AccountId: '123456789012', Region: 'eu-west-1', Stat: 'Sum', Period: '60', MetricName: 'Cpu', Namespace: 'App',
    'Dim.Host name': 'a' },
}
const EMPTY: LabelFacts = { ...FACTS, series: { timestamps: [], values: [] } }

test.each<[label: string, full: string, empty: string]>([
  ['no tokens', 'no tokens', 'no tokens'],
  ['${AVG}', '4.375', '--'],
  ['${DATAPOINT_COUNT}', '4', '0'],
  ['${FIRST}', '2', '--'],
  ['${FIRST_LAST_RANGE}', '2', '--'],
  ['${FIRST_LAST_TIME_RANGE}', '2h 3m', '--'],
  ['${FIRST_TIME}', '2026-03-04 10:00:00', '--'],
  ['${FIRST_TIME_RELATIVE}', '1d 1h', '--'],
  ['${LABEL}', 'cpu', 'cpu'],
  ['${LAST}', '4', '--'],
  ['${LAST_TIME}', '2026-03-04 12:03:00', '--'],
  ['${LAST_TIME_RELATIVE}', '22h 58m', '--'],
  ['${MAX}', '10', '--'],
  ['${MAX_TIME}', '2026-03-04 10:01:00', '--'],
  ['${MAX_TIME_RELATIVE}', '1d 1h', '--'],
  ['${MIN}', '1.5', '--'],
  ['${MIN_MAX_RANGE}', '8.5', '--'],
  ['${MIN_MAX_TIME_RANGE}', '2m', '--'],
  ['${MIN_TIME}', '2026-03-04 10:03:00', '--'],
  ['${MIN_TIME_RELATIVE}', '1d', '--'],
  ['${SUM}', '17.5', '--'],
  ["${PROP('AccountId')}", '123456789012', '123456789012'],
  ["${PROP('Dim.Host name')}", 'a', 'a'],
  ["${PROP('Dim.Rack')}", '--', '--'],
  ["${PROP('constructor')}", '--', '--'],
  ['[max: ${MAX} Errors for Function Name ${LABEL}]', '[max: 10 Errors for Function Name cpu]', '[max: -- Errors for Function Name cpu]'],
  ['${NOTHING} ${toString} $ {MAX} ${', '${NOTHING} ${toString} $ {MAX} ${', '${NOTHING} ${toString} $ {MAX} ${'],
])('%s', (label, full, empty) => {
  expect(dynamicLabel(label, FACTS)).toBe(full)
  expect(dynamicLabel(label, EMPTY)).toBe(empty)
})

test('one datapoint lasts no time, and long fractions are cut', () => {
  const series = { timestamps: [epochSeconds(START)], values: [1 / 3] }
  expect(dynamicLabel('${AVG} ${FIRST_LAST_TIME_RANGE}', { ...FACTS, series })).toBe('0.333333 0s')
})

test('times are in the timezone asked for', () => {
  expect(dynamicLabel('${FIRST_TIME}', { ...FACTS, timezone: -150 })).toBe('2026-03-04 07:30:00')
})

test.each<[string, number | undefined]>([
  ['+0000', 0], ['+0130', 90], ['-0830', -510], ['0130', undefined], ['+130', undefined], ['+2400', undefined], ['+0160', undefined],
    ['UTC', undefined],
])('timezone %s is %s minutes ahead', (written, minutes) => {
  expect(parseTimezone(written)).toBe(minutes)
})
