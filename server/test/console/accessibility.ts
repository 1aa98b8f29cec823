import axe from 'axe-core'
import type { Page } from 'playwright-core'

interface Violation {
  readonly id: string
  readonly impact: string | null
  readonly help: string
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[]
}

/** Rules whose findings are never serious are left out, and nothing is loaded again for those about style sheets, which are off anyway. */
const RUN = `axe.run(document, {
  resultTypes: ['violations'], preload: false,
  rules: Object.fromEntries(axe._audit.rules.filter(({ impact }) => impact === 'minor' || impact === 'moderate').map(({ id }) => [id, { enabled: false }])),
}).then(({ violations }) => violations)`

/** axe-core's serious and critical violations of the page as it stands, one line each. It looks at every text: a long page takes seconds. */
export const seriousViolations = async (page: Page): Promise<readonly string[]> => {
  // Through the debugger, not as a script element: the page's CSP stays as it is.
  if (!await page.evaluate('typeof axe === "object"')) await page.evaluate(axe.source)
  const violations = await page.evaluate<readonly Violation[]>(RUN)
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, help, nodes }) =>
      nodes.map(({ html, failureSummary = '' }) => `${id} (${help}): ${html.slice(0, 300)} ${failureSummary}`),
    )
}
