import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { PutMetricAlarmCommand, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch'
import { CreateTopicCommand, SubscribeCommand } from '@aws-sdk/client-sns'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { RunningServer, dataFolder, eventually } from '../product/running-server.ts'
import { Webhook } from '../product/webhook.ts'
import { seriousViolations } from './accessibility.ts'
import { startBrowser, visit } from './browser.ts'

const NAME = 'Queue depth > 100 / mail'

let browser: Browser
let server: RunningServer
let webhook: Webhook
beforeAll(async () => {
  execFileSync(process.execPath, [join(import.meta.dirname, '../../../console/prepare.ts')])
  webhook = await Webhook.open()
  browser = await startBrowser()
  server = await RunningServer.start({ data: dataFolder(), environment: { TOCSIN_EGRESS_ALLOW: '127.0.0.1' } })
  const { TopicArn } = await server.sns().send(new CreateTopicCommand({ Name: 'on-call' }))
  await server.sns().send(new SubscribeCommand({ TopicArn, Protocol: 'http', Endpoint: webhook.url }))
  await eventually(() => webhook.messages.find(({ Type }) => Type === 'SubscriptionConfirmation'), 'the subscription is to be confirmed')
  const metric = { Namespace: 'Shop', MetricName: 'QueueDepth', Dimensions: [{ Name: 'Queue', Value: 'mail' }] }
  await server.cloudWatch().send(
    new PutMetricAlarmCommand({
      // Over a day long, so evaluated once an hour: a state set by hand stays while it is looked at.
      ...metric, AlarmName: NAME, Statistic: 'Maximum', Period: 3600, EvaluationPeriods: 25, Threshold: 100,
      ComparisonOperator: 'GreaterThanThreshold',
      AlarmActions: [TopicArn!], TreatMissingData: 'ignore',
      Tags: [{ Key: 'Severity', Value: 'P1' }, { Key: 'Runbook', Value: 'https://wiki.example.com/queue' }],
    }),
  )
  await server.cloudWatch().send(
    new PutMetricDataCommand({
      Namespace: 'Shop', MetricData: [{ MetricName: 'QueueDepth', Dimensions: metric.Dimensions, Value: 42, Unit: 'Count' }],
    }),
  )
}, 60_000)
afterAll(async () => {
  await browser.close()
  await server.kill()
  webhook.close()
})

/** The whole product as a person meets it: nothing here is made up but the webhook's owner. */
test.each(['light', 'dark'] as const)('sign in, see this machine, try an alarm out and see who was told, in %s', async theme => {
  const { context, page, complaints } = await visit(browser, { theme, width: 1360, height: 900 })
  const { accessKeyId, secretAccessKey } = server.credentials
  await page.goto(`${server.url}/`)
  await page.getByLabel('Access key ID').fill(accessKeyId)
  await page.getByLabel('Secret access key').fill(secretAccessKey)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('link', { name: 'host-cpu' }).waitFor()
  await page.getByText('Critical').waitFor()
  expect(await seriousViolations(page)).toEqual([])

  await page.getByRole('link', { name: NAME }).click()
  await page.getByRole('img', { name: /QueueDepth.*latest 42/ }).waitFor()
  await page.getByRole('button', { name: 'Manage' }).click()
  await page.getByRole('menuitem', { name: 'Set state for a test' }).click()
  const before = webhook.notifications().length
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('radio', { name: /^In alarm/ }).click()
  // The second visitor finds the alarm as the first one left it, or already evaluated again.
  if ((await dialog.getByText('nothing is sent').count()) > 0) {
    await dialog.getByRole('radio', { name: /^OK/ }).click()
    await dialog.getByRole('button', { name: 'Set to OK' }).click()
    await page.getByRole('button', { name: 'Manage' }).click()
    await page.getByRole('menuitem', { name: 'Set state for a test' }).click()
    await dialog.getByRole('radio', { name: /^In alarm/ }).click()
  }
  await dialog.getByRole('button', { name: 'Set to In alarm' }).click()
  await page.getByRole('region', { name: 'State' }).getByText('Set by hand for a test').waitFor()
  await eventually(() => webhook.notifications()[before], 'the webhook is told')

  await page.getByText('Delivered').first().waitFor()
  await page.getByRole('button', { name: 'Show attempts' }).first().click()
  await page.getByText('Attempt 1').waitFor()
  await page.getByText('Set by hand for a test').nth(1).waitFor()
  expect(await seriousViolations(page)).toEqual([])

  await page.getByRole('link', { name: 'Metrics' }).click()
  await page.getByLabel('Find metrics').fill('shop queue')
  await page.getByRole('checkbox', { name: 'Draw QueueDepth mail' }).click()
  await page.getByRole('img', { name: /QueueDepth mail: latest 42/ }).waitFor()
  await page.getByRole('button', { name: 'Create alarm on QueueDepth mail' }).click()
  await page.getByRole('dialog').getByLabel('Notify').click()
  await page.getByRole('option', { name: /:on-call/ }).waitFor()
  expect(await seriousViolations(page)).toEqual([])
  expect(complaints).toEqual([])
  await context.close()
}, 120_000)
