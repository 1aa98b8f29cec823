import { execFileSync } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { PutDashboardCommand } from '@aws-sdk/client-cloudwatch'
import { CloudWatchLogsClient, CreateLogGroupCommand, CreateLogStreamCommand, PutLogEventsCommand, PutMetricFilterCommand } from '@aws-sdk/client-cloudwatch-logs'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { RunningServer, dataFolder } from '../product/running-server.ts'
import { seriousViolations } from './accessibility.ts'
import { startBrowser, type Viewer } from './browser.ts'
import { OpenPages } from './open-pages.ts'

let browser: Browser
let server: RunningServer
let logs: CloudWatchLogsClient
let pages: OpenPages
beforeAll(async () => {
  execFileSync(process.execPath, [join(import.meta.dirname, '../../../console/prepare.ts')])
  ;[browser, server] = await Promise.all([startBrowser(), RunningServer.start({ data: dataFolder() })])
  logs = new CloudWatchLogsClient(server.clientConfig())
  pages = new OpenPages(browser, server)
  await fill()
}, 150_000)
afterAll(async () => {
  await browser.close()
  await server.kill()
})

const EVENTS = 450

/** Half an hour of a shop: structured lines of two hosts, plain ones of a worker; request ids go through both. */
const fill = async (): Promise<void> => {
  const now = Date.now()
  const at = (index: number): number => now - (EVENTS - index) * 4000
  const api = (index: number): string => JSON.stringify({
    level: index % 30 === 0 ? 'ERROR' : 'INFO', requestId: `req-${Math.floor(index / 3)}`, path: ['/cart', '/pay', '/items'][index % 3], ms: 20 + ((index * 7) % 300),
    user: { country: ['de', 'us'][index % 2] },
  })
  await stream('/shop/api', 'web-1', Array.from({ length: EVENTS }, (_, index) => ({ timestamp: at(index), message: api(index) })))
  await stream('/shop/api', 'web-2', Array.from({ length: 20 }, (_, index) => ({ timestamp: at(index), message: api(index) })))
  await stream('/shop/pay', 'worker', Array.from({ length: 60 }, (_, index) => ({ timestamp: at(index), message: `INFO paid request=req-${index}` })))
  await logs.send(new PutMetricFilterCommand({
    logGroupName: '/shop/api', filterName: 'slow', filterPattern: '{ $.ms > 300 }', metricTransformations: [{ metricNamespace: 'Shop', metricName: 'Slow', metricValue: '$.ms', unit: 'Milliseconds' }],
  }))
  const query = (title: string, place: number, text: string, view: string) =>
    ({ type: 'log', x: place * 6, y: 0, width: 6, height: 6, properties: { region: 'us-east-1', title, view, query: `SOURCE '/shop/api' | ${text}` } })
  await server.cloudWatch().send(new PutDashboardCommand({ DashboardName: 'logs', DashboardBody: JSON.stringify({ widgets: [
    query('Newest', 0, 'fields @timestamp, @message | sort @timestamp desc | limit 5', 'table'),
    query('Requests', 1, 'stats count(*) by bin(5m), path', 'timeSeries'),
    query('Paths', 2, 'stats count(*) as n by path', 'bar'),
    query('Countries', 3, 'stats count(*) as n by user.country', 'pie'),
  ] }) }))
}

const stream = async (logGroupName: string, logStreamName: string, logEvents: { timestamp: number; message: string }[]): Promise<void> => {
  await logs.send(new CreateLogGroupCommand({ logGroupName })).catch((error: Error) => {
    if (error.name !== 'ResourceAlreadyExistsException') throw error
  })
  await logs.send(new CreateLogStreamCommand({ logGroupName, logStreamName }))
  await logs.send(new PutLogEventsCommand({ logGroupName, logStreamName, logEvents }))
}

const insightsPlace = (query: string): string => `/logs-insights?${new URLSearchParams({ groups: '["/shop/api"]', query }).toString()}`
const insights = (query: string): string => `${server.url}/#${insightsPlace(query)}`
const fitsItsWidth = (page: Page) => page.evaluate('document.documentElement.scrollWidth <= innerWidth')

/** The machine of the tests may be busy. */
const eventually = <Value>(probe: () => Value) => expect.poll(probe, { timeout: 15_000 })

const DESK: Viewer = { theme: 'light', width: 1360, height: 1000 }
const VIEWERS: [string, Viewer][] = [['in dark', { ...DESK, theme: 'dark' }], ['on a phone, in light', { theme: 'light', width: 390, height: 844 }]]

