import { expect, test } from 'vitest'
import { epochMillis } from '../../base/time.ts'
import { accountId } from '../../base/tenancy.ts'
import type { Bucket, StoredObject } from '../../model/object.ts'
import { ELSEWHERE, OURS, START, THEIRS, temporaryControl } from '../../../test/temporary-control.ts'

const NOTHING_SET = { createdAt: START, documents: {}, expiry: [] }

const house = async (name = 'logs') => {
  const { store } = temporaryControl()
  await store.buckets.create(OURS, { name, ...NOTHING_SET })
  const bucket = (await store.buckets.get(OURS.account, name)) as Bucket
  return { ...store, bucket }
}

let versions = 0
const object = (key: string, more: Partial<StoredObject> = {}): StoredObject => {
  const version = `v${++versions}`
  return { key, version, size: 3, etag: 'e', modifiedAt: START, attributes: {}, parts: [{ blob: version, size: 3 }], ...more }
}

test('a bucket is an account\'s own', async () => {
  const { buckets, bucket } = await house()
  expect(await buckets.create(ELSEWHERE, { name: 'logs', ...NOTHING_SET })).toBe(false)
  expect(await buckets.create(THEIRS, { name: 'logs', ...NOTHING_SET })).toBe(true)
  expect(await buckets.list(OURS.account)).toEqual([bucket])
  expect((await buckets.get(THEIRS.account, 'logs'))?.id).not.toBe(bucket.id)
  expect(await buckets.get(accountId('333333333333'), 'logs')).toBeUndefined()
})

test('keys are listed in the order of their UTF-8 bytes', async () => {
  const { objects, bucket } = await house()
  // In UTF-16 the emoji, a pair of surrogates, would stand before U+FF5E.
  const keys = ['a', 'a/b', 'aé', 'b', '\uFF5E', '😀']
  for (const key of keys.toReversed()) await objects.put(bucket, object(key))
  expect((await objects.page(bucket.id, { key: '', inclusive: true }, 10)).map(({ key }) => key)).toEqual(keys)
  expect((await objects.page(bucket.id, { key: 'a/b', inclusive: false }, 2)).map(({ key }) => key)).toEqual(['aé', 'b'])
})

test('every version is told of once, in order, and kept for those who follow', async () => {
  const { objects, objectFeed, objectGarbage, bucket } = await house()
  const told: number[] = []
  objectFeed.onAdded(id => told.push(id))
  const [first, second, third] = [object('k'), object('k'), object('other')]
  for (const version of [first, second, third]) await objects.put(bucket, version)
  const entries = await objectFeed.after(0, 10)
  expect(entries.map(({ version }) => version)).toEqual([first.version, second.version, third.version])
  expect(entries.map(({ id }) => id)).toEqual(told)
  expect(entries[0]).toMatchObject({ tenant: OURS, bucket: 'logs', key: 'k', size: 3, etag: 'e', parts: first.parts })
  // Nobody follows: what was overwritten may go.
  expect(await objectGarbage.due(10)).toEqual([first.version])
  expect(await objectFeed.follow('drops')).toBe(0)
  await objects.delete(bucket.id, [{ key: 'other' }])
  expect(await objectGarbage.due(10)).toEqual([])
  await objectFeed.passed('drops', entries[1]!.id)
  expect(await objectGarbage.due(10)).toEqual([first.version])
  expect(await objectFeed.prune(0, 10)).toBe(2)
  await objectFeed.passed('drops', entries[2]!.id)
  await objectFeed.passed('drops', entries[0]!.id)
  expect(await objectFeed.follow('drops')).toBe(entries[2]!.id)
  expect(await objectGarbage.due(10)).toEqual([first.version, third.version])
  await objectGarbage.forget([first.version])
  expect(await objectGarbage.known([first.version, second.version, `${second.version}-1`, third.version, 'x'])).toEqual(
    new Set([second.version, `${second.version}-1`, third.version]),
  )
})

