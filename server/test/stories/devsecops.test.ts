import { expect, test } from 'vitest'
import { commandsOf } from './example-commands.ts'
import { Story } from './story.ts'
import { WatchedSystem } from './watched-system.ts'

const RECEIVERS = {
  PAGERDUTY_URL: 'https://events.pagerduty.com/integration/R0123456789abcdef0123456789ABCDE/enqueue',
  SLACK_URL: 'https://hooks.slack.com/services/T0/B0/platform-alerts',
  PLATFORM_EMAIL: 'platform-team@company.example',
  ON_CALL_EMAIL: 'oncall@company.example',
  SECURITY_EMAIL: 'security-team@company.example',
  WEBHOOK_URL: 'http://receiver.example/',
}

test('devsecops: every alarm goes off and is over, silence counts, and maintenance is quiet', async () => {
  const system = await WatchedSystem.open('2026-03-31T20:00:00Z', await commandsOf('alarms/devsecops', { environment: RECEIVERS }))
  const story = await Story.begin(system, {
    'platform-system-availability': 99.97,
    'platform-data-loss': 0,
    'platform-error-rate': { errors: 0, invocations: 1200 },
    'platform-processing-latency': 95,
  })
  await story.alarm('platform-system-availability', { readings: { 'platform-system-availability': 97.4 } })
  // Nothing says that the platform is available: it counts as if it were not, once too few of the last four periods are known.
  await story.alarm('platform-system-availability', { readings: { 'platform-system-availability': undefined }, within: 25 })
  await story.alarm('platform-data-loss', { readings: { 'platform-data-loss': 1 } })
  await story.alarm('platform-error-rate', { readings: { 'platform-error-rate': { errors: 18, invocations: 1200 } }, within: 20 })
  // No invocations, so nothing to divide by: no alarm, and no news.
  await story.happens('platform-error-rate', 'OK', { readings: { 'platform-error-rate': { errors: undefined, invocations: undefined } } })
  await story.recovers('platform-error-rate', { readings: { 'platform-error-rate': undefined } })
  await story.alarm('platform-processing-latency', { readings: { 'platform-processing-latency': 412 } })
  // No batch at all is neither fast nor slow.
  const noBatches = { readings: { 'platform-processing-latency': undefined }, within: 30 }
  await story.happens('platform-processing-latency', 'INSUFFICIENT_DATA', noBatches)
  await story.recovers('platform-processing-latency', noBatches)

  const untilMaintenance = (Date.parse('2026-04-01T02:05:00Z') - system.clock.now()) / 60_000
  expect(untilMaintenance).toBeGreaterThan(0)
  await system.minutes(Math.ceil(untilMaintenance))
  story.note('02:05, maintenance has begun')
  const slow = { readings: { 'platform-processing-latency': 900 } }
  await story.happens('platform-processing-latency', 'ALARM', slow)
  await system.minutes(Math.ceil((Date.parse('2026-04-01T06:01:00Z') - system.clock.now()) / 60_000))
  story.note('06:01, maintenance is over, and what still lasts is told')
  await story.recovers('platform-processing-latency', slow)
  await system.close()
  await expect(story.text).toMatchFileSnapshot('devsecops.txt')
}, 60_000)
