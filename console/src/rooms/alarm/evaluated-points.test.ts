import { expect, test } from 'vitest'
import { evaluatedPoints } from './evaluated-points.ts'

test('values and holes, in the order of the document', () => {
  const data = JSON.stringify({
    version: '1.0', threshold: 75, recentDatapoints: [78.5],
    evaluatedDatapoints: [
      { timestamp: '2025-02-02T12:05:00.000+0000', sampleCount: 2, value: 78.5 }, { timestamp: '2025-02-02T12:04:00.000+0000' },
    ],
  })
  expect(evaluatedPoints(data)).toEqual([
    { at: Date.UTC(2025, 1, 2, 12, 5) / 1000, value: 78.5 }, { at: Date.UTC(2025, 1, 2, 12, 4) / 1000, value: undefined },
  ])
})

test.each([[undefined], [''], ['null'], ['[]'], ['{"evaluatedDatapoints":5}'], ['{"evaluatedDatapoints":[null,7,{"timestamp":"never"}]}']])(
  'nothing from %s', data => {
    expect(evaluatedPoints(data)).toEqual([])
  },
)
