import { expect, test } from 'vitest'
import { commandsOf } from './example-commands.ts'
import { Story } from './story.ts'
import { WatchedSystem } from './watched-system.ts'

const RECEIVERS = { SLACK_URL: 'https://hooks.slack.com/services/T0/B0/orchid', WEBHOOK_URL: 'http://receiver.example/' }

test('orchid: every alarm goes off and is over, and says so', async () => {
  const system = await WatchedSystem.open('2026-03-02T08:00:00Z', await commandsOf('alarms/orchid', { environment: RECEIVERS }))
  const story = await Story.begin(system, {
    'orchid-5xx-rate': { errors: undefined, requests: 240 },
    'orchid-request-p95': [120, 180, 234, 310],
    'orchid-cron-failure-rate': { failures: 0, jobs: 2 },
  })
  await story.alarm('orchid-5xx-rate', { readings: { 'orchid-5xx-rate': { errors: 4, requests: 240 } } })
  await story.alarm('orchid-request-p95', { readings: { 'orchid-request-p95': [120, 180, 234, 8123] } })
  await story.alarm('orchid-cron-failure-rate', { readings: { 'orchid-cron-failure-rate': { failures: 1, jobs: 2 } }, within: 90 })
  await system.close()
  await expect(story.text).toMatchFileSnapshot('orchid.txt')
}, 60_000)
