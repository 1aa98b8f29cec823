import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type FakeServer, KEYS, startFakeServer } from '../../../console/dev/fake-server.ts'
import { seriousViolations } from './accessibility.ts'
import { startBrowser, visit, type Viewer } from './browser.ts'
import { OpenPages } from './open-pages.ts'

const MINUTES = 60_000
const DESK: Viewer = { theme: 'light', width: 1360, height: 900 }
const LOUD = 'Database CPU > 75%'

let browser: Browser
let server: FakeServer
let pages: OpenPages
beforeAll(async () => {
  // Tests what the sources say now; does nothing when the build is up to date.
  execFileSync(process.execPath, [fileURLToPath(new URL('../../../console/prepare.ts', import.meta.url))])
  ;[browser, server] = await Promise.all([startBrowser(), startFakeServer()])
  pages = new OpenPages(browser, { url: server.url, credentials: KEYS })
})
afterAll(async () => {
  await browser.close()
  await server.close()
})

const signIn = async (page: Page, url = server.url): Promise<void> => {
  await page.goto(url)
  await page.getByLabel('Access key ID').fill(KEYS.accessKeyId)
  await page.getByLabel('Secret access key').fill(KEYS.secretAccessKey)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('heading', { name: /^Alarms/ }).waitFor()
}
const openAlarm = async (page: Page, name: string): Promise<void> => {
  await page.goto(`${server.url}#/alarms/${encodeURIComponent(name)}`)
  await page.getByRole('heading', { name, level: 1 }).waitFor()
}

describe.each<[string, Viewer]>([
  ['in light', DESK],
  ['in dark', { ...DESK, theme: 'dark' }],
  ['on a phone', { theme: 'light', width: 390, height: 844 }],
])('every room %s', (_name, viewer) => {
  test('has no console error, no CSP violation and no serious accessibility violation', async () => {
    const { context, page, complaints } = await visit(browser, viewer)
    const found: Record<string, readonly string[]> = {}
    await page.goto(server.url)
    await page.getByLabel('Access key ID').waitFor()
    found['sign in'] = await seriousViolations(page)

    await signIn(page)
    await page.getByRole('link', { name: LOUD }).waitFor()
    found['alarms'] = await seriousViolations(page)

    await openAlarm(page, LOUD)
    await page.getByText('hooks.slack.com').waitFor()
    await page.getByText('Looked at, newest first').waitFor()
    await page.getByRole('img', { name: /CPUUtilization.*latest/ }).waitFor()
    // An opened row's button is called otherwise, so the first one left is always the next.
    for (let row = 0; row < 4; row++) await page.getByRole('button', { name: 'Show attempts' }).first().click()
    await page.getByText('Attempt 3').waitFor()
    await page.getByText('Values as a table').click()
    await page.getByRole('columnheader', { name: 'CPUUtilization' }).waitFor()
    found['alarm'] = await seriousViolations(page)

    await page.goto(`${server.url}#/metrics`)
    await page.getByRole('button', { name: /^CWAgent/ }).click()
    await page.getByRole('button', { name: /^host, path/ }).click()
    await page.getByRole('checkbox', { name: 'Draw disk_free db-1 /data' }).click()
    await page.getByRole('checkbox', { name: 'Draw disk_used_percent db-1 /', exact: true }).click()
    await page.getByRole('img', { name: /2 metrics/ }).waitFor()
    found['metrics'] = await seriousViolations(page)

    await page.getByRole('button', { name: /^Create alarm on disk_free/ }).click()
    await page.getByRole('dialog').waitFor()
    found['alarm form'] = await seriousViolations(page)

    expect(found).toEqual({ 'sign in': [], 'alarms': [], 'alarm': [], 'metrics': [], 'alarm form': [] })
    expect(complaints).toEqual([])
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true)
    await context.close()
  }, 2 * MINUTES)
})

describe('signing in', () => {
  test('a wrong key is refused in words, and the right one leads to the page that was asked for', async () => {
    const { context, page } = await visit(browser, DESK)
    await page.goto(`${server.url}#/alarms/${encodeURIComponent(LOUD)}`)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByText('Enter the access key ID').waitFor()
    await page.getByLabel('Access key ID').fill('AKIAWRONG')
    await page.getByLabel('Secret access key').fill('wrong')
    await page.keyboard.press('Enter')
    await page.getByText('do not belong together').waitFor()
    await page.getByLabel('Access key ID').fill(KEYS.accessKeyId)
    await page.getByLabel('Secret access key').fill(KEYS.secretAccessKey)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: LOUD, level: 1 }).waitFor()
    await page.getByRole('button', { name: 'root' }).click()
    await page.getByRole('menuitem', { name: 'Sign out' }).click()
    await page.getByLabel('Access key ID').waitFor()
    await context.close()
  }, MINUTES)
})

