import { CreateBucketCommand, DeleteObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { gzipSync } from 'node:zlib'
import { expect, onTestFinished, test } from 'vitest'
import { systemClock } from '../../src/base/clock.ts'
import { epochMillis, millis } from '../../src/base/time.ts'
import { BrokenObject } from '../../src/jobs/drops/broken-object.ts'
import { EXPORTED } from '../../src/model/object.ts'
import { parseAllowList } from '../../src/egress/allow-list.ts'
import { Egress } from '../../src/egress/egress.ts'
import { parseExternalBuckets } from '../../src/server/config/external-buckets.ts'
import { s3Bucket } from '../../src/server/drops/s3-bucket.ts'
import { scratchTelemetry } from '../../src/store/telemetry/telemetry.test-support.ts'
import { s3Server, SECRET } from '../s3-server.ts'
import { OURS } from '../temporary-control.ts'
import { DroppedObjects } from './dropped-objects.ts'

const telemetry = await scratchTelemetry()

const remote = async ({ allow = '127.0.0.1', secret = SECRET, query = '?region=us-east-1&group=/theirs' } = {}) => {
  const server = await s3Server()
  const client = await server.client()
  await client.send(new CreateBucketCommand({ Bucket: 'theirs' }))
  const endpoint = (await client.config.endpoint!())
  const http = new Egress({ clock: systemClock, allow: parseAllowList(allow), userAgent: 'Tocsin', resolve: async () => ['127.0.0.1'] })
  onTestFinished(() => http.close())
  const address = `http://AKIA${OURS.account}:${secret}@localhost:${endpoint.port}/theirs/logs/${query}`
  const buckets = parseExternalBuckets(address).map(definition => s3Bucket(definition, http, systemClock))
  const dropped = await DroppedObjects.open(telemetry, [], buckets)
  const put = (Key: string, Body: string | Buffer, ContentType?: string) => client.send(new PutObjectCommand({ Bucket: 'theirs', Key, Body, ContentType }))
  const known = () => dropped.called.store.drops.known(OURS, `http://localhost:${endpoint.port}/theirs/logs/`)
  /** As many looks as it takes until so many objects are known. */
  const looks = async (objects: number): Promise<void> => {
    for (let look = 0; look < 200 && (await known()).length !== objects; look++) {
      await dropped.called.clock.advance(millis(30_000))
      await new Promise(resolve => setTimeout(resolve, 10))
    }
    expect((await known()).length).toBe(objects)
  }
  return { client, dropped, put, looks }
}

test('objects of a bucket elsewhere are taken once each, whatever their keys are', async () => {
  const { client, dropped, put, looks } = await remote()
  await put('logs/a b+c%é.log', 'one')
  await put('logs/2026/b.gz', gzipSync('two'))
  await put('pictures/c', 'never')
  await dropped.drops.start()
  await looks(2)
  await put('logs/d', 'three')
  await looks(3)
  expect([...(await dropped.messages('/theirs'))].sort()).toEqual(['one', 'three', 'two'])
  await dropped.restart()
  await client.send(new DeleteObjectCommand({ Bucket: 'theirs', Key: 'logs/d' }))
  await looks(2)
  expect(await dropped.messages('/theirs')).toHaveLength(3)
}, 30_000)

test('rules decide where objects of a bucket elsewhere go whose address names no group; what was exported stays there', async () => {
  const { dropped, put, looks } = await remote({ query: '' })
  const { drops } = dropped.called.store
  await drops.putRule({ tenant: OURS, bucket: 'theirs', prefix: 'logs/web/', logGroup: '/ruled' })
  await drops.putRule({ tenant: OURS, bucket: 'theirs', prefix: 'logs/pictures/', logGroup: undefined })
  await put('logs/web/a', 'one')
  await put('logs/db/b', 'two')
  await put('logs/web/exported.gz', gzipSync('never'), EXPORTED)
  await put('logs/pictures/c', 'three')
  await dropped.drops.start()
  await looks(3)
  expect(await dropped.messages('/ruled')).toEqual(['one'])
  expect(await dropped.messages('/s3/theirs/logs/db')).toEqual(['two'])
  await drops.putRule({ tenant: OURS, bucket: 'theirs', prefix: 'logs/pictures/', logGroup: '/late' })
  await dropped.drops.changed()
  await looks(4)
  expect(await dropped.messages('/late')).toEqual(['three'])
}, 30_000)

test('an object that fails holds up no other, and one that was not given out is tried again when it is released', async () => {
  let isGiven = false
  const object = (key: string) => ({ key, version: '1', size: 3, modifiedAt: epochMillis(0) })
  const dropped = await DroppedObjects.open(telemetry, [], [{
    source: 'https://host/b/', bucket: 'b', logGroup: '/elsewhere',
    async *list() {
      yield [object('away'), object('refused'), object('fine')]
    },
    async read({ key }) {
      if (key === 'away') throw new Error('reading away was answered with 500')
      if (key === 'refused' && !isGiven) throw new BrokenObject('unreadable', 'The bucket answers 403.')
      return (async function* () { yield Buffer.from(key) })()
    },
  }])
  const { drops } = dropped.called.store
  const looksUntil = async (key: string): Promise<void> => {
    while (!(await drops.known(OURS, 'https://host/b/')).some(known => known.key === key)) {
      await dropped.called.clock.advance(millis(30_000))
      await new Promise(resolve => setImmediate(resolve))
    }
  }
  await dropped.drops.start()
  await looksUntil('fine')
  expect(await dropped.trouble()).toBe('https://host/b/: reading away was answered with 500')
  const [broken] = await dropped.quarantined()
  expect(broken).toMatchObject({ key: 'refused', reason: 'unreadable' })
  isGiven = true
  await drops.release(OURS, broken!.id)
  await dropped.drops.changed()
  await looksUntil('refused')
  expect((await dropped.messages('/elsewhere')).toSorted()).toEqual(['fine', 'refused'])
}, 30_000)

test.each([
  ['a wrong secret', { secret: 'wrong' }, /listing was answered with 403 SignatureDoesNotMatch/],
  ['an address that deliveries may not go to either', { allow: '' }, /is not a public address/],
] as const)('%s is said', async (_, options, text) => {
  const { dropped } = await remote(options)
  await dropped.drops.start()
  expect(await dropped.trouble()).toMatch(text)
}, 30_000)

test.each([
  ['ftp://host/bucket', 'must be URLs that begin with https:// or http://'],
  ['https://host', 'must name a bucket in the path, as https://host/bucket'],
  ['https://host/bucket?prefix=a', 'must say nothing but region and group after the ?, not prefix'],
  ['https://host/bucket?group=a%20b', 'must name log groups by letters, digits and . - _ / #'],
])('%s is refused', (address, message) => expect(() => parseExternalBuckets(address)).toThrow(message))
