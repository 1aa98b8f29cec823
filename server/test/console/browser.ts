import chromium from '@sparticuz/chromium'
import { type Browser, type BrowserContext, chromium as browsers, type Page } from 'playwright-core'

/**
 * Flags for Chromium as root in a container: without sandbox and zygote, and without the connections that it makes for
 * itself. The package's own list also turns web security off, and with it part of what is tested here.
 */
const FLAGS = [
  '--no-sandbox', '--no-zygote', '--disable-gpu', '--disable-dev-shm-usage', '--disable-quic', '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update', '--disable-sync', '--font-render-hinting=none',
]

/** A real browser: the one named by CHROMIUM_PATH, or else the one that npm brought. */
export const startBrowser = async (): Promise<Browser> =>
  browsers.launch({ executablePath: process.env['CHROMIUM_PATH'] ?? (await chromium.executablePath()), args: FLAGS })

export interface Visit {
  readonly context: BrowserContext
  readonly page: Page
  /** Console errors, uncaught exceptions and CSP violations, as they come. */
  readonly complaints: string[]
}

export interface Viewer {
  readonly theme: 'light' | 'dark'
  readonly width: number
  readonly height: number
}

/** A fresh visitor, without cookies, whose page's every complaint is kept. */
export const visit = async (browser: Browser, { theme, width, height }: Viewer): Promise<Visit> => {
  const context = await browser.newContext({
    viewport: { width, height }, colorScheme: theme, locale: 'en-US', timezoneId: 'Europe/Berlin',
    // What fades in has colours that nobody can read until it is there.
    reducedMotion: 'reduce',
  })
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('console', message => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(`${message.type()}: ${message.text()}`)
  })
  page.on('pageerror', error => complaints.push(`exception: ${error.message}`))
  await page.exposeFunction('tellViolation', (text: string) => complaints.push(`violation: ${text}`))
  // As text: the browser's own types are not known here.
  await page.addInitScript(
    "addEventListener('securitypolicyviolation', e =>" +
      " tellViolation(e.violatedDirective + ' ' + e.blockedURI + ' ' + e.sourceFile + ':' + e.lineNumber))",
  )
  return { context, page, complaints }
}
