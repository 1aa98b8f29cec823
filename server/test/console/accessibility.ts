import axe from 'axe-core'
import type { Page } from 'playwright-core'

interface Violation {
  readonly id: string
  readonly impact: string | null
  readonly help: string
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[]
}

/** axe-core's serious and critical violations of the page as it stands, one line each. */
export const seriousViolations = async (page: Page): Promise<readonly string[]> => {
  // Through the debugger, not as a script element: the page's CSP stays as it is.
  await page.evaluate(axe.source)
  const violations = await page.evaluate<readonly Violation[]>('axe.run(document, { resultTypes: ["violations"] }).then(r => r.violations)')
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, help, nodes }) =>
      nodes.map(({ html, failureSummary = '' }) => `${id} (${help}): ${html.slice(0, 300)} ${failureSummary}`),
    )
}