test.each(VIEWERS)('from the groups to a line, what came before it, and every line of its request, %s', async (_name, viewer) => {
  const { page, complaints } = await pages.at(viewer, '/log-groups')
  const found: string[] = []
  await page.getByRole('link', { name: '/shop/api' }).waitFor()
  found.push(...await seriousViolations(page))
  await page.getByRole('link', { name: '/shop/api' }).click()
  const lines = page.getByRole('list', { name: 'Events' }).getByRole('listitem')
  await lines.first().getByText('req-149').waitFor()
  // Two hundred lines are looked at one by one: the last minutes show as much.
  await page.goto(`${page.url()}?range=4m`)
  await eventually(() => lines.count()).toBeLessThan(70)
  await lines.first().getByRole('button', { name: /^Open the line/ }).click()
  await page.getByText('"requestId": "req-149"').waitFor()
  found.push(...await seriousViolations(page))
  await page.getByRole('button', { name: 'What came before and after' }).click()
  const around = page.getByRole('dialog').getByRole('list', { name: 'Lines of web-1' })
  await around.getByText('req-146').first().waitFor()
  expect(await around.locator('[aria-current]').textContent()).toContain('req-149')
  found.push(...await seriousViolations(page))
  await page.getByRole('dialog').getByRole('button', { name: 'Close', exact: true }).click()
  await page.getByRole('link', { name: 'req-149', exact: true }).click()
  await eventually(() => lines.count()).toBe(3)
  expect(await page.getByLabel('Filter pattern').inputValue()).toBe('"req-149"')
  await page.getByRole('tab', { name: 'Streams' }).click()
  await page.getByRole('link', { name: 'web-2' }).waitFor()
  found.push(...await seriousViolations(page))
  await page.getByRole('tab', { name: 'Filters and fields' }).click()
  await page.getByRole('table', { name: 'Metric filters' }).getByText('Shop/Slow = $.ms Milliseconds').waitFor()
  await page.getByRole('table', { name: 'Fields' }).getByRole('link', { name: 'user.country' }).waitFor()
  found.push(...await seriousViolations(page))
  expect(found).toEqual([])
  expect(complaints).toEqual([])
  expect(await fitsItsWidth(page)).toBe(true)
}, 150_000)

test('scrolling reads page after page without a jump, each line once', async () => {
  const { page, complaints } = await pages.at(DESK, `/log-groups/${encodeURIComponent('/shop/api')}?stream=web-1&order=oldest`)
  const lines = page.getByRole('list', { name: 'Events' }).getByRole('listitem')
  await lines.nth(190).scrollIntoViewIfNeeded()
  const place = async () => (await lines.nth(190).boundingBox())?.y
  const before = await place()
  await eventually(() => lines.count()).toBeGreaterThan(200)
  expect(await place()).toBe(before)
  await eventually(async () => {
    await lines.last().scrollIntoViewIfNeeded()
    return page.getByText('That is all in this range.').count()
  }).toBe(1)
  const texts = await lines.locator('.log-line-text').allTextContents()
  expect(texts).toHaveLength(EVENTS)
  expect(texts.map(text => (JSON.parse(text) as { requestId: string }).requestId)).toEqual(Array.from({ length: EVENTS }, (_, index) => `req-${Math.floor(index / 3)}`))
  expect(complaints).toEqual([])
}, 150_000)

