import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { CloudWatchLogsClient, CreateLogGroupCommand, CreateLogStreamCommand, PutLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { dataFolder, RunningServer } from './running-server.ts'

const CLI = join(import.meta.dirname, '../../src/cli/main.ts')
const run = promisify(execFile)

let server: RunningServer
let logs: CloudWatchLogsClient
const now = Date.now()

const put = (group: string, ...events: readonly (readonly [secondsAgo: number, message: string])[]) =>
  logs.send(new PutLogEventsCommand({
    logGroupName: group, logStreamName: 'one', logEvents: events.map(([secondsAgo, message]) => ({ timestamp: now - secondsAgo * 1000, message })),
  }))

beforeAll(async () => {
  server = await RunningServer.start({ data: dataFolder() })
  logs = new CloudWatchLogsClient(server.clientConfig())
  for (const logGroupName of ['/shop/api', '/shop/pay']) {
    await logs.send(new CreateLogGroupCommand({ logGroupName }))
    await logs.send(new CreateLogStreamCommand({ logGroupName, logStreamName: 'one' }))
  }
  await put('/shop/api', [300, '{"level":"INFO","ms":5}'], [120, '{"level":"ERROR","ms":70}'], [60, '{"level":"INFO","ms":9}'])
  await put('/shop/pay', [7200, 'long ago'], [200, 'refused\u001b[31m\nby the bank'])
}, 60_000)
afterAll(() => server.stop())

const settings = () => ({ args: ['--url', server.url, '--data', server.data], env: { PATH: process.env['PATH'] } })
const tocsin = (...args: readonly string[]) => run(process.execPath, [CLI, ...args, ...settings().args], { env: settings().env })

test('tail shows what there is, oldest first, of several groups together', async () => {
  const { stdout } = await tocsin('logs', 'tail', '/shop/api,/shop/pay')
  expect(stdout).toBe([
    `${new Date(now - 300_000).toISOString()}  /shop/api  one  {"level":"INFO","ms":5}`,
    `${new Date(now - 200_000).toISOString()}  /shop/pay  one  refused·[31m`,
    '    by the bank',
    `${new Date(now - 120_000).toISOString()}  /shop/api  one  {"level":"ERROR","ms":70}`,
    `${new Date(now - 60_000).toISOString()}  /shop/api  one  {"level":"INFO","ms":9}`, '',
  ].join('\n'))
})

test('tail takes a pattern, a time and JSON', async () => {
  const { stdout } = await tocsin('logs', 'tail', '/shop/api', '--filter', '{ $.ms > 8 }', '--since', '90s', '--output', 'ndjson')
  expect(stdout.trim().split('\n').map(line => JSON.parse(line) as unknown)).toEqual([
    { timestamp: new Date(now - 60_000).toISOString(), group: '/shop/api', stream: 'one', message: '{"level":"INFO","ms":9}' },
  ])
})

test('tail ends where it is told to', async () => {
  const { stdout } = await tocsin('logs', 'tail', '/shop/api', '--since', '4m', '--until', '90s', '--json')
  expect(stdout.trim().split('\n').map(line => (JSON.parse(line) as { message: string }).message)).toEqual(['{"level":"ERROR","ms":70}'])
})

test('tail follows until Ctrl-C', async () => {
  const child = spawn(process.execPath, [CLI, 'logs', 'tail', '/shop/api', '--follow', '--since', '1s', ...settings().args], { env: settings().env })
  let shown = ''
  const arrived = new Promise<void>(resolve => child.stdout.on('data', (chunk: Buffer) => {
    shown += chunk.toString()
    if (shown.includes('just now')) resolve()
  }))
  await logs.send(new PutLogEventsCommand({ logGroupName: '/shop/api', logStreamName: 'one', logEvents: [{ timestamp: Date.now() + 2000, message: 'just now' }] }))
  await arrived
  child.kill('SIGINT')
  expect(await once(child, 'exit')).toEqual([130, null])
  expect(shown.match(/just now/g)).toHaveLength(1)
})

test('a query is a table, with what it took on standard error', async () => {
  const { stdout, stderr } = await tocsin('logs', 'query', '/shop/api', 'filter ispresent(ms) | stats count(*) as n, max(ms) as slowest by level | sort level')
  expect(stdout).toBe('level  n  slowest\nERROR  1  70\nINFO   2  9\n')
  expect(stderr).toMatch(/^2 rows; 3 of \d events matched, 1 kB in \d+\.\d s\n$/)
})

test('a query over several groups as lines of JSON', async () => {
  const { stdout } = await tocsin(
    'logs', 'query', '/shop/api', 'fields @message | filter level = "ERROR" or @message like "bank"', '--group', '/shop/pay', '--since', '10m', '--json',
  )
  const rows = stdout.trim().split('\n').map(line => JSON.parse(line) as Record<string, string>)
  expect(rows.map(row => row['@message'] ?? '').sort()).toEqual(['refused\u001b[31m\nby the bank', '{"level":"ERROR","ms":70}'])
  expect(rows.every(row => row['@ptr'] !== undefined)).toBe(true)
})

test('a query may name its groups itself', async () => {
  const { stdout } = await tocsin('logs', 'query', "SOURCE '/shop/pay' | stats count(*) as n", '--since', '3h')
  expect(stdout).toBe('n\n2\n')
})

test.each([
  [['logs', 'tail', 'nobody'], /^400: The specified log group does not exist\.\nThere is no nobody$/m],
  [['logs', 'tail', '/shop/api,/shop/pays'], /^400: .*\nThere is no \/shop\/pays; did you mean \/shop\/pay(?: or \/shop\/api)?\?$/m],
  [['logs', 'query', '/Shop/api', 'limit 1'], /did you mean \/shop\/api/],
  [['logs', 'tail'], /^Which log group\?/],
  [['logs', 'tail', '/shop/api', '--filter', '{ $.ms'], /^400: .*\n {2}\{ \$\.ms\n {8}\^$/m],
  [['logs', 'tail', '/shop/api', '--follow', '--until', '1m'], /^--until and --follow contradict each other$/m],
  [['logs', 'tail', '/shop/api', '--at', '2026-01-01'], /^tocsin logs tail takes no --at$/m],
  [['logs', 'tail', '/shop/api', '--output', 'yaml'], /^--output must be table or ndjson \(got "yaml"\)$/m],
  [['logs', 'tail', '/shop/api', '--since', 'yesterday'], /^--since must be a time/],
  [['logs', 'query', '/shop/api'], /^Which log group\?/],
  [['logs', 'query', '/shop/api', 'stats nonsense(ms)'], /^400: .*nonsense.* \(characters 7 to 18\)\n {2}stats nonsense\(ms\)\n {8}\^{12}$/m],
  [['logs', 'query', '/shop/api', 'fields @message', '--since', '1h', '--until', '2h'], /^--since must be before --until$/m],
  [['logs', 'forget', '/shop/api'], /^There is no command logs forget\.\n\nUsage: tocsin/],
])('%j is refused with a reason', async (args, message) => {
  await expect(tocsin(...args)).rejects.toMatchObject({ code: 1, stderr: expect.stringMatching(message) as string })
})
