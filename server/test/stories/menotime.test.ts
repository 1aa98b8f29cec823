import { expect, test } from 'vitest'
import { commandsOf } from './example-commands.ts'
import { Story } from './story.ts'
import { WatchedSystem } from './watched-system.ts'

const RECEIVERS = {
  PAGERDUTY_URL: 'https://events.pagerduty.com/integration/R0123456789abcdef0123456789ABCDE/enqueue',
  SLACK_ALERTS_URL: 'https://hooks.slack.com/services/T0/B0/alerts',
  SLACK_SECURITY_URL: 'https://hooks.slack.com/services/T0/B0/security',
  SLACK_OPS_URL: 'https://hooks.slack.com/services/T0/B0/ops',
  OPS_EMAIL: 'ops@menotime.example',
  WEBHOOK_URL: 'http://receiver.example/',
}

const of = (alarm: string): string => `menotime-prod-${alarm}`
const GIB = 2 ** 30

test('menotime: every alarm goes off and is over, and says so', async () => {
  const commands = await commandsOf('alarms/menotime', { environment: RECEIVERS })
  const isBackup = (input: Readonly<Record<string, unknown>>): boolean => input['AlarmName'] === of('backup-failed')
  const system = await WatchedSystem.open('2026-03-02T08:00:00Z', commands.filter(({ input }) => !isBackup(input)))
  const story = await Story.begin(system, {
    [of('database-down')]: { connections: 40 },
    [of('all-tasks-unhealthy')]: { desired: 2, unhealthy: 0 },
    [of('high-error-rate')]: 0,
    [of('database-connections-high')]: 40,
    'menotime-staging-database-connections-high': 12,
    [of('database-cpu-high')]: 35,
    [of('task-memory-high')]: 52,
    [of('response-time-high')]: 0.12,
    [of('waf-blocked-spike')]: 2,
    'menotime-staging-storage-low': { free: 300 * GIB },
    'menotime-dev-storage-low': { free: 80 * GIB },
    [of('database-slow-cpu')]: 35,
    [of('database-slow-reads')]: 0.002,
    [of('database-slow-writes')]: 0.004,
    [of('database-slow-queue')]: 1,
  })

  // A database that is down reports nothing.
  await story.alarm(of('database-down'), { readings: { [of('database-down')]: { connections: undefined } } })
  await story.alarm(of('all-tasks-unhealthy'), { readings: { [of('all-tasks-unhealthy')]: { desired: 2, unhealthy: 2 } } })
  await story.alarm(of('high-error-rate'), { readings: { [of('high-error-rate')]: 14 } })
  await story.alarm(of('database-connections-high'), { readings: { [of('database-connections-high')]: 431 } })
  await story.alarm('menotime-staging-database-connections-high', { readings: { 'menotime-staging-database-connections-high': 300 } })
  await story.alarm(of('database-cpu-high'), { readings: { [of('database-cpu-high')]: 78.25 } })
  await story.alarm(of('task-memory-high'), { readings: { [of('task-memory-high')]: 80.004 } })
  await story.alarm(of('response-time-high'), { readings: { [of('response-time-high')]: [...Array.from({ length: 98 }, () => 0.1), 1.25, 1.25] } })
  await story.alarm(of('waf-blocked-spike'), { readings: { [of('waf-blocked-spike')]: 180 } })
  await story.alarm('menotime-staging-storage-low', { readings: { 'menotime-staging-storage-low': { free: 75 * GIB } } })
  await story.alarm('menotime-dev-storage-low', { readings: { 'menotime-dev-storage-low': { free: 10 * GIB } } })

  const slow = { [of('database-slow-reads')]: 0.0071, [of('database-slow-writes')]: 0.013, [of('database-slow-queue')]: 14 }
  await story.happens(of('database-slow-queue'), 'ALARM', { readings: slow })
  expect(await system.state(of('database-degraded'))).toBe('OK')
  await story.alarm(of('database-degraded'), { readings: { [of('database-slow-cpu')]: 74 } })
  await story.recovers(of('database-slow-queue'), { readings: slow })

  await system.close()

  // A day of its own: nothing else is reported meanwhile.
  const backups = await WatchedSystem.open('2026-03-02T08:00:00Z', commands.filter(({ service, input }) => service === 'sns' || isBackup(input)))
  await backups.reportOnce(of('backup-failed'), { completed: 1 })
  const days = await Story.begin(backups, { [of('backup-failed')]: { completed: undefined } })
  await days.happens(of('backup-failed'), 'ALARM', { readings: {}, within: 24 * 60 + 1 })
  await backups.minutes(90)
  await backups.reportOnce(of('backup-failed'), { completed: 1 })
  await days.recovers(of('backup-failed'), { readings: {} })
  await backups.close()

  await expect(`${story.text}\n${days.text}`).toMatchFileSnapshot('menotime.txt')
}, 60_000)
