import { hash } from 'node:crypto'
import { mkdir, open, rename, unlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { ExportFailed } from '../../jobs/log-exports/export-failed.ts'
import type { ExportPlace } from './export-place.ts'

/** What a folder's entry may be called on any usual disk, in bytes. */
const LONGEST = 255

/** A folder that is exported into: keys become files in folders. */
export const exportedFolder = (folder: string): ExportPlace => ({
  async write(key, source) {
    const path = join(folder, ...key.split('/').map(entryName))
    // A folder that is read as drops leaves unfinished files alone.
    const unfinished = join(dirname(path), `${digestOf(path)}.part`)
    await written(async () => {
      await mkdir(dirname(path), { recursive: true })
    })
    const file = await written(() => open(unfinished, 'w'))
    try {
      try {
        for await (const bytes of source) await written(() => file.writeFile(bytes))
        await written(() => file.sync())
      } finally {
        await file.close()
      }
      await written(() => rename(unfinished, path))
    } catch (error) {
      await unlink(unfinished).catch(() => undefined)
      throw error
    }
  },
})

/** The part of a key between two slashes. What is no name, or a way out of the folder, becomes one that no other part becomes. */
const entryName = (part: string): string => {
  if (!/^\.{0,2}$/.test(part) && !part.includes('\0') && Buffer.byteLength(part) <= LONGEST) return part
  const kept = part.replaceAll(/^\.+|\0/g, '')
  // A character has three bytes at most for each of its units.
  return `${kept.slice(0, Math.floor((LONGEST - 17) / 3)).toWellFormed()}~${digestOf(part)}`
}

const digestOf = (text: string): string => hash('sha256', text, 'hex').slice(0, 16)

/** Says in the export's own words what the disk says. */
const written = async <Value>(task: () => Promise<Value>): Promise<Value> => {
  try {
    return await task()
  } catch (error) {
    throw new ExportFailed(`The given folder cannot be written to: ${(error as NodeJS.ErrnoException).code ?? String(error)}.`)
  }
}
