import { constants } from 'node:fs'
import { copyFile, link, mkdir, open, readdir, rename, unlink, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import type { ObjectPart } from '../../model/object.ts'
import { BodyReader, type Piece } from './body-reader.ts'

/** No room for objects; what was begun is gone. The name is what callers tell it by. */
class ObjectsFull extends Error {
  override readonly name = 'DiskFull'
}

interface Options {
  readonly folder: string
  /** Room left on the disk, in bytes. */
  readonly freeBytes: () => number
}

/** Left for whatever else is on this disk: the other stores must go on when objects have filled it. */
const RESERVE = 256 * 1024 * 1024
/** Bytes between two looks at the room that is left. */
const LOOK_EVERY = 16 * 1024 * 1024

/**
 * Bytes of objects, each body a file of its own that is never changed. A body is written to `incoming/`, reaches the disk, and is
 * known to the control store, in this order; then it moves to its place, `<first two characters>/<blob>`. So whatever is in
 * `incoming/` and known to nobody was never acknowledged, and goes at the next start.
 */
export class BodyFiles {
  readonly #folder: string
  readonly #incoming: string
  readonly #freeBytes: () => number

  private constructor({ folder, freeBytes }: Options) {
    this.#folder = folder
    this.#incoming = join(folder, 'incoming')
    this.#freeBytes = freeBytes
  }

  /** `known`: those of the given blobs that the control store knows of. */
  static async open(
    { known, ...options }: Options & { readonly known: (blobs: readonly string[]) => Promise<ReadonlySet<string>> },
  ): Promise<BodyFiles> {
    const files = new BodyFiles(options)
    await mkdir(files.#incoming, { recursive: true, mode: 0o700 })
    const left = await readdir(files.#incoming)
    const kept = await known(left)
    await files.settle(left.filter(blob => kept.has(blob)))
    await files.remove(left.filter(blob => !kept.has(blob)))
    return files
  }

  /**
   * Writes a body; it is on the disk when this resolves. Answers its length. When the source fails, or the disk, no file is left;
   * a full disk is {@link ObjectsFull}. An empty body makes no file.
   */
  async write(blob: string, source: AsyncIterable<Uint8Array>): Promise<number> {
    let file: FileHandle | undefined
    let size = 0
    let looked = 0
    try {
      for await (const bytes of source) {
        if (bytes.length === 0) continue
        if (file === undefined || size - looked >= LOOK_EVERY) {
          this.#requireRoom()
          looked = size
        }
        file ??= await open(join(this.#incoming, blob), constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, 0o600)
        await writeAll(file, bytes)
        size += bytes.length
      }
      if (file === undefined) return 0
      await file.sync()
      await file.close()
    } catch (error) {
      await file?.close().catch(ignoreClosed)
      if (file !== undefined) await this.remove([blob])
      throw isFull(error) ? new ObjectsFull(String(error), { cause: error }) : error
    }
    await syncFolder(this.#incoming)
    return size
  }

  /** Another name for the same bytes, which are as durable; a copy where the disk knows no second names. */
  async copy(from: string, to: string): Promise<void> {
    this.#requireRoom()
    const target = join(this.#incoming, to)
    for (const source of [this.#place(from), join(this.#incoming, from), this.#place(from)]) {
      try {
        await link(source, target)
        return await syncFolder(this.#incoming)
      } catch (error) {
        if (codeOf(error) === 'ENOENT') continue
        if (!['EPERM', 'EMLINK', 'ENOTSUP', 'EXDEV', 'EOPNOTSUPP'].includes(codeOf(error) ?? '')) throw error
        await copyFile(source, target, constants.COPYFILE_EXCL)
        const file = await open(target, constants.O_RDONLY)
        await file.sync()
        await file.close()
        return await syncFolder(this.#incoming)
      }
    }
    throw new BodyGone(from)
  }

  /** They are known now: moves them to their places. */
  async settle(blobs: readonly string[]): Promise<void> {
    for (const blob of blobs) {
      await mkdir(join(this.#folder, blob.slice(0, 2)), { recursive: true, mode: 0o700 })
      await rename(join(this.#incoming, blob), this.#place(blob)).catch(ignoreAbsent)
    }
  }

  /** What is not there needs no removing. */
  async remove(blobs: readonly string[]): Promise<void> {
    for (const blob of blobs) {
      // In this order: a file that is moving is met in one of the two.
      await unlink(join(this.#incoming, blob)).catch(ignoreAbsent)
      await unlink(this.#place(blob)).catch(ignoreAbsent)
    }
  }

  /**
   * The bytes from `from` up to `to`, exclusive. Resolves once the first file is open, and throws {@link BodyGone} when it is not
   * there any more; a file that is open can be read to its end, whatever becomes of the object.
   */
  async read(parts: readonly ObjectPart[], from: number, to: number): Promise<AsyncIterable<Uint8Array>> {
    const pieces: Piece[] = []
    let at = 0
    for (const { blob, size } of parts) {
      const [start, end] = [Math.max(0, from - at), Math.min(size, to - at)]
      if (start < end) pieces.push({ blob, start, end })
      at += size
    }
    const [first, ...others] = pieces
    return new BodyReader(first && { ...first, file: await this.#open(first.blob) }, others, blob => this.#open(blob))
  }

  async #open(blob: string): Promise<FileHandle> {
    for (const path of [this.#place(blob), join(this.#incoming, blob), this.#place(blob)]) {
      try {
        return await open(path, constants.O_RDONLY)
      } catch (error) {
        if (codeOf(error) !== 'ENOENT') throw error
      }
    }
    throw new BodyGone(blob)
  }

  #place(blob: string): string {
    return join(this.#folder, blob.slice(0, 2), blob)
  }

  #requireRoom(): void {
    if (this.#freeBytes() < RESERVE) throw new ObjectsFull(`less than ${RESERVE} bytes are left for objects`)
  }
}

/** The object was deleted or overwritten since it was looked up. */
class BodyGone extends Error {
  override readonly name = 'BodyGone'
}

const writeAll = async (file: FileHandle, bytes: Uint8Array): Promise<void> => {
  for (let written = 0; written < bytes.byteLength; ) {
    written += (await file.write(bytes, written, bytes.byteLength - written)).bytesWritten
  }
}

const syncFolder = async (path: string): Promise<void> => {
  const handle = await open(path, constants.O_RDONLY)
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

const codeOf = (error: unknown): string | undefined => (error as NodeJS.ErrnoException).code

const isFull = (error: unknown): boolean => ['ENOSPC', 'EDQUOT', 'EIO', 'EROFS'].includes(codeOf(error) ?? '')

const ignoreAbsent = (error: unknown): void => {
  if (codeOf(error) !== 'ENOENT') throw error
}

/** Closing a file a second time, after its first closing failed. */
const ignoreClosed = (error: unknown): void => {
  if (codeOf(error) !== 'EBADF') throw error
}
