import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import {
  type CloudWatchClient, PutCompositeAlarmCommand, PutDashboardCommand, PutMetricAlarmCommand, PutMetricDataCommand, SetAlarmStateCommand,
} from '@aws-sdk/client-cloudwatch'
import { CloudWatchLogsClient, CreateLogGroupCommand, CreateLogStreamCommand, PutLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs'
import type { Browser, Page, Request } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { RunningServer, dataFolder } from '../product/running-server.ts'
import { seriousViolations } from './accessibility.ts'
import { startBrowser, type Viewer } from './browser.ts'
import { OpenPages } from './open-pages.ts'
import { SHOP } from './shop-dashboard.ts'

let browser: Browser
let server: RunningServer
let pages: OpenPages
beforeAll(async () => {
  execFileSync(process.execPath, [join(import.meta.dirname, '../../../console/prepare.ts')])
  ;[browser, server] = await Promise.all([startBrowser(), RunningServer.start({ data: dataFolder() })])
  pages = new OpenPages(browser, server)
  await fill(server.cloudWatch())
}, 60_000)
afterAll(async () => {
  await browser.close()
  await server.kill()
})

const web = (host: string) => [{ Name: 'host', Value: host }]

/** An hour of a shop's traffic, and alarms of every kind on it. */
const fill = async (cloudWatch: CloudWatchClient): Promise<void> => {
  const now = Math.floor(Date.now() / 60_000) * 60_000
  for (const [place, host] of ['web-1', 'web-2', 'web-3'].entries()) {
    await cloudWatch.send(new PutMetricDataCommand({
      Namespace: 'Shop',
      MetricData: Array.from({ length: 120 }, (_, at) => ({
        MetricName: at % 2 === 0 ? 'Requests' : 'Errors', Dimensions: web(host), Timestamp: new Date(now - Math.floor(at / 2) * 60_000),
        Value: at % 2 === 0 ? 240 + 60 * place + 90 * Math.sin(at / 14 + place) : 4 + 3 * place + 3 * Math.cos(at / 9),
      })),
    }))
  }
  const stored = (Id: string, MetricName: string, Stat = 'Sum') =>
    ({ Id, ReturnData: false, MetricStat: { Metric: { Namespace: 'Shop', MetricName, Dimensions: web('web-3') }, Period: 60, Stat } })
  const over = { EvaluationPeriods: 3, DatapointsToAlarm: 2, ComparisonOperator: 'GreaterThanThreshold' } as const
  await cloudWatch.send(new PutMetricAlarmCommand({
    ...over, AlarmName: 'error-rate', Threshold: 2,
    Metrics: [stored('errors', 'Errors'), stored('requests', 'Requests'), { Id: 'rate', Expression: '100 * errors / requests', Label: 'Error rate' }],
  }))
  await cloudWatch.send(new PutMetricAlarmCommand({
    ...over, AlarmName: 'unusual-traffic', ThresholdMetricId: 'band', ComparisonOperator: 'LessThanLowerOrGreaterThanUpperThreshold',
    Metrics: [{ ...stored('requests', 'Requests', 'Average'), ReturnData: true }, { Id: 'band', Expression: 'ANOMALY_DETECTION_BAND(requests, 2)', Label: 'Expected' }],
  }))
  await cloudWatch.send(new PutMetricAlarmCommand({
    ...over, EvaluationPeriods: 1, DatapointsToAlarm: 1, AlarmName: 'busy-hosts', Threshold: 250,
    Metrics: [{ Id: 'q', Expression: 'SELECT MAX(Requests) FROM "Shop" GROUP BY host ORDER BY MAX() DESC', Period: 60 }],
  }))
  await cloudWatch.send(new PutMetricAlarmCommand({
    AlarmName: 'failing-hosts', EvaluationCriteria: { PromQLCriteria: { Query: 'sum by (host) (Errors) > 1' } }, EvaluationInterval: 60,
  }))
  for (const AlarmName of ['deploying', 'payments-down']) {
    await cloudWatch.send(new PutMetricAlarmCommand({
      ...over, AlarmName, Namespace: 'Shop', MetricName: AlarmName, Statistic: 'Sum', Period: 3600, EvaluationPeriods: 25, Threshold: 1, TreatMissingData: 'ignore',
    }))
  }
  await cloudWatch.send(new PutCompositeAlarmCommand({
    AlarmName: 'shop-degraded', AlarmRule: '(ALARM("error-rate") OR ALARM(payments-down)) AND NOT ALARM(deploying)', AlarmDescription: 'Customers notice',
    ActionsSuppressor: 'deploying', ActionsSuppressorWaitPeriod: 60, ActionsSuppressorExtensionPeriod: 120,
  }))
  await cloudWatch.send(new SetAlarmStateCommand({ AlarmName: 'payments-down', StateValue: 'ALARM', StateReason: 'The bank does not answer' }))
  const logs = new CloudWatchLogsClient(server.clientConfig())
  await logs.send(new CreateLogGroupCommand({ logGroupName: 'payments' }))
  await logs.send(new CreateLogStreamCommand({ logGroupName: 'payments', logStreamName: 'bank' }))
  await logs.send(new PutLogEventsCommand({
    logGroupName: 'payments', logStreamName: 'bank', logEvents: [{ timestamp: now - 60_000, message: '{"status":502,"text":"refused"}' }],
  }))
  await cloudWatch.send(new PutDashboardCommand({ DashboardName: 'shop', DashboardBody: JSON.stringify(SHOP) }))
}

const open = async (page: Page, alarm: string): Promise<void> => {
  await page.goto(`${server.url}/#/alarms/${alarm}`)
  await page.getByRole('heading', { name: alarm, level: 1 }).waitFor()
}

const DESK: Viewer = { theme: 'light', width: 1360, height: 1000 }

test.each<[string, Viewer]>([
  ['in dark', { ...DESK, theme: 'dark' }], ['on a phone, in light', { theme: 'light', width: 390, height: 844 }],
])('alarms of every kind say what they watch, and why, %s', async (_name, viewer) => {
  const { page, complaints } = await pages.at(viewer, '/alarms')
  const found: string[] = []
  await page.getByRole('link', { name: 'shop-degraded' }).waitFor()

  await open(page, 'shop-degraded')
  const rule = page.getByRole('list', { name: 'Rule' })
  await rule.getByText('Any of').waitFor()
  await rule.getByRole('link', { name: 'payments-down' }).waitFor()
  await page.getByText('Suppressed while in alarm').waitFor()
  await page.getByText('Alarm "shop-degraded" created').waitFor()
  await page.getByRole('img', { name: /^payments-down: / }).waitFor()
  found.push(...await seriousViolations(page))

  await open(page, 'error-rate')
  await page.getByText('100 * errors / requests').waitFor()
  await page.getByRole('img', { name: /Error rate: latest/ }).waitFor()
  await page.getByText('decided by').waitFor()
  await page.getByText(/Considered: \d/).waitFor()
  found.push(...await seriousViolations(page))

  await open(page, 'unusual-traffic')
  await page.getByText('Is the limit').waitFor()

  await open(page, 'failing-hosts')
  await page.getByRole('img', { name: /\{host="web-3"\}: latest \d/ }).waitFor()
  found.push(...await seriousViolations(page))

  await open(page, 'busy-hosts')
  await page.getByRole('table', { name: 'Contributors' }).waitFor()
  found.push(...await seriousViolations(page))

  expect(found).toEqual([])
  expect(complaints).toEqual([])
  expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true)
}, 60_000)

