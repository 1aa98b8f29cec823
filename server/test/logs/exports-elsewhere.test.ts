import { CreateBucketCommand, GetObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3'
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { expect, onTestFinished, test } from 'vitest'
import { systemClock } from '../../src/base/clock.ts'
import { systemEntropy } from '../../src/base/entropy.ts'
import { silentLog } from '../../src/base/log.ts'
import { EXPORTED } from '../../src/model/object.ts'
import { parseAllowList } from '../../src/egress/allow-list.ts'
import { Egress } from '../../src/egress/egress.ts'
import { parseExportDestinations } from '../../src/server/config/export-destinations.ts'
import { exportPlaces } from '../../src/server/exports/export-places.ts'
import { logExports } from '../../src/server/log-exports.ts'
import { scratchTelemetry } from '../../src/store/telemetry/telemetry.test-support.ts'
import { CalledLogs } from '../called-logs.ts'
import { rootOf } from '../called-service.ts'
import { s3Server, SECRET } from '../s3-server.ts'
import { ELSEWHERE, OURS, temporaryFolder, THEIRS } from '../temporary-control.ts'

const telemetry = await scratchTelemetry()

/** Log groups whose settings name these destinations. */
const opened = async (destinations: string, allow = '127.0.0.1'): Promise<CalledLogs> => {
  const http = new Egress({ clock: systemClock, allow: parseAllowList(allow), userAgent: 'Tocsin', resolve: async () => ['127.0.0.1'] })
  onTestFinished(() => http.close())
  const called = await CalledLogs.open(telemetry, bodies =>
    exportPlaces(parseExportDestinations(destinations), { home: OURS, http, bodies, clock: systemClock, entropy: systemEntropy }))
  await called.group('g', 'web/1', 'job')
  await called.put('g', 'web/1', [[0, 'one'], [1, 'two ü']])
  await called.put('g', 'job', [[3, 'job']])
  return called
}
const request = (called: CalledLogs, more: object = {}) => ({ logGroupName: 'g', from: 0, to: called.clock.now() + 1000, destination: 'archive', ...more })
const exported = async (called: CalledLogs, more: object = {}) => {
  const { taskId } = await called.run<{ taskId: string }>('CreateExportTask', request(called, more))
  await called.definitions.exports.settled()
  const { exportTasks } = await called.run<{ exportTasks: readonly { status: { code: string; message: string } }[] }>('DescribeExportTasks', { taskId })
  return { taskId, status: exportTasks[0]!.status }
}
const COMPLETED = { code: 'COMPLETED', message: 'Completed successfully' }
const WEB = '2026-01-01T00:00:00.000Z one\n2026-01-01T00:00:00.001Z two ü\n'
const JOB = '2026-01-01T00:00:00.003Z job\n'

/** Another server's S3 endpoint with a bucket, and the address that exports reach it by. */
const remote = async (secret = SECRET) => {
  const server = await s3Server()
  const client = await server.client()
  await client.send(new CreateBucketCommand({ Bucket: 'theirs' }))
  const { port } = await client.config.endpoint!()
  return { client, address: `http://AKIA${OURS.account}:${secret}@localhost:${port}/theirs/from us?region=us-east-1&name=archive`.replaceAll(' ', '%20') }
}

/** Everything in a folder, by path. */
const filesIn = (folder: string): Readonly<Record<string, string>> =>
  Object.fromEntries(readdirSync(folder, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile()).map(({ parentPath, name }) => {
    const path = join(parentPath, name)
    const bytes = readFileSync(path)
    return [path.slice(folder.length + 1), (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString()]
  }))

test('events are exported into a bucket elsewhere, laid out as in a bucket of the house', async () => {
  const { client, address } = await remote()
  const called = await opened(address)
  const { taskId, status } = await exported(called, { destinationPrefix: 'a b+c%é' })
  expect(status).toEqual(COMPLETED)
  const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket: 'theirs' }))
  const [job, web] = [`from us/a b+c%é/${taskId}/job/000000.gz`, `from us/a b+c%é/${taskId}/web-1/000000.gz`]
  expect(Contents.map(({ Key }) => Key)).toEqual([job, web, 'from us/aws-logs-write-test'])
  const object = await client.send(new GetObjectCommand({ Bucket: 'theirs', Key: web }))
  expect(object.ContentType).toBe(EXPORTED)
  expect(gunzipSync(await object.Body!.transformToByteArray()).toString()).toBe(WEB)
}, 30_000)

test('events are exported into a folder, laid out as in a bucket of the house', async () => {
  const folder = join(temporaryFolder(), 'not/yet')
  const called = await opened(`${folder}=archive`)
  const { taskId, status } = await exported(called)
  expect(status).toEqual(COMPLETED)
  expect(filesIn(folder)).toEqual({
    'aws-logs-write-test': 'Permission Check Successful',
    [`exportedlogs/${taskId}/web-1/000000.gz`]: WEB,
    [`exportedlogs/${taskId}/job/000000.gz`]: JOB,
  })
})

test('no name of a stream and no prefix leads out of the folder, or is too long for it', async () => {
  const around = temporaryFolder()
  const folder = join(around, 'archive')
  const called = await opened(folder)
  const long = 'ü'.repeat(512)
  await called.run('CreateLogStream', { logGroupName: 'g', logStreamName: '..' })
  await called.run('CreateLogStream', { logGroupName: 'g', logStreamName: long })
  await called.put('g', '..', [[4, 'up']])
  await called.put('g', long, [[5, 'long']])
  const { status } = await exported(called, { destinationPrefix: '../../x//./y' })
  expect(status).toEqual(COMPLETED)
  expect(readdirSync(around)).toEqual(['archive'])
  const files = filesIn(folder)
  expect(Object.values(files).toSorted()).toEqual([WEB, JOB, '2026-01-01T00:00:00.004Z up\n', '2026-01-01T00:00:00.005Z long\n', 'Permission Check Successful'].toSorted())
  expect(Object.keys(files).every(path => path.split('/').every(part => part !== '..' && part !== '.' && Buffer.byteLength(part) <= 255))).toBe(true)
})

