import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { EXPORTED } from '../../src/model/object.ts'
import { scratchTelemetry } from '../../src/store/telemetry/telemetry.test-support.ts'
import { OURS, THEIRS } from '../temporary-control.ts'
import { DroppedObjects, until } from './dropped-objects.ts'

const telemetry = await scratchTelemetry()

const started = async (): Promise<DroppedObjects> => {
  const dropped = await DroppedObjects.open(telemetry)
  await dropped.drops.start()
  return dropped
}

const lines = (count: number, text = 'line'): readonly string[] => Array.from({ length: count }, (_, index) => `{"n":${index},"text":"${text}"}`)

test('an object becomes the events of a stream, by its content', async () => {
  const dropped = await started()
  await dropped.put('logs', 'api/2026/01/01/a.log', '{"time":"2025-12-31T23:59:59Z","message":"one"}\n{"time":"2026-01-01T00:00:00Z","message":"two"}\n')
  await dropped.settled()
  expect(await dropped.messages('/s3/logs/api')).toEqual(['{"time":"2025-12-31T23:59:59Z","message":"one"}', '{"time":"2026-01-01T00:00:00Z","message":"two"}'])
  const { events } = await dropped.called.run<{ events: readonly { timestamp: number }[] }>('GetLogEvents', { logGroupName: '/s3/logs/api', logStreamName: 'api/2026/01/01/a.log', startFromHead: true })
  expect(events.map(({ timestamp }) => new Date(timestamp).toISOString())).toEqual(['2025-12-31T23:59:59.000Z', '2026-01-01T00:00:00.000Z'])
})

test('gzip is undone, also twice over in one file; more events than fit into a batch', async () => {
  const dropped = await started()
  const all = lines(25_000)
  await dropped.put('logs', 'big', Buffer.concat([gzipSync(all.slice(0, 9_000).join('\n') + '\n'), gzipSync(all.slice(9_000).join('\n'))]))
  await dropped.settled()
  await dropped.called.logs.intake.settled([dropped.called.logs.directory.get(OURS, '/s3/logs')!.id])
  expect(await telemetry.query('slow', 'SELECT count() AS n, uniqExact(message) AS different FROM log_events')).toEqual([{ n: '25000', different: '25000' }])
})

test('rules decide by their longest prefix where an object goes, and whether it does', async () => {
  const dropped = await DroppedObjects.open(telemetry)
  const { drops } = dropped.called.store
  await drops.putRule({ tenant: OURS, bucket: 'logs', prefix: '', logGroup: '/all' })
  await drops.putRule({ tenant: OURS, bucket: 'logs', prefix: 'api/', logGroup: '/api' })
  await drops.putRule({ tenant: OURS, bucket: 'logs', prefix: 'api/pictures/', logGroup: undefined })
  await drops.putRule({ tenant: THEIRS, bucket: 'logs', prefix: 'api/', logGroup: '/theirs' })
  await dropped.drops.start()
  await dropped.put('logs', 'api/a', 'of the api')
  await dropped.put('logs', 'web/a', 'of the web')
  await dropped.put('logs', 'api/pictures/a', 'no log')
  await dropped.settled()
  expect(await dropped.messages('/api')).toEqual(['of the api'])
  expect(await dropped.messages('/all')).toEqual(['of the web'])
  expect(dropped.called.logs.directory.list(THEIRS)).toEqual([])
})

test('each version is taken, though it is overwritten before; what is empty, or was exported, makes nothing', async () => {
  const dropped = await DroppedObjects.open(telemetry)
  await dropped.put('logs', 'a', 'first')
  await dropped.put('logs', 'a', 'second')
  await dropped.put('logs', 'folder/', '')
  await dropped.put('logs', 'exported', 'out of a log group', EXPORTED)
  await dropped.drops.start()
  await dropped.settled()
  expect(await dropped.messages('/s3/logs')).toEqual(['first', 'second'])
  expect(dropped.called.logs.directory.list(OURS).map(({ name }) => name)).toEqual(['/s3/logs'])
})

