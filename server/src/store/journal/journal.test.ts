import { describe, expect, test } from 'vitest'
import { seededEntropy } from '../../base/entropy.ts'
import { silentLog, type Log } from '../../base/log.ts'
import { Journal, type JournalOptions } from './journal.ts'
import { MemoryFiles } from './memory-files.ts'

const DATA = 1
const NOTE = 129

const openOn = (files: MemoryFiles, options: Partial<JournalOptions> = {}): Promise<Journal> =>
  Journal.open({ files, entropy: seededEntropy(files.content.size + 1), log: silentLog, ...options })

const textsOf = async (journal: Journal): Promise<string[]> => {
  const texts: string[] = []
  for await (const { body } of journal.records()) texts.push(body.toString())
  return texts
}

const append = (journal: Journal, text: string, kind = DATA): Promise<number> => journal.append(kind, [Buffer.from(text)])

/** A log that keeps what it was told. */
const listening = (): { log: Log; told: string[] } => {
  const told: string[] = []
  return { told, log: { info: () => undefined, warn: (_, text) => void told.push(text), error: (_, text) => void told.push(text) } }
}

describe('Journal', () => {
  test('gives back what was appended, in order, over restarts', async () => {
    const files = new MemoryFiles()
    const first = await openOn(files)
    expect(await append(first, 'one')).toBe(1)
    expect(await first.append(DATA, [Buffer.from('t'), Buffer.from('wo')])).toBe(2)
    await first.close()
    const second = await openOn(files)
    expect(await textsOf(second)).toEqual(['one', 'two'])
    expect(await append(second, 'three')).toBe(3)
    await second.close()
    expect(await textsOf(await openOn(files))).toEqual(['one', 'two', 'three'])
  })

  test('appends that come while a sync runs share the next one', async () => {
    const files = new MemoryFiles()
    const journal = await openOn(files)
    await append(journal, 'first')
    const before = files.syncs
    const sequences = await Promise.all(Array.from({ length: 100 }, (_, number) => append(journal, `r${number}`)))
    expect(sequences).toEqual(Array.from({ length: 100 }, (_, number) => number + 2))
    expect(files.syncs - before).toBeLessThanOrEqual(2)
  })

  test('a tail torn at any byte is cut off, and nothing whole is lost', async () => {
    const files = new MemoryFiles()
    const journal = await openOn(files)
    const ends: number[] = []
    for (const text of ['alpha', '', 'a longer third record', 'delta']) {
      await append(journal, text)
      ends.push(files.content.get('0000000001.journal')!.length)
    }
    await journal.close()
    const whole = files.content.get('0000000001.journal')!
    for (let length = 0; length <= whole.length; length++) {
      const torn = new MemoryFiles()
      torn.content.set('0000000001.journal', Buffer.from(whole.subarray(0, length)))
      const reopened = await openOn(torn)
      const kept = ends.filter(end => end <= length).length
      expect(await textsOf(reopened)).toEqual(['alpha', '', 'a longer third record', 'delta'].slice(0, kept))
      expect(await append(reopened, 'after')).toBe(kept + 1)
      await reopened.close()
      expect((await textsOf(await openOn(torn))).at(-1)).toBe('after')
    }
  })

  test('a flipped bit anywhere costs at most the record that it is in, and is reported', async () => {
    const texts = ['alpha', 'beta', 'gamma', 'delta']
    const files = new MemoryFiles()
    const journal = await openOn(files)
    for (const text of texts) await append(journal, text)
    await journal.close()
    const whole = files.content.get('0000000001.journal')!
    for (let at = 0; at < whole.length; at++) {
      const damaged = files.copy()
      damaged.content.get('0000000001.journal')![at]! ^= 1 << (at % 8)
      const { log, told } = listening()
      const survived = await textsOf(await openOn(damaged, { log }))
      const header = at < 48
      expect(survived).toEqual(header ? [] : texts.filter((_, index) => survived.includes(texts[index]!)))
      if (!header) expect(survived.length).toBe(3)
      expect(told.length).toBe(1)
    }
  })

  test('bytes that a client sent never become a record, even when the record around them is damaged', async () => {
    const files = new MemoryFiles()
    const victim = await openOn(files)
    await append(victim, 'forged')
    await victim.close()
    // The very bytes of a record of the same journal's older segment, inside the body of a new one.
    const forged = Buffer.from(files.content.get('0000000001.journal')!.subarray(48))
    const journal = await openOn(files)
    await journal.append(DATA, [Buffer.from('before'), forged, Buffer.from('after')])
    await append(journal, 'next')
    await journal.close()
    files.content.get('0000000002.journal')![48 + 33]! ^= 1
    expect(await textsOf(await openOn(files))).toEqual(['forged', 'next'])
  })

  test.each(['ENOSPC', 'EDQUOT', 'EIO'] as const)('%s: the append fails and leaves no trace; the next works', async code => {
    for (const at of ['write', 'sync'] as const) {
      const files = new MemoryFiles()
      const journal = await openOn(files)
      await append(journal, 'kept')
      files.failNext(at, code)
      await expect(append(journal, 'refused')).rejects.toMatchObject({ name: 'DiskFull' })
      expect(await append(journal, 'kept too')).toBe(2)
      await journal.close()
      expect(await textsOf(await openOn(files))).toEqual(['kept', 'kept too'])
    }
  })

  test('a disk that is full for a while: refused meanwhile, then working again without a restart', async () => {
    const files = new MemoryFiles()
    const journal = await openOn(files)
    await append(journal, 'kept')
    files.room = files.content.get('0000000001.journal')!.length + 10
    await expect(append(journal, 'does not fit any more')).rejects.toMatchObject({ name: 'DiskFull' })
    await expect(append(journal, 'neither does this one')).rejects.toMatchObject({ name: 'DiskFull' })
    expect(await textsOf(await openOn(files.copy()))).toEqual(['kept'])
    files.room = Infinity
    await append(journal, 'fits again')
    expect(await textsOf(await openOn(files.copy()))).toEqual(['kept', 'fits again'])
  })

  test('a disk that cannot even be cut back refuses until it can', async () => {
    const files = new MemoryFiles()
    const journal = await openOn(files)
    await append(journal, 'kept')
    files.failNext('sync', 'EIO')
    await expect(append(journal, 'refused')).rejects.toMatchObject({ name: 'DiskFull' })
    files.failNext('truncate', 'EIO')
    await expect(append(journal, 'refused too')).rejects.toMatchObject({ name: 'DiskFull' })
    await append(journal, 'works')
    expect(await textsOf(await openOn(files.copy()))).toEqual(['kept', 'works'])
  })

  test('a new segment that the disk has no room for is made later', async () => {
    const files = new MemoryFiles()
    files.room = 20
    const journal = await openOn(files)
    await expect(append(journal, 'refused')).rejects.toMatchObject({ name: 'DiskFull' })
    files.room = Infinity
    expect(await append(journal, 'first')).toBe(1)
    expect(await textsOf(await openOn(files.copy()))).toEqual(['first'])
  })

  test('refuses data beyond its bound, but takes notes', async () => {
    const journal = await openOn(new MemoryFiles(), { maxBytes: 200 })
    await append(journal, 'x'.repeat(100))
    await expect(append(journal, 'x'.repeat(100))).rejects.toMatchObject({ name: 'JournalFull' })
    await append(journal, 'x'.repeat(100), NOTE)
  })

  test('deletes released segments, oldest first, and never the one in use', async () => {
    const files = new MemoryFiles()
    const journal = await openOn(files, { segmentBytes: 64 })
    const [first, second, third] = [await append(journal, 'a'), await append(journal, 'b'), await append(journal, 'c')]
    const names = (): string[] => [...files.content.keys()].sort()
    expect(names()).toHaveLength(3)
    await journal.release(DATA, first!)
    expect(names()).toEqual(['0000000002.journal', '0000000003.journal'])
    await journal.release(DATA, third!)
    expect(names()).toEqual(['0000000003.journal'])
    expect(second).toBe(2)
    expect(await append(journal, 'd')).toBe(4)
  })

  test('keeps a segment while any kind of data in it is needed, and counts on after all is gone', async () => {
    const files = new MemoryFiles()
    const journal = await openOn(files, { segmentBytes: 1 })
    await append(journal, 'metric', 1)
    await append(journal, 'log', 2)
    await append(journal, 'note', NOTE)
    await journal.release(1, 1)
    expect(files.content.size).toBe(2)
    await journal.release(2, 2)
    await journal.close()
    const again = await openOn(files)
    await again.release(1, 1)
    expect(files.content.size).toBe(0)
    expect(await append(again, 'next')).toBe(4)
  })
})
