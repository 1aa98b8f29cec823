import { createHash } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../../../test/temporary-control.ts'
import { BodyFiles } from './body-files.ts'

const files = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile()).map(({ name, parentPath }) => join(parentPath, name).slice(folder.length + 1)).toSorted()

const pieces = async function* (...texts: readonly (string | Error)[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) {
    if (text instanceof Error) throw text
    yield Buffer.from(text)
  }
}

const text = async (source: AsyncIterable<Uint8Array>): Promise<string> => (await buffer(source)).toString()

const opened = async (known: readonly string[] = [], folder = temporaryFolder(), freeBytes = 1e12) => ({
  folder,
  bodies: await BodyFiles.open({ folder, freeBytes: () => freeBytes, known: async () => new Set(known) }),
})

test('a body is written, settled, read in ranges over its parts, and removed', async () => {
  const { folder, bodies } = await opened()
  expect(await bodies.write('aa1', pieces('hel', '', 'lo '))).toBe(6)
  expect(await bodies.write('bb1', pieces('world'))).toBe(5)
  expect(files(folder)).toEqual(['incoming/aa1', 'incoming/bb1'])
  await bodies.settle(['aa1', 'none'])
  expect(files(folder)).toEqual(['aa/aa1', 'incoming/bb1'])
  const parts = [{ blob: 'aa1', size: 6 }, { blob: 'bb1', size: 5 }]
  expect(await text(await bodies.read(parts, 0, 11))).toBe('hello world')
  expect(await text(await bodies.read(parts, 4, 8))).toBe('o wo')
  expect(await text(await bodies.read(parts, 6, 6))).toBe('')
  const open = await bodies.read(parts, 0, 6)
  await bodies.remove(['aa1', 'bb1', 'none'])
  expect(files(folder)).toEqual([])
  expect(await text(open)).toBe('hello ')
  await expect(bodies.read(parts, 0, 1)).rejects.toMatchObject({ name: 'BodyGone' })
})

test('what breaks off leaves nothing, and what is empty makes nothing', async () => {
  const { folder, bodies } = await opened()
  await expect(bodies.write('aa1', pieces('some', new Error('broken off')))).rejects.toThrow('broken off')
  expect(await bodies.write('aa2', pieces())).toBe(0)
  expect(files(folder)).toEqual([])
})

test('a disk that is all but full takes no more, and says so', async () => {
  const { folder, bodies } = await opened([], temporaryFolder(), 1000)
  await expect(bodies.write('aa1', pieces('x'))).rejects.toMatchObject({ name: 'DiskFull' })
  expect(files(folder)).toEqual([])
})

test('a start keeps what is known and removes what was never acknowledged', async () => {
  const { folder, bodies } = await opened()
  await bodies.write('aa1', pieces('kept'))
  await bodies.write('aa2', pieces('gone'))
  const again = await opened(['aa1'], folder)
  expect(files(folder)).toEqual(['aa/aa1'])
  expect(await text(await again.bodies.read([{ blob: 'aa1', size: 4 }], 0, 4))).toBe('kept')
})

test('a copy lives without its original', async () => {
  const { folder, bodies } = await opened()
  const bytes = Buffer.alloc(700_000, 'abcdefg')
  await bodies.write('aa1', (async function* () { yield bytes })())
  await bodies.copy('aa1', 'bb1')
  await bodies.settle(['aa1'])
  await bodies.copy('aa1', 'cc1')
  await bodies.remove(['aa1'])
  expect(files(folder)).toEqual(['incoming/bb1', 'incoming/cc1'])
  const hash = createHash('md5')
  for await (const piece of await bodies.read([{ blob: 'cc1', size: bytes.length }], 0, bytes.length)) hash.update(piece)
  expect(hash.digest('hex')).toBe(createHash('md5').update(bytes).digest('hex'))
  await expect(bodies.copy('aa1', 'dd1')).rejects.toMatchObject({ name: 'BodyGone' })
})