test.each([
  ['binary', 'pictures', Buffer.from([137, 80, 78, 71, ...Array.from({ length: 400 }, (_, index) => index % 9)]), 'binary', 0],
  ['cut gzip', 'cut', gzipSync(lines(3_000, String(Math.sqrt(2))).join('\n')).subarray(0, 2_000), 'gzip', undefined],
  ['gzip in gzip', 'twice', gzipSync(gzipSync('a')), 'compressed', 0],
  ['JSON that ends in the middle', 'half', '{"Records":[{"eventTime":"2026-01-01T00:00:00Z"},{"eventTime"', 'truncated', 1],
] as const)('%s is put aside with its reason, and the next object is taken', async (_, key, body, reason, events) => {
  const dropped = await started()
  await dropped.put('logs', key, body)
  await dropped.put('logs', 'next/a', 'fine')
  await dropped.settled()
  const [broken, ...more] = await dropped.quarantined()
  expect(more).toEqual([])
  expect(broken).toMatchObject({ source: 's3://logs', key, reason, ...(events === undefined ? {} : { events }) })
  expect(await dropped.messages('/s3/logs/next')).toEqual(['fine'])
  expect(dropped.drops.health()).toMatchObject({ working: true, quarantined: 1 })
  expect(await dropped.called.store.drops.quarantined(THEIRS, undefined, 100)).toEqual([])
})

test('an object without its bytes is put aside too', async () => {
  const dropped = await DroppedObjects.open(telemetry)
  await dropped.put('logs', 'a', 'first')
  await dropped.bodies.remove(['v1'])
  await dropped.drops.start()
  await dropped.settled()
  expect(await dropped.quarantined()).toMatchObject([{ key: 'a', reason: 'gone', events: 0 }])
})

test('what is taken out of the quarantine is tried again, at once or by the next start, and once', async () => {
  const dropped = await DroppedObjects.open(telemetry)
  const { drops } = dropped.called.store
  const body = lines(3).join('\n')
  await dropped.put('logs', 'a', body)
  await dropped.bodies.remove(['v1'])
  await dropped.put('logs', 'b', 'second')
  await dropped.drops.start()
  await dropped.settled()
  const [{ id } = { id: 0 }] = await dropped.quarantined()
  const empty = async (): Promise<true | undefined> => ((await drops.unfinished()).length === 0 ? true : undefined)
  expect(await drops.release(THEIRS, id)).toBe(false)
  expect(await drops.release(OURS, id)).toBe(true)
  expect(await drops.release(OURS, id)).toBe(false)
  await dropped.drops.changed()
  // Its bytes are still not there.
  await until(empty, () => dropped.drops.health().state)
  expect(await dropped.quarantined()).toMatchObject([{ id, reason: 'gone' }])
  await dropped.bodies.write('v1', (async function* () { yield Buffer.from(body) })())
  await drops.release(OURS, id)
  dropped.breakOff(0, 'behind')
  await dropped.drops.changed()
  await dropped.trouble()
  await dropped.restart()
  await until(empty, () => dropped.drops.health().state)
  expect(await dropped.quarantined()).toEqual([])
  expect((await dropped.messages('/s3/logs')).toSorted()).toEqual(['second', ...lines(3)])
})

test('events of long ago and of tomorrow', async () => {
  const dropped = await started()
  await dropped.put('logs', 'a', '2019-05-05T12:00:00Z old\n2126-01-01T00:00:00Z a slip of the pen\n')
  await dropped.settled()
  const { events } = await dropped.called.run<{ events: readonly { timestamp: number; message: string }[] }>('GetLogEvents', { logGroupName: '/s3/logs', logStreamName: 'a', startFromHead: true })
  expect(events.map(({ timestamp, message }) => [new Date(timestamp).toISOString(), message])).toEqual([
    ['2019-05-05T12:00:00.000Z', '2019-05-05T12:00:00Z old'],
    ['2026-01-01T00:00:00.000Z', '2126-01-01T00:00:00Z a slip of the pen'],
  ])
})