test('conditions decide in the very transaction', async () => {
  const { objects, objectFeed, buckets, bucket } = await house()
  expect(await objects.put(bucket, object('k'), { kind: 'etag', etag: '*' })).toBe('missing')
  expect(await objects.put(bucket, object('k', { etag: 'one' }), { kind: 'absent' })).toBe('written')
  expect(await objects.put(bucket, object('k'), { kind: 'absent' })).toBe('exists')
  expect(await objects.put(bucket, object('k'), { kind: 'etag', etag: 'two' })).toBe('differs')
  expect(await objects.put(bucket, object('k', { etag: 'two' }), { kind: 'etag', etag: 'one' })).toBe('written')
  expect(await objects.delete(bucket.id, [{ key: 'k', etag: 'one' }, { key: 'none' }])).toEqual([{ key: 'k', why: 'differs' }, { key: 'none', why: 'missing' }])
  expect(await buckets.delete(bucket.id)).toBe('not-empty')
  expect(await objects.delete(bucket.id, [{ key: 'k', etag: '*' }])).toEqual([])
  expect(await buckets.delete(bucket.id)).toBe('deleted')
  expect(await objects.put(bucket, object('k'))).toBe('gone')
  expect(await objectFeed.after(0, 10)).toHaveLength(2)
})

test('an upload becomes an object once, and its other parts go', async () => {
  const { uploads, objects, objectGarbage, objectFeed, bucket } = await house()
  const upload = { id: 'u1', key: 'k', startedAt: START, attributes: { contentType: 'text/plain' }, checksum: undefined }
  await uploads.start(bucket.id, upload)
  expect(await uploads.get(bucket.id, 'k', 'u1')).toEqual(upload)
  expect(await uploads.get(bucket.id, 'other', 'u1')).toBeUndefined()
  const part = (number: number, blob: string) => ({ number, blob, size: 5, etag: 'p', modifiedAt: START, checksum: undefined })
  for (const [number, blob] of [[1, 'a'], [2, 'b'], [1, 'c'], [3, 'd']] as const) expect(await uploads.putPart('u1', part(number, blob))).toBe(true)
  expect(await uploads.parts('u1', 1, 10)).toEqual([part(2, 'b'), part(3, 'd')])
  const made = object('k', { parts: [{ blob: 'c', size: 5 }, { blob: 'b', size: 5 }] })
  expect(await uploads.complete(bucket, 'u1', made)).toBe('written')
  expect(await uploads.complete(bucket, 'u1', made)).toBe('ended')
  expect(await uploads.putPart('u1', part(4, 'e'))).toBe(false)
  expect((await objects.get(bucket.id, 'k'))?.parts).toEqual(made.parts)
  expect(new Set(await objectGarbage.due(10))).toEqual(new Set(['a', 'd']))
  expect(await objectFeed.after(0, 10)).toHaveLength(1)
})

test('age, prefix and size say what expires', async () => {
  const { objects, uploads, bucket } = await house()
  const old = epochMillis(START - 10)
  for (const key of ['logs/a', 'logs/b', 'log%_', 'other']) await objects.put(bucket, object(key, { modifiedAt: key === 'logs/b' ? START : old, size: key.length }))
  expect(await objects.expire(bucket.id, { prefix: 'logs/', largerThan: 6 }, old, 10)).toBe(0)
  expect(await objects.expire(bucket.id, { prefix: 'logs/', largerThan: 5, smallerThan: 7 }, old, 10)).toBe(1)
  expect(await objects.expire(bucket.id, { prefix: '' }, old, 1)).toBe(1)
  expect((await objects.page(bucket.id, { key: '', inclusive: true }, 10)).map(({ key }) => key)).toEqual(['logs/b', 'other'])
  await uploads.start(bucket.id, { id: 'u', key: 'logs/x', startedAt: old, attributes: {}, checksum: undefined })
  expect(await uploads.expire(bucket.id, 'other', START, 10)).toBe(0)
  expect(await uploads.expire(bucket.id, 'logs/', START, 10)).toBe(1)
})