describe('alarms', () => {
  test('are counted by state and found by text and by state, and the address keeps it', async () => {
    const { page } = await pages.at(DESK, '/alarms')
    await page.getByRole('button', { name: 'In alarm 2' }).click()
    await expect.poll(() => page.getByRole('row').count()).toBe(3)
    await page.getByPlaceholder('Find by name').fill('payments latency')
    await expect.poll(() => page.getByRole('row').count()).toBe(2)
    await page.getByRole('link', { name: 'checkout/latency p99' }).waitFor()
    expect(page.url()).toContain('#/alarms?state=ALARM&text=payments+latency')
    await page.reload()
    await page.getByRole('link', { name: 'checkout/latency p99' }).waitFor()
    expect(await page.getByRole('row').count()).toBe(2)
  }, MINUTES)

  test.each(['checkout/latency p99', 'Größe 100% "quoted" & <odd>'])('%s is reached by its link', async name => {
    const { page } = await pages.at(DESK, '/alarms')
    await page.getByRole('link', { name }).click()
    await page.getByRole('heading', { name, level: 1 }).waitFor()
  }, MINUTES)

  test('can be made from a metric, tried out, silenced and deleted', async () => {
    const { page, complaints } = await pages.at(DESK, '/metrics')
    await page.getByLabel('Find metrics').fill('swap web-1')
    await page.getByRole('checkbox', { name: 'Draw swap_used_percent web-1' }).click()
    await page.getByRole('button', { name: 'Create alarm on swap_used_percent web-1' }).click()
    const form = page.getByRole('dialog')
    await form.getByRole('button', { name: 'Create alarm' }).click()
    await form.getByText('Enter a number').waitFor()
    await form.getByLabel('Threshold').fill('20')
    await form.getByText(/In alarm when Average >\s20 for 1 minute/).waitFor()
    await form.getByLabel('Notify').click()
    await page.getByRole('option', { name: /on-call/ }).click()
    await form.getByRole('button', { name: 'Create alarm' }).click()

    await page.getByRole('heading', { name: 'swap_used_percent web-1', level: 1 }).waitFor()
    const state = page.getByRole('region', { name: 'State' })
    await state.getByText('Insufficient data').waitFor()

    await page.getByRole('button', { name: 'Manage' }).click()
    await page.getByRole('menuitem', { name: 'Set state for a test' }).click()
    await page.getByText('people who are on call get a real message').waitFor()
    await page.getByRole('button', { name: 'Set to In alarm' }).click()
    await state.getByText('In alarm').waitFor()
    await state.getByText('Set by hand for a test').waitFor()

    await page.getByRole('button', { name: 'Manage' }).click()
    await page.getByRole('menuitem', { name: 'Turn actions off' }).click()
    await state.getByText('nobody is notified').waitFor()

    await page.getByRole('button', { name: 'Manage' }).click()
    await page.getByRole('menuitem', { name: 'Delete' }).click()
    await page.getByRole('button', { name: 'Delete', exact: true }).click()
    await page.getByRole('heading', { name: /^Alarms/ }).waitFor()
    await expect.poll(() => page.getByRole('link', { name: 'swap_used_percent web-1' }).count()).toBe(0)
    expect(complaints).toEqual([])
  }, MINUTES)
})

test('theme and zone are chosen in the top bar and remembered', async () => {
  const { page } = await pages.at(DESK, '/alarms')
  const dark = () => page.evaluate('document.body.classList.contains("awsui-dark-mode")')
  expect(await dark()).toBe(false)
  await page.getByRole('button', { name: 'Theme' }).click()
  await page.getByRole('menuitemcheckbox', { name: 'Dark' }).click()
  expect(await dark()).toBe(true)
  await page.getByRole('button', { name: 'Theme and times' }).click()
  await Promise.all([page.waitForEvent('load'), page.getByRole('menuitemcheckbox', { name: 'Times in UTC' }).click()])
  await page.getByRole('heading', { name: /^Alarms/ }).waitFor()
  expect(await dark()).toBe(true)
  await openAlarm(page, LOUD)
  await page.getByText(/:\d\d UTC/).first().waitFor()
}, MINUTES)

test('empty rooms say what to do next, with the command', async () => {
  const empty = await startFakeServer({ empty: true })
  const { context, page, complaints } = await visit(browser, DESK)
  await signIn(page, empty.url)
  await page.getByText(`aws cloudwatch put-metric-alarm --endpoint-url ${empty.url.slice(0, -1)}`).waitFor()
  expect(await seriousViolations(page)).toEqual([])
  await page.getByRole('link', { name: 'Metrics' }).click()
  await page.getByText(`aws cloudwatch put-metric-data --endpoint-url ${empty.url.slice(0, -1)}`).waitFor()
  expect(complaints).toEqual([])
  await context.close()
  await empty.close()
}, MINUTES)