test('an export that is begun anew leaves no unfinished file, and each file once', async () => {
  const folder = temporaryFolder()
  const called = await opened(`${folder}=archive`)
  await called.definitions.exports.stop()
  const { taskId } = await called.run<{ taskId: string }>('CreateExportTask', request(called))
  const place = join(folder, 'exportedlogs', taskId, 'job')
  mkdirSync(place, { recursive: true })
  writeFileSync(join(place, '000000.gz'), 'half')
  await called.store.logExports.move(taskId, ['PENDING'], 'RUNNING')
  const http = new Egress({ clock: systemClock, allow: parseAllowList(''), userAgent: 'Tocsin' })
  onTestFinished(() => http.close())
  const places = exportPlaces(parseExportDestinations(`${folder}=archive`), { home: OURS, http, bodies: called.bodies, clock: systemClock, entropy: systemEntropy })
  const again = logExports({ control: called.store, logs: called.logs, bodies: called.bodies }, called.clock, systemEntropy, silentLog, places)
  again.wake()
  await again.settled()
  expect(filesIn(place)).toEqual({ '000000.gz': JOB })
})

test('a bucket elsewhere that does not take it is refused with its reason', async () => {
  const { address } = await remote('wrong')
  expect(await (await opened(address)).refusal('CreateExportTask', request(await opened(address)))).toBe(
    '400 InvalidParameterException: PutObject call on the given bucket failed: it is answered with 403 SignatureDoesNotMatch.',
  )
  const gone = (await remote()).address.replace('/theirs/', '/nobodys/')
  const called = await opened(gone)
  expect(await called.refusal('CreateExportTask', request(called))).toBe(
    '400 InvalidParameterException: PutObject call on the given bucket failed: it is answered with 404 NoSuchBucket.',
  )
}, 30_000)

test('an address that deliveries may not go to either is refused', async () => {
  const { address } = await remote()
  const called = await opened(address, '')
  expect(await called.refusal('CreateExportTask', request(called))).toMatch(/^400 InvalidParameterException: PutObject call on the given bucket failed: .*is not a public address/)
}, 30_000)

test('a bucket that answers again soon is tried again; one that does not fails the export, and says so', async () => {
  let broken = 2
  const seen: string[] = []
  const server: Server = createServer((incoming, reply) => {
    const digest: Buffer[] = []
    incoming.on('data', (bytes: Buffer) => digest.push(bytes))
    incoming.on('end', () => {
      const answer = incoming.url!.includes('write-test') || broken-- <= 0 ? 200 : 503
      seen.push(`${incoming.method} ${answer} ${incoming.headers['content-length'] === String(Buffer.concat(digest).length)}`)
      reply.writeHead(answer).end('<Error><Code>SlowDown</Code></Error>')
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const address = `http://localhost:${(server.address() as AddressInfo).port}/archive`
  const called = await opened(address)
  expect((await exported(called, { logStreamNamePrefix: 'job' })).status).toEqual(COMPLETED)
  expect(seen).toEqual(['PUT 200 true', 'PUT 503 true', 'PUT 503 true', 'PUT 200 true'])
  broken = 100
  expect((await exported(called)).status).toEqual({ code: 'FAILED', message: 'PutObject call on the given bucket failed: it is answered with 503 SlowDown.' })
}, 30_000)

test('a folder that cannot be written to is refused with its reason', async () => {
  const file = join(temporaryFolder(), 'archive')
  writeFileSync(file, '')
  chmodSync(file, 0o600)
  const called = await opened(file)
  expect(await called.refusal('CreateExportTask', request(called))).toMatch(/^400 InvalidParameterException: The given folder cannot be written to: E(EXIST|NOTDIR)\.$/)
})

test('only the account and region of the settings export elsewhere', async () => {
  const folder = join(temporaryFolder(), 'archive')
  const called = await opened(folder)
  for (const tenant of [THEIRS, ELSEWHERE]) {
    await called.run('CreateLogGroup', { logGroupName: 'g' }, rootOf(tenant), tenant)
    expect(await called.refusal('CreateExportTask', request(called), rootOf(tenant), tenant)).toMatch(/The given bucket does not exist/)
  }
  expect(existsSync(folder)).toBe(false)
})

test('destinations are named as they say, or as the folder or bucket is', () => {
  const address = { origin: 'https://s3.example.com', bucket: 'logs', prefix: 'web/', region: 'eu-west-1', accessKeyId: 'K', secretAccessKey: 'S/+' }
  expect(parseExportDestinations(' /var/exports=archive\n/var/cold  https://K:S%2F+@s3.example.com/logs/web/?region=eu-west-1&name=far')).toEqual([
    { kind: 'folder', name: 'archive', path: '/var/exports' },
    { kind: 'folder', name: 'cold', path: '/var/cold' },
    { kind: 'bucket', name: 'far', address },
  ])
})

test.each([
  ['exports=archive', 'must be absolute paths of folders, or URLs of buckets'],
  ['/var/exports=', 'must have names as buckets have, not '],
  ['/var/Exports', 'must have names as buckets have, not Exports'],
  ['/a/logs /b/logs', 'must have a name each, not logs twice'],
  ['ftp://host/bucket', 'must be URLs that begin with https:// or http://'],
  ['https://host/bucket?group=a', 'must say nothing but region and name after the ?, not group'],
])('%s is refused', (text, message) => expect(() => parseExportDestinations(text)).toThrow(message))