test('a group is made, kept for a week, and deleted by whoever types its name', async () => {
  const { page, complaints } = await pages.at(DESK, '/log-groups')
  await page.getByRole('button', { name: 'Create log group' }).click()
  await page.getByRole('dialog').getByRole('textbox', { name: 'Name' }).fill('/made/here')
  await page.getByRole('dialog').getByRole('button', { name: 'Create', exact: true }).click()
  await page.getByRole('heading', { name: '/made/here', level: 1 }).waitFor()
  await page.getByText('kept for ever').waitFor()
  await page.getByRole('button', { name: 'Retention' }).click()
  await page.getByRole('dialog').getByRole('button', { name: /For ever/ }).click()
  await page.getByRole('option', { name: '1 week' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
  await page.getByText('kept for 1 week').waitFor()
  await page.getByRole('button', { name: 'Delete', exact: true }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox').fill('/made/her')
  await dialog.getByRole('button', { name: 'Delete', exact: true }).click()
  await dialog.getByText('What you typed is not the name of the log group.').waitFor()
  await dialog.getByRole('textbox').fill('/made/here')
  await dialog.getByRole('button', { name: 'Delete', exact: true }).click()
  await page.getByRole('link', { name: '/shop/api' }).waitFor()
  await eventually(() => page.getByRole('link', { name: '/made/here', exact: true }).count()).toBe(0)
  expect(complaints).toEqual([])
}, 150_000)

test.each(VIEWERS)('a query is written with completion, run, and drawn; a value leads on, %s', async (_name, viewer) => {
  const { page, complaints } = await pages.at(viewer, `/logs-insights?groups=${encodeURIComponent('["/shop/api"]')}`)
  const found: string[] = []
  const editor = page.getByRole('textbox', { name: 'Query' })
  await editor.click()
  await page.keyboard.press('ControlOrMeta+A')
  await page.keyboard.type('filter level = "ERROR" | stats percenti')
  await page.getByText('Below which number so many percent').waitFor()
  await page.keyboard.press('ControlOrMeta+A')
  await page.keyboard.type('filter reques')
  await page.getByRole('option', { name: 'requestId' }).waitFor()
  await page.keyboard.press('Escape')
  await page.keyboard.press('ControlOrMeta+A')
  await page.keyboard.type('filter level = "ERROR" | sort @timestamp')
  await page.keyboard.press('ControlOrMeta+Enter')
  await page.getByText('Complete').waitFor()
  await page.getByText(/16 of 470 events matched/).waitFor()
  await page.getByRole('img', { name: /^16 events from / }).waitFor()
  // Who is sent the address sees the same.
  expect(new URLSearchParams(new URL(page.url()).hash.split('?')[1]).get('query')).toBe('filter level = "ERROR" | sort @timestamp')
  await page.getByRole('button', { name: 'Open row 2', exact: true }).click()
  await page.getByRole('row', { name: /^path/ }).waitFor()
  found.push(...await seriousViolations(page))
  await page.getByRole('link', { name: 'req-0', exact: true }).first().click()
  await eventually(() => editor.textContent()).toContain('@message like "req-0"')
  await page.getByText('6 rows').waitFor()
  await page.getByRole('img', { name: /^6 events from / }).waitFor()
  await page.goto(insights('stats count(*) by bin(5m), path'))
  await page.getByRole('img', { name: /^The query\. .*\/pay: latest \d/ }).waitFor()
  found.push(...await seriousViolations(page))
  await page.goto(insights('stats count(*) as n by path'))
  await page.getByRole('cell', { name: '/items' }).waitFor()
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'CSV' }).click()])
  expect(download.suggestedFilename()).toBe('query-results.csv')
  expect((await readFile(await download.path(), 'utf8')).split('\r\n').slice(0, 2)).toEqual(['path,n', expect.stringMatching(/^\/(cart|pay|items),\d+$/)])
  const [other] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'JSON' }).click()])
  expect(JSON.parse(await readFile(await other.path(), 'utf8'))).toContainEqual({ path: '/items', n: expect.stringMatching(/^\d+$/) as string })
  // Pressing a column's head puts the rows into its order.
  const first = page.getByRole('region', { name: 'Rows of the query' }).getByRole('row').nth(1)
  await page.getByRole('button', { name: /^path/ }).click()
  await first.getByText('/cart').waitFor()
  await page.getByRole('button', { name: /^path/ }).click()
  await first.getByText('/pay').waitFor()
  await page.getByRole('button', { name: 'Recent' }).click()
  await page.getByRole('menuitem', { name: /^filter level = "ERROR" \| sort @timestamp/ }).click()
  await eventually(() => editor.textContent()).toBe('filter level = "ERROR" | sort @timestamp')
  expect(found).toEqual([])
  expect(complaints).toEqual([])
  expect(await fitsItsWidth(page)).toBe(true)
}, 150_000)

test('a wrong query is marked where it is wrong', async () => {
  const { page } = await pages.at(DESK, insightsPlace('fields @message\n| stats nonsense(ms) by path'))
  await page.getByText(/nonsense.*\(MalformedQueryException\)/).waitFor()
  expect(await page.locator('.query-problem').allTextContents()).toEqual(['nonsense(ms)'])
  await page.goto(insights('filter level = | limit 1'))
  await page.getByText(/^unexpected symbol found .*\(MalformedQueryException\)/).waitFor()
  await page.getByText(/expected an expression/).waitFor()
  expect(await seriousViolations(page)).toEqual([])
  await page.getByRole('textbox', { name: 'Query' }).press('End')
  await page.keyboard.type(' ')
  await eventually(() => page.locator('.query-problem').count()).toBe(0)
}, 150_000)

