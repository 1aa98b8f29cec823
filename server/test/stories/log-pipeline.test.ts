import { expect, test } from 'vitest'
import { commandsOf } from './example-commands.ts'
import { Story } from './story.ts'
import { WatchedSystem } from './watched-system.ts'

const RECEIVERS = {
  ON_CALL_EMAIL: 'on-call@pipeline.example',
  RUNBOOK_EXECUTOR_URL: 'https://runbooks.example/execute',
  WEBHOOK_URL: 'http://receiver.example/',
}

test('log-pipeline: every alarm goes off and is over, and says so', async () => {
  const system = await WatchedSystem.open('2026-03-02T08:00:00Z', await commandsOf('alarms/log-pipeline', { environment: RECEIVERS }))
  const story = await Story.begin(system, {
    'log-pipeline-api-error-rate': { errors: 0, calls: 500 },
    'log-pipeline-api-latency': 80,
    'log-pipeline-processor-errors': 0,
    'log-pipeline-table-throttling': { reads: undefined, writes: undefined },
  })
  await story.alarm('log-pipeline-api-error-rate', { readings: { 'log-pipeline-api-error-rate': { errors: 21, calls: 500 } } })
  await story.alarm('log-pipeline-api-latency', { readings: { 'log-pipeline-api-latency': [...Array.from({ length: 90 }, () => 80), ...Array.from({ length: 10 }, () => 2400)] } })
  await story.alarm('log-pipeline-processor-errors', { readings: { 'log-pipeline-processor-errors': 3 } })
  await story.alarm('log-pipeline-table-throttling', { readings: { 'log-pipeline-table-throttling': { reads: undefined, writes: 12 } } })
  await system.close()
  await expect(story.text).toMatchFileSnapshot('log-pipeline.txt')
}, 60_000)
