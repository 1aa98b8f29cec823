import { gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { scratchTelemetry } from '../../src/store/telemetry/telemetry.test-support.ts'
import { seededEntropy } from '../../src/base/entropy.ts'
import { silentLog } from '../../src/base/log.ts'
import { streamFiles } from '../../src/jobs/log-exports/stream-files.ts'
import { logExports } from '../../src/server/log-exports.ts'
import { CalledLogs } from '../called-logs.ts'
import { rootOf } from '../called-service.ts'
import { ELSEWHERE, OURS, THEIRS } from '../temporary-control.ts'

const telemetry = await scratchTelemetry()

interface Task {
  readonly taskId: string
  readonly status: { readonly code: string; readonly message?: string }
}

const opened = async (): Promise<CalledLogs> => {
  const called = await CalledLogs.open(telemetry)
  await called.group('g', 'web/1', 'web/2', 'job')
  await called.store.buckets.create(OURS, { name: 'b', createdAt: called.clock.now(), documents: {}, expiry: [] })
  return called
}
const request = (called: CalledLogs, more: object = {}) => ({ logGroupName: 'g', from: 0, to: called.clock.now() + 1000, destination: 'b', ...more })
const tasks = async (called: CalledLogs, more: object = {}) => (await called.run<{ exportTasks: readonly Task[] }>('DescribeExportTasks', more)).exportTasks
const PROBE = 'aws-logs-write-test'
/** What was exported into the bucket, unpacked, by key. */
const contents = async (called: CalledLogs): Promise<Record<string, string>> => {
  const bucket = (await called.store.buckets.get(OURS.account, 'b'))!
  const found: Record<string, string> = {}
  for (const { key } of await called.store.objects.page(bucket.id, { key: '', inclusive: true }, 100)) {
    if (key === PROBE) continue
    const { parts, size } = (await called.store.objects.get(bucket.id, key))!
    const chunks: Uint8Array[] = []
    for await (const bytes of await called.bodies.read(parts, 0, size)) chunks.push(bytes)
    found[key] = gunzipSync(Buffer.concat(chunks)).toString()
  }
  return found
}

test('events are exported as AWS lays them out', async () => {
  const called = await opened()
  await called.put('g', 'web/1', [[0, 'one'], [1, 'two ü']])
  await called.put('g', 'web/2', [[2, 'other']])
  await called.put('g', 'job', [[3, 'job']])
  const { taskId } = await called.run<{ taskId: string }>('CreateExportTask', request(called, { taskName: 'n', logStreamNamePrefix: 'web', to: called.clock.now() + 1 }))
  await called.definitions.exports.settled()
  expect(await contents(called)).toEqual({
    [`exportedlogs/${taskId}/web-1/000000.gz`]: '2026-01-01T00:00:00.000Z one\n2026-01-01T00:00:00.001Z two ü\n',
  })
  expect(await tasks(called)).toEqual([
    {
      taskId, taskName: 'n', logGroupName: 'g', from: 0, to: called.clock.now() + 1, destination: 'b', destinationPrefix: 'exportedlogs',
      status: { code: 'COMPLETED', message: 'Completed successfully' },
      executionInfo: { creationTime: called.clock.now(), completionTime: called.clock.now() },
    },
  ])
})

test('an account has one export at a time; it can be cancelled', async () => {
  const called = await opened()
  await called.put('g', 'job', [[0, 'x']])
  // Nobody begins it.
  await called.definitions.stop()
  const { taskId } = await called.run<{ taskId: string }>('CreateExportTask', request(called))
  expect(await called.refusal('CreateExportTask', request(called))).toBe('400 LimitExceededException: Resource limit exceeded.')
  expect(await tasks(called, { statusCode: 'PENDING' })).toHaveLength(1)
  await called.run('CancelExportTask', { taskId })
  expect((await tasks(called, { taskId }))[0]!.status.code).toBe('CANCELLED')
  expect(await called.refusal('CancelExportTask', { taskId })).toBe('400 InvalidOperationException: The specified export task has already finished')
  expect(await called.refusal('CancelExportTask', { taskId: 'x' })).toMatch(/^400 ResourceNotFoundException/)
  await called.run('CreateExportTask', request(called))
  expect((await tasks(called)).map(({ status }) => status.code).toSorted()).toEqual(['CANCELLED', 'PENDING'])
})

test('one that runs ends soon after it is cancelled', async () => {
  const called = await opened()
  await called.put('g', 'job', [[0, 'x']])
  const exports = called.store.logExports
  const move = exports.move.bind(exports)
  exports.move = async (...args) => {
    const moved = await move(...args)
    if (args[2] === 'RUNNING') await called.run('CancelExportTask', { taskId: args[0] })
    return moved
  }
  await called.run('CreateExportTask', request(called))
  await called.definitions.exports.settled()
  expect((await tasks(called))[0]!.status.code).toBe('CANCELLED')
  expect(await contents(called)).toEqual({})
})

test('what a stop interrupted is done after the next start', async () => {
  const called = await opened()
  await called.put('g', 'job', [[0, 'x']])
  await called.definitions.stop()
  const { taskId } = await called.run<{ taskId: string }>('CreateExportTask', request(called, { destinationPrefix: 'a/b' }))
  await called.store.logExports.move(taskId, ['PENDING'], 'RUNNING')
  const again = logExports({ control: called.store, logs: called.logs, bodies: called.bodies }, called.clock, seededEntropy(2), silentLog)
  again.wake()
  await again.settled()
  expect(await contents(called)).toEqual({ [`a/b/${taskId}/job/000000.gz`]: '2026-01-01T00:00:00.000Z x\n' })
})

test('an export whose bucket goes away fails, and says so', async () => {
  const called = await opened()
  await called.put('g', 'job', [[0, 'x']])
  const exports = called.store.logExports
  const create = exports.create.bind(exports)
  exports.create = async task => {
    const { id } = (await called.store.buckets.get(OURS.account, 'b'))!
    await called.store.objects.delete(id, [{ key: PROBE }])
    await called.store.buckets.delete(id)
    return create(task)
  }
  await called.run('CreateExportTask', request(called))
  await called.definitions.exports.settled()
  expect((await tasks(called))[0]!.status).toEqual({ code: 'FAILED', message: 'The given bucket does not exist.' })
})

test('a bucket that is exported into is tried first, as AWS tries it; the range may end before the group was made', async () => {
  const called = await opened()
  await called.run('CreateExportTask', request(called, { from: 1_611_316_574, to: 1_642_852_574 }))
  await called.definitions.exports.settled()
  const bucket = (await called.store.buckets.get(OURS.account, 'b'))!
  const { parts, size } = (await called.store.objects.get(bucket.id, PROBE))!
  const chunks: Uint8Array[] = []
  for await (const bytes of await called.bodies.read(parts, 0, size)) chunks.push(bytes)
  expect(Buffer.concat(chunks).toString()).toBe('Permission Check Successful')
  expect(await contents(called)).toEqual({})
})

test('large streams become several files', async () => {
  const called = await opened()
  await called.put('g', 'job', Array.from({ length: 6 }, (_, n) => [n, `${n}${'x'.repeat(400_000)}`] as const).slice(0, 2))
  await called.put('g', 'job', [[2, `2${'x'.repeat(800_000)}`]])
  const group = called.logs.directory.get(OURS, 'g')!
  const files: string[] = []
  for await (const file of streamFiles(called.logs.reads, { group, streams: ['job'], from: 0, to: Number.MAX_SAFE_INTEGER }, () => Promise.resolve(), 500_000)) {
    const chunks: Uint8Array[] = []
    for await (const bytes of file) chunks.push(bytes)
    files.push(gunzipSync(Buffer.concat(chunks)).toString())
  }
  expect(files.map(file => file.split('\n').slice(0, -1).map(line => line[25]))).toEqual([['0', '1'], ['2']])
})

test.each([
  [{ logGroupName: 'nope' }, '400 ResourceNotFoundException: The specified log group does not exist.'],
  [{ destination: 'nope' }, '400 InvalidParameterException: The given bucket does not exist. Please make sure the bucket is valid.'],
  [{ from: 5, to: 4 }, '400 InvalidParameterException: The specified time range is invalid: from is later than to.'],
])('an export is refused: %j', async (more, message) => {
  const called = await opened()
  expect(await called.refusal('CreateExportTask', request(called, more))).toBe(message)
})

test('nobody else sees exports, or writes into our bucket', async () => {
  const called = await opened()
  const { taskId } = await called.run<{ taskId: string }>('CreateExportTask', request(called))
  await called.definitions.exports.settled()
  for (const tenant of [THEIRS, ELSEWHERE]) {
    const root = rootOf(tenant)
    expect(await called.run('DescribeExportTasks', { taskId }, root, tenant)).toMatchObject({ exportTasks: [] })
    expect(await called.refusal('CancelExportTask', { taskId }, root, tenant)).toMatch(/ResourceNotFoundException/)
    await called.run('CreateLogGroup', { logGroupName: 'g' }, root, tenant)
    expect(await called.refusal('CreateExportTask', request(called), root, tenant)).toMatch(/The given bucket does not exist/)
  }
})

test('whoever exports must be allowed to write to the bucket', async () => {
  const called = await opened()
  expect(called.operation('CreateExportTask').also!(request(called) as never, OURS)).toEqual([{ permission: 's3:PutObject', resource: 'arn:aws:s3:::b/exportedlogs/' }])
})
