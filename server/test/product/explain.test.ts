import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { PutMetricAlarmCommand, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { dataFolder, RunningServer } from './running-server.ts'

const CLI = join(import.meta.dirname, '../../src/cli/main.ts')
const run = promisify(execFile)

let server: RunningServer
/** The whole minute whose data is the newest. */
const minute = new Date(Math.floor(Date.now() / 60_000) * 60_000 - 120_000)
const at = new Date(minute.getTime() + 60_000).toISOString()

beforeAll(async () => {
  server = await RunningServer.start({ data: dataFolder() })
  const cloudWatch = server.cloudWatch()
  await cloudWatch.send(new PutMetricAlarmCommand({
    AlarmName: 'slow checkout', Namespace: 'Shop', MetricName: 'Latency', Statistic: 'Maximum', Period: 60, EvaluationPeriods: 2, DatapointsToAlarm: 1,
    Threshold: 100, ComparisonOperator: 'GreaterThanThreshold',
  }))
  const datum = (value: number, minutesBefore: number) =>
    ({ MetricName: 'Latency', Value: value, Timestamp: new Date(minute.getTime() - minutesBefore * 60_000) })
  await cloudWatch.send(new PutMetricDataCommand({ Namespace: 'Shop', MetricData: [datum(250, 0), datum(7, 2)] }))
}, 60_000)
afterAll(() => server.stop())

const tocsin = async (...args: readonly string[]): Promise<string> => {
  const { stdout } = await run(process.execPath, [CLI, ...args, '--url', server.url, '--data', server.data], { env: { PATH: process.env['PATH'] } })
  return stdout
}

test('the terminal tells what was looked at, what was missing and which rule decided', async () => {
  const shown = await tocsin('alarm', 'explain', 'slow checkout', '--at', at)
  const of = (minutesBefore: number): string => new Date(minute.getTime() - minutesBefore * 60_000).toISOString().replace('.000Z', 'Z')
  expect(shown.split('\n').slice(0, 3)).toEqual([
    `slow checkout  at ${at}`,
    '  verdict  ALARM',
    '  because  The newest 2 datapoints decide: 1 of 2 datapoints breaches, and 1 must for ALARM.',
  ])
  expect(shown).toContain(`${of(0)}  250    breaching`)
  expect(shown).toContain(`${of(1)}  -      missing    not considered`)
  expect(shown).toContain(`${of(2)}  7      fine`)
})

test('and the same as JSON', async () => {
  const answer: unknown = JSON.parse(await tocsin('alarm', 'explain', 'slow checkout', '--at', at, '--json'))
  expect(answer).toMatchObject({ alarm: 'slow checkout', at, verdict: 'ALARM', decidedBy: 'newest-datapoints', contributors: [] })
})

test.each([
  [['alarm', 'explain', 'nobody'], /404: There is no alarm nobody\./],
  [['alarm', 'explain', 'slow checkout', '--at', 'yesterday'], /--at must be a time in ISO 8601/],
  [['alarm', 'explain', 'slow checkout', '--at', '2999-01-01T00:00:00Z'], /400: at: nobody knows the future/],
  [['alarm', 'forget', 'slow checkout'], /^There is no command alarm forget\.\n\nUsage: tocsin/],
  [['alarm', 'explain'], /^Usage: tocsin/],
  [['foo', 'slow checkout'], /^There is no command foo\.\n\nUsage: tocsin/],
  [['alarm', 'explain', 'slow checkout', '--prot', '1'], /Unknown option '--prot'/],
])('%j is refused with a reason', async (args, message) => {
  await expect(tocsin(...args)).rejects.toMatchObject({ code: 1, stderr: expect.stringMatching(message) as string })
})

test('nobody is told without a signature', async () => {
  const { status } = await fetch(`${server.url}/api/alarms/explanation?name=slow+checkout`)
  expect(status).toBe(403)
})
