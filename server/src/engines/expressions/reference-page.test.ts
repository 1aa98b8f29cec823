import { expect, test } from 'vitest'
import { referencePage } from './reference-page.ts'

test('docs/metric-math.md says what the functions say; `npm test -- server/src/engines/expressions -u` writes it', async () => {
  await expect(referencePage()).toMatchFileSnapshot('../../../../docs/metric-math.md')
})
