import { expect, test } from 'vitest'
import { referencePage } from './reference-page.ts'

test('docs/promql.md says what the language says; `npm test -- server/src/engines/promql -u` writes it', async () => {
  await expect(referencePage()).toMatchFileSnapshot('../../../../docs/promql.md')
})
