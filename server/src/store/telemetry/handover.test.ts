import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { memoryFolder } from './engine/spool-folder.ts'
import { Handover } from './handover.ts'
import { removeScratch, scratchFolder } from './telemetry.test-support.ts'

const scratch = scratchFolder()
const spool = join(scratch, 'spool')
const folder = memoryFolder(spool, scratch)
afterAll(() => removeScratch(scratch))

describe('handing an insert over', () => {
  test('puts its pieces into one file, and removes it whatever comes of it', async () => {
    mkdirSync(folder, { recursive: true })
    const handover = new Handover(spool, scratch)
    const read = (name: string | undefined): Promise<string> => Promise.resolve(readFileSync(join(folder, name!), 'latin1'))
    expect(await handover.with([Buffer.from('one '), Buffer.from('block')], read)).toBe('one block')
    await expect(handover.with([Buffer.from('x')], () => Promise.reject(new Error('refused')))).rejects.toThrow('refused')
    expect(readdirSync(folder)).toEqual([])
  })

  test('leaves it to the socket where the engine has no folder in shared memory', async () => {
    rmSync(folder, { recursive: true, force: true })
    expect(await new Handover(spool, scratch).with([Buffer.from('x')], name => Promise.resolve(name))).toBeUndefined()
  })
})
