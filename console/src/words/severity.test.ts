import { expect, test } from 'vitest'
import { severityFrom, severityRank } from './severity.ts'

test.each([
  ['P1', 'P1'], ['p2', 'P2'], ['Critical', 'P1'], [' low ', 'P4'], ['info', 'Info'], ['urgent', undefined], [undefined, undefined],
])(
  'the tag %s means %s', (tag, severity) => {
    expect(severityFrom(tag)).toBe(severity)
  },
)

test('the loudest comes first and the untagged last', () => {
  const ranked = ['Info', undefined, 'P1', 'P3'].map(severityFrom).sort((a, b) => severityRank(a) - severityRank(b))
  expect(ranked).toEqual(['P1', 'P3', 'Info', undefined])
})
