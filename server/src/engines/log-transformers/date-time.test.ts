import { expect, test } from 'vitest'
import { dateTimeConverter, type DateTimeConfig } from './date-time.ts'

const converted = (value: unknown, config: Partial<DateTimeConfig>): unknown => {
  const fields: Record<string, unknown> = { t: value }
  dateTimeConverter({ source: 't', target: 'out', matchPatterns: ['yyyy-MM-dd HH:mm:ss'], ...config })(fields, { message: '', logGroup: '', logStream: '', account: '', region: '' })
  return fields['out']
}

test.each<[unknown, Partial<DateTimeConfig>, unknown]>([
  ['2026-03-07 10:20:30', {}, '2026-03-07T10:20:30.000Z'],
  ['German Feb 29 2024', { matchPatterns: ['\'German\' MMM d yyyy'], targetFormat: 'EEEE dd.MM.yy' }, 'Thursday 29.02.24'],
  ['German Feb 29 2023', { matchPatterns: ['\'German\' MMM d yyyy'] }, undefined],
  ['7 mars 2026 10:20', { matchPatterns: ['d MMMM yyyy HH:mm'], locale: 'fr_FR' }, '2026-03-07T10:20:00.000Z'],
  ['7. März 2026', { matchPatterns: ['d. MMMM yyyy'], locale: 'de', targetFormat: 'yyyy-MM-dd' }, '2026-03-07'],
  ['03/07/2026 1:05:06.789 PM', { matchPatterns: ['yyyy', 'MM/dd/yyyy h:mm:ss.SSS a'], targetFormat: 'HH:mm:ss.SSSSSS' }, '13:05:06.789000'],
  ['2026-07-01 12:00:00', { sourceTimezone: 'America/New_York', targetTimezone: 'Europe/Berlin', targetFormat: 'yyyy-MM-dd\'T\'HH:mm:ssXXX' }, '2026-07-01T18:00:00+02:00'],
  ['2026-07-01 12:00:00', { targetTimezone: '-03:30', targetFormat: 'HH:mm xx' }, '08:30 -0330'],
  ['2026-07-01T12:00:00+0530', { matchPatterns: ['yyyy-MM-dd\'T\'HH:mm:ssZ'], sourceTimezone: 'Asia/Tokyo' }, '2026-07-01T06:30:00.000Z'],
  ['2026-13-01 12:00:00', {}, undefined],
  ['2026-07-01 24:00:00', {}, undefined],
  ['nothing', {}, undefined],
  [{ a: 1 }, {}, undefined],
  [20260102, { matchPatterns: ['yyyyMMdd'] }, '2026-01-02T00:00:00.000Z'],
])('%j with %j', (value, config, expected) => {
  expect(converted(value, config)).toBe(expected)
})
