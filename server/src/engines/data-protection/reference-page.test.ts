import { expect, test } from 'vitest'
import { referencePage } from './reference-page.ts'

test('docs/data-protection.md says what the identifiers say; `npm test -- server/src/engines/data-protection -u` writes it', async () => {
  await expect(referencePage()).toMatchFileSnapshot('../../../../docs/data-protection.md')
})