test('a query that takes long says how far it is, and is stopped on the server', async () => {
  const { page, complaints } = await pages.at(DESK, '/log-groups')
  let stopped = false
  await page.route(`${server.url}/`, async route => {
    const target = route.request().headers()['x-amz-target'] ?? ''
    if (target.endsWith('.StopQuery')) {
      stopped = true
      return route.fulfill({ json: { success: true } })
    }
    if (!target.endsWith('.GetQueryResults')) return route.continue()
    return route.fulfill({ json: { status: 'Running', results: [[{ field: 'n', value: '7' }]], statistics: { recordsMatched: 7, recordsScanned: 9000, bytesScanned: 1e6 } } })
  })
  await page.goto(insights('stats count(*) as n'))
  await page.getByText(/7 of 9,000 events matched · 1\sMB looked at/).waitFor()
  await page.getByRole('button', { name: 'Stop' }).click()
  await page.getByText('Stopped').waitFor()
  await eventually(() => stopped).toBe(true)
  // What still runs is stopped when the page is left.
  await page.goto(`${server.url}/#/log-groups`)
  await page.getByRole('link', { name: '/shop/api' }).waitFor()
  await page.unroute(`${server.url}/`)
  expect(complaints).toEqual([])
}, 150_000)

test('a query is saved, opened and deleted', async () => {
  const { page, complaints } = await pages.at(DESK, insightsPlace('stats count(*) as n by path'))
  // Whoever leaves a query that runs stops it; one that has ended meanwhile would be a complaint.
  const answered = () => page.getByText(/events matched/).waitFor()
  await answered()
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByRole('dialog').getByRole('textbox', { name: 'Name' }).fill('by path')
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
  await page.getByRole('button', { name: 'Saved queries' }).waitFor()
  await page.goto(insights('limit 1'))
  const editor = page.getByRole('textbox', { name: 'Query' })
  await eventually(() => editor.textContent()).toBe('limit 1')
  await answered()
  await page.getByRole('button', { name: 'Saved queries' }).click()
  await page.getByRole('menuitem', { name: 'by path' }).click()
  await eventually(() => editor.textContent()).toBe('stats count(*) as n by path')
  await page.getByRole('button', { name: 'Delete saved' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Delete', exact: true }).click()
  await eventually(() => page.getByRole('button', { name: 'Saved queries' }).count()).toBe(0)
  expect(complaints).toEqual([])
}, 150_000)

test.each(VIEWERS)('a live tail shows what arrives, and waits while it is paused, %s', async (_name, viewer) => {
  const { page, complaints } = await pages.at(viewer, `/live-tail?${new URLSearchParams({ groups: '["/shop/api","/shop/pay"]', pattern: 'arrives' }).toString()}`)
  await page.getByText('Following').waitFor()
  const say = (message: string) =>
    logs.send(new PutLogEventsCommand({ logGroupName: '/shop/pay', logStreamName: 'worker', logEvents: [{ timestamp: Date.now(), message }] }))
  await say(`this arrives first, ${viewer.theme}`)
  await say('not this')
  await page.getByText(`this arrives first, ${viewer.theme}`).waitFor()
  await page.getByRole('button', { name: 'Pause' }).click()
  await page.getByText('Paused').waitFor()
  await say(`this arrives later, ${viewer.theme}`)
  await page.getByRole('button', { name: 'Go on' }).click()
  await page.getByText(`this arrives later, ${viewer.theme}`).waitFor()
  expect(await page.getByRole('list', { name: 'Arriving lines' }).getByRole('listitem').first().textContent()).toContain('later')
  expect(await page.getByText('not this').count()).toBe(0)
  expect(await seriousViolations(page)).toEqual([])
  expect(complaints).toEqual([])
  expect(await fitsItsWidth(page)).toBe(true)
}, 150_000)

test.each(VIEWERS)('a dashboard shows queries as tables and pictures, %s', async (_name, viewer) => {
  const { page, complaints } = await pages.at(viewer, '/dashboards/logs')
  await page.getByRole('region', { name: 'Requests', exact: true }).getByRole('img', { name: /\/pay: latest \d/ }).waitFor()
  await page.getByRole('region', { name: 'Paths', exact: true }).getByRole('img', { name: /\/cart: latest \d/ }).waitFor()
  await page.getByRole('region', { name: 'Countries', exact: true }).getByRole('img', { name: /de: latest \d/ }).waitFor()
  const newest = page.getByRole('region', { name: 'Newest', exact: true })
  await newest.getByText('req-149').first().waitFor()
  expect(await seriousViolations(page)).toEqual([])
  expect(await fitsItsWidth(page)).toBe(true)
  // A row that is an event leads to it, and to what came before.
  await newest.getByRole('table').getByRole('link').first().click()
  await page.getByRole('heading', { name: 'Before and after' }).waitFor()
  await page.getByRole('list', { name: 'Lines of web-1' }).getByText('req-147').first().waitFor()
  expect(await seriousViolations(page)).toEqual([])
  expect(complaints).toEqual([])
}, 150_000)
