import { expect, test } from 'vitest'
import { retentionText } from './retention.ts'

test.each([
  [undefined, 'For ever'], [1, '1 day'], [5, '5 days'], [7, '1 week'], [14, '2 weeks'], [30, '1 month'], [180, '6 months'], [365, '1 year'],
  [400, '13 months'], [545, '18 months'], [731, '2 years'], [1827, '5 years'], [2922, '8 years'], [3653, '10 years'],
])('%s days are %s', (days, text) => {
  expect(retentionText(days)).toBe(text)
})
