import { expect, test } from 'vitest'
import { graphSummary } from './summary.ts'

test('a graph in words names its latest, lowest and highest value', () => {
  const points = [3, 1, 2].map((value, index) => ({ at: index * 60, value }))
  expect(graphSummary('CPU', [{ label: 'web-1', period: 60, points }], 0, 180, 'Percent')).toMatch(
    /^CPU, .* to .*\. web-1: latest 2\u00a0%, lowest 1\u00a0%, highest 3\u00a0%\.$/,
  )
})

test('a graph without points says so', () => {
  expect(graphSummary('CPU', [], 0, 180)).toMatch(/No data\.$/)
  expect(graphSummary('CPU', [{ label: 'web-1', period: 60, points: [] }], 0, 180)).toMatch(/web-1: no data\.$/)
})
