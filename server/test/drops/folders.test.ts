import { appendFileSync, chmodSync, mkdirSync, readdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { millis } from '../../src/base/time.ts'
import { scratchTelemetry } from '../../src/store/telemetry/telemetry.test-support.ts'
import { OURS, temporaryFolder } from '../temporary-control.ts'
import { DroppedObjects } from './dropped-objects.ts'

const telemetry = await scratchTelemetry()

const DEFAULT = 'default'

const watched = async (logGroup = '/g') => {
  const folder = temporaryFolder()
  const dropped = await DroppedObjects.open(telemetry, [{ path: folder, logGroup: logGroup === DEFAULT ? undefined : logGroup }])
  await dropped.drops.start()
  const known = () => dropped.called.store.drops.known(OURS, folder)
  return { folder, dropped, known }
}

/** As many looks as it takes until so many files are known. */
const looks = async ({ dropped, known }: Awaited<ReturnType<typeof watched>>, files: number): Promise<void> => {
  for (let look = 0; look < 200 && (await known()).length !== files; look++) {
    await dropped.called.clock.advance(millis(2_000))
    await new Promise(resolve => setTimeout(resolve, 5))
  }
  expect((await known()).length).toBe(files)
}

test('files become streams, also in folders and packed; what is unfinished, hidden or a link does not', async () => {
  const all = await watched()
  const { folder, dropped } = all
  mkdirSync(join(folder, 'sub'))
  writeFileSync(join(folder, 'a.log'), 'one\ntwo\n')
  writeFileSync(join(folder, 'sub/b.gz'), gzipSync('three'))
  for (const name of ['.hidden', 'c.tmp', 'd.part', 'empty']) writeFileSync(join(folder, name), name === 'empty' ? '' : 'never')
  symlinkSync('/etc/hostname', join(folder, 'link'))
  await looks(all, 2)
  expect(await dropped.messages('/g')).toEqual(['one', 'two', 'three'])
  const { logStreams } = await dropped.called.run<{ logStreams: readonly { logStreamName: string }[] }>('DescribeLogStreams', { logGroupName: '/g' })
  expect(logStreams.map(({ logStreamName }) => logStreamName)).toEqual(['a.log', 'sub/b.gz'])
  renameSync(join(folder, 'c.tmp'), join(folder, 'c.log'))
  await looks(all, 3)
  expect(await dropped.messages('/g')).toContain('never')
})

test('what was taken is not taken again after a restart, and forgotten once the file is gone', async () => {
  const all = await watched(DEFAULT)
  const { folder, dropped } = all
  writeFileSync(join(folder, 'a.log'), 'one')
  await looks(all, 1)
  await dropped.restart()
  writeFileSync(join(folder, 'b.log'), 'two')
  await looks(all, 2)
  expect([...(await dropped.messages(`/drops/${basename(folder)}`))].sort()).toEqual(['one', 'two'])
  rmSync(join(folder, 'a.log'))
  await looks(all, 1)
})

test('a file that changes later is another version', async () => {
  const all = await watched()
  const { folder, dropped, known } = all
  writeFileSync(join(folder, 'a.log'), 'one')
  await looks(all, 1)
  const [first] = await known()
  appendFileSync(join(folder, 'a.log'), '\ntwo')
  for (let look = 0; look < 100 && (await known())[0]?.version === first!.version; look++) {
    await dropped.called.clock.advance(millis(2_000))
    await new Promise(resolve => setTimeout(resolve, 5))
  }
  expect(await dropped.messages('/g')).toEqual(['one', 'one', 'two'])
})

test('a file that is renamed is the same, and another that takes its name is not', async () => {
  const all = await watched()
  const { folder, dropped, known } = all
  writeFileSync(join(folder, 'a.log'), 'one')
  await looks(all, 1)
  const [{ version } = { version: '' }] = await known()
  renameSync(join(folder, 'a.log'), join(folder, 'a.log.1'))
  writeFileSync(join(folder, 'a.log'), 'three')
  await looks(all, 2)
  await dropped.restart()
  writeFileSync(join(folder, 'b.log'), 'four')
  await looks(all, 3)
  renameSync(join(folder, 'a.log.1'), join(folder, 'a.log.2'))
  writeFileSync(join(folder, 'c.log'), 'five')
  const names = async () => (await known()).map(({ key }) => key).toSorted().join(' ')
  for (let look = 0; look < 200 && (await names()) !== 'a.log a.log.2 b.log c.log'; look++) {
    await dropped.called.clock.advance(millis(2_000))
    await new Promise(resolve => setTimeout(resolve, 5))
  }
  expect((await known()).find(({ key }) => key === 'a.log.2')?.version).toBe(version)
  expect([...(await dropped.messages('/g'))].sort()).toEqual(['five', 'four', 'one', 'three'])
})

test('a file that breaks is put aside, and a folder that is gone is said', async () => {
  const all = await watched()
  const { folder, dropped } = all
  writeFileSync(join(folder, 'a.gz'), gzipSync('some text').subarray(0, 12))
  writeFileSync(join(folder, 'b.log'), 'fine')
  await looks(all, 2)
  expect(await dropped.quarantined()).toMatchObject([{ source: folder, key: 'a.gz', reason: 'gzip' }])
  expect(await dropped.messages('/g')).toEqual(['fine'])
  expect(readdirSync(folder)).toEqual(['a.gz', 'b.log'])
  chmodSync(folder, 0o700)
  rmSync(folder, { recursive: true })
  const trouble = dropped.trouble()
  await dropped.called.clock.advance(millis(2_000))
  expect(await trouble).toContain('ENOENT')
})
