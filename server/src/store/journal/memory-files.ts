import type { JournalFile, JournalFiles } from './journal-files.ts'

/** Files in memory, for tests: a disk with an end, that can fail and can be looked at. */
export class MemoryFiles implements JournalFiles {
  readonly content = new Map<string, Buffer>()
  syncs = 0
  /** Bytes that all files together may take; a write beyond it gets as far as it can, as on a real disk. */
  room = Infinity
  /** Thrown by the next write or sync, once. */
  #nextFailure: { readonly at: 'write' | 'sync' | 'truncate'; readonly code: string } | undefined

  failNext(at: 'write' | 'sync' | 'truncate', code: string): void {
    this.#nextFailure = { at, code }
  }

  /** The same bytes on a disk of their own, as a crash at this moment would leave them. */
  copy(): MemoryFiles {
    const copy = new MemoryFiles()
    for (const [name, bytes] of this.content) copy.content.set(name, Buffer.from(bytes))
    return copy
  }

  list(): Promise<readonly string[]> {
    return Promise.resolve([...this.content.keys()])
  }

  read(name: string): Promise<Buffer> {
    return Promise.resolve(Buffer.from(this.content.get(name)!))
  }

  open(name: string): Promise<JournalFile> {
    if (!this.content.has(name)) this.content.set(name, Buffer.alloc(0))
    return Promise.resolve({
      write: async (bytes, position) => {
        await Promise.resolve()
        this.#fail('write')
        const before = this.content.get(name)!
        const others = [...this.content.values()].reduce((sum, other) => sum + other.length, 0) - before.length
        const end = Math.min(position + bytes.byteLength, this.room - others)
        const after = Buffer.alloc(Math.max(before.length, end))
        before.copy(after)
        after.set(bytes.subarray(0, Math.max(0, end - position)), position)
        this.content.set(name, after)
        if (end < position + bytes.byteLength) throw diskError('ENOSPC')
      },
      sync: async () => {
        await Promise.resolve()
        this.#fail('sync')
        this.syncs++
      },
      truncate: async length => {
        await Promise.resolve()
        this.#fail('truncate')
        this.content.set(name, Buffer.from(this.content.get(name)!.subarray(0, length)))
      },
      close: () => Promise.resolve(),
    })
  }

  remove(name: string): Promise<void> {
    this.content.delete(name)
    return Promise.resolve()
  }

  #fail(at: 'write' | 'sync' | 'truncate'): void {
    if (this.#nextFailure?.at !== at) return
    const { code } = this.#nextFailure
    this.#nextFailure = undefined
    throw diskError(code)
  }
}

const diskError = (code: string): Error => Object.assign(new Error(code), { code })
