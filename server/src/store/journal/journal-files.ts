import { constants } from 'node:fs'
import { mkdir, open, readdir, readFile, unlink } from 'node:fs/promises'
import { join } from 'node:path'

/** The few things that the journal does with files; tests put a failing disk behind it. */
export interface JournalFiles {
  /** Names of all files in the journal's folder, in any order. */
  list(): Promise<readonly string[]>
  read(name: string): Promise<Buffer>
  /** Opens for writing; creates the file when it is not there. */
  open(name: string): Promise<JournalFile>
  remove(name: string): Promise<void>
}

export interface JournalFile {
  /** Writes all of `bytes` at `position`, or throws; then any part of it may have been written. */
  write(bytes: Uint8Array, position: number): Promise<void>
  /** Resolves when everything written before has reached the disk. */
  sync(): Promise<void>
  truncate(length: number): Promise<void>
  close(): Promise<void>
}

/** Files in a folder of the machine, which is created when it is not there. */
export const folderFiles = async (folder: string): Promise<JournalFiles> => {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const syncFolder = async (): Promise<void> => {
    const handle = await open(folder, constants.O_RDONLY)
    try {
      await handle.sync()
    } finally {
      await handle.close()
    }
  }
  return {
    list: () => readdir(folder),
    read: name => readFile(join(folder, name)),
    async open(name) {
      const handle = await open(join(folder, name), constants.O_RDWR | constants.O_CREAT, 0o600)
      // A new name must survive a power cut as well as what will be written under it.
      await syncFolder()
      return {
        async write(bytes, position) {
          for (let written = 0; written < bytes.byteLength; ) {
            written += (await handle.write(bytes, written, bytes.byteLength - written, position + written)).bytesWritten
          }
        },
        sync: () => handle.datasync(),
        truncate: length => handle.truncate(length),
        close: () => handle.close(),
      }
    },
    async remove(name) {
      await unlink(join(folder, name))
      // Segments must vanish oldest first: a newer one that went before would take its block markers along.
      await syncFolder()
    },
  }
}