test('an alarm is muted for an hour, and the mute is ended', async () => {
  const { page, complaints } = await pages.at(DESK, '/alarms/error-rate')
  // What is loaded while the menu is open closes it.
  await page.getByText('Not muted').waitFor()
  await page.getByRole('button', { name: 'Mute', exact: true }).click()
  await page.getByRole('menuitem', { name: 'For 1 hour' }).click()
  await page.getByText('Muted now').waitFor()
  await page.getByRole('button', { name: /^End .* for this alarm$/ }).click()
  await page.getByText('Not muted').waitFor()
  expect(complaints).toEqual([])
}, 60_000)

test('the graph and the history lead to the why of a moment', async () => {
  const { page } = await pages.at(DESK, '/alarms/payments-down')
  await page.getByRole('button', { name: /^Why at / }).first().click()
  await page.getByRole('heading', { name: /^Why\? At / }).waitFor()
  await page.getByRole('button', { name: 'Back to now' }).click()
  await page.getByRole('heading', { name: 'Why?', exact: true }).waitFor()
  await page.locator('.u-over').click({ position: { x: 400, y: 100 } })
  await page.getByRole('heading', { name: /^Why\? At / }).waitFor()
}, 60_000)

test.each<[string, Viewer]>([
  ['in dark', { ...DESK, theme: 'dark' }], ['on a phone, in light', { theme: 'light', width: 390, height: 844 }],
])('a dashboard draws every widget, %s', async (_name, viewer) => {
  const { page, complaints } = await pages.at(viewer, '/dashboards')
  const calls: string[] = []
  const called = (request: Request): void => {
    const target = request.headers()['x-amz-target'] ?? ''
    if (target.endsWith('GetMetricData')) calls.push(target)
  }
  page.on('request', called)
  await page.getByRole('link', { name: 'shop', exact: true }).click()
  for (const title of ['Requests', 'Requests, stacked', 'Newest', 'Load', 'By host', 'Share']) {
    await page.getByRole('region', { name: title, exact: true }).getByRole('img', { name: /web-1.*latest \d/ }).waitFor()
  }
  await page.getByRole('region', { name: 'Values', exact: true }).getByRole('columnheader', { name: 'Max' }).waitFor()
  await page.getByRole('region', { name: 'Error rate', exact: true }).getByRole('img', { name: /Error rate: latest/ }).waitFor()
  await page.getByRole('region', { name: 'Customers', exact: true }).getByRole('link', { name: 'payments-down' }).waitFor()
  await page.getByRole('region', { name: 'Failed payments', exact: true }).getByText('refused').waitFor()
  await page.getByText('<script>').waitFor()
  // All widgets of stored metrics in one call, that of an alarm on math in one of its own.
  expect(calls).toHaveLength(2)
  page.off('request', called)
  expect(await seriousViolations(page)).toEqual([])
  expect(complaints).toEqual([])
  expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true)
}, 60_000)

