import { expect, test } from 'vitest'
import { referencePage } from './reference-page.ts'

test('docs/logs-insights.md says what commands and functions say; `npm test -- server/src/engines/insights -u` writes it', async () => {
  await expect(referencePage()).toMatchFileSnapshot('../../../../docs/logs-insights.md')
})