test('a dashboard is made, changed as JSON with its mistakes shown at their place, and deleted', async () => {
  const { page, complaints } = await pages.at(DESK, '/dashboards')
  await page.getByRole('button', { name: 'Create dashboard' }).click()
  await page.getByLabel('Name').fill('mine')
  await page.getByRole('button', { name: 'Create', exact: true }).click()
  await page.getByRole('heading', { name: 'mine', level: 1 }).first().waitFor()
  await page.getByRole('button', { name: 'Edit' }).click()
  const source = page.getByRole('textbox', { name: 'Dashboard body' })
  await source.fill('{"widgets": [{"type": "text", "properties": {"markdown": 7}}]}')
  await page.getByRole('button', { name: 'Show /widgets/0/properties/markdown' }).click()
  expect(await page.evaluate('document.activeElement.value.slice(document.activeElement.selectionStart, document.activeElement.selectionEnd)')).toBe('7')
  expect(await seriousViolations(page)).toEqual([])
  await source.fill('{"widgets": [{"type": "text", "properties": {"markdown": "# Changed"}}]}')
  await page.getByText('Nothing is wrong with it').waitFor()
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByRole('heading', { name: 'Changed' }).waitFor()
  await page.getByRole('button', { name: 'Delete', exact: true }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Delete', exact: true }).click()
  await page.getByRole('heading', { name: /^Dashboards/ }).waitFor()
  await expect.poll(() => page.getByRole('link', { name: 'mine', exact: true }).count()).toBe(0)
  expect(complaints).toEqual([])
}, 60_000)

test('a variable that starts with the first of its values does', async () => {
  const widget = { type: 'metric', x: 0, y: 0, width: 12, height: 6, properties: { title: 'One host', metrics: [['Shop', 'Requests', 'host', 'web-1', { label: "${PROP('Dim.host')}" }]], period: 60, region: 'us-east-1' } }
  const variable = { type: 'property', property: 'host', inputType: 'select', id: 'host', label: 'Host', defaultValue: '__FIRST', values: [{ value: 'web-3' }, { value: 'web-2' }] }
  await server.cloudWatch().send(new PutDashboardCommand({ DashboardName: 'first', DashboardBody: JSON.stringify({ variables: [variable], widgets: [widget] }) }))
  const { page, complaints } = await pages.at(DESK, '/dashboards/first')
  await page.getByRole('region', { name: 'One host', exact: true }).getByRole('img', { name: /web-3.*latest \d/ }).waitFor()
  expect(complaints).toEqual([])
}, 60_000)
