import type { Entropy } from '../../base/entropy.ts'
import type { Log } from '../../base/log.ts'
import { DiskFullError, JournalError, JournalFullError } from './journal-error.ts'
import type { JournalFile, JournalFiles } from './journal-files.ts'
import { readSegment } from './read-segment.ts'
import {
  holdsData, MAX_RECORD_BYTES, RECORD_HEADER_BYTES, type RecordKind, SALT_BYTES, SEGMENT_HEADER_BYTES, type JournalRecord,
  sealRecord, type Segment, segmentHeader,
} from './record.ts'

export interface JournalOptions {
  readonly files: JournalFiles
  readonly entropy: Entropy
  readonly log: Log
  /** All segments together; appends beyond it are refused. */
  readonly maxBytes?: number
  /** A segment is closed once it is larger. */
  readonly segmentBytes?: number
}

const MAX_BYTES = 4 * 1024 ** 3
const SEGMENT_BYTES = 32 * 1024 ** 2
/** One write and one sync take at most this much, so that a burst cannot ask for one huge buffer. */
const GROUP_BYTES = 8 * 1024 ** 2
const SUFFIX = '.journal'

/** A segment as the journal keeps it in mind. */
interface KnownSegment {
  readonly name: string
  size: number
  /** Highest sequence of each kind of data in it. */
  readonly last: Map<RecordKind, number>
}

interface Waiting {
  readonly kind: RecordKind
  readonly parts: readonly Uint8Array[]
  readonly length: number
  readonly resolve: (sequence: number) => void
  readonly reject: (error: JournalError) => void
}

/**
 * The write-ahead log: records in append-only segments, each with its checksum and sequence number. An append resolves
 * once the record is on the disk; all appends that come while a sync is running share the next one (group commit).
 * Records that were released are deleted by whole segments, oldest first.
 */
export class Journal {
  readonly #files: JournalFiles
  readonly #entropy: Entropy
  readonly #log: Log
  readonly #maxBytes: number
  readonly #segmentBytes: number
  /** Oldest first; the last one is written to while `#file` is open. */
  readonly #segments: KnownSegment[] = []
  readonly #released = new Map<RecordKind, number>()
  #segment: Segment | undefined
  #file: JournalFile | undefined
  #number = 0
  #next = 1
  #bytes = 0
  #waiting: Waiting[] = []
  #waitingBytes = 0
  #writing: Promise<void> | undefined
  #deleting: Promise<void> = Promise.resolve()
  /** After a failed write the file may hold half a record: it is cut before anything else is written. */
  #unsound = false
  #closed = false
  #scratch = Buffer.alloc(0)

  private constructor(options: JournalOptions) {
    this.#files = options.files
    this.#entropy = options.entropy
    this.#log = options.log
    this.#maxBytes = options.maxBytes ?? MAX_BYTES
    this.#segmentBytes = options.segmentBytes ?? SEGMENT_BYTES
  }

  /** Reads what is there, cuts a torn tail off, and reports damage; new records go to a new segment. */
  static async open(options: JournalOptions): Promise<Journal> {
    const journal = new Journal(options)
    await journal.#recover()
    return journal
  }

  /** Bytes that all segments take. */
  get size(): number {
    return this.#bytes
  }

  /**
   * Appends a record whose body is `parts` one after the other, and answers its sequence number once it is on the disk.
   * Appends resolve in the order of their sequence numbers. Throws {@link JournalFullError} or {@link DiskFullError}.
   */
  append(kind: RecordKind, parts: readonly Uint8Array[]): Promise<number> {
    let length = 0
    for (const part of parts) length += part.byteLength
    if (this.#closed) return Promise.reject(new JournalError('the journal is closed'))
    if (length > MAX_RECORD_BYTES) return Promise.reject(new JournalError(`a record of ${length} bytes is too long`))
    // Notes must get through: they are what frees the journal.
    if (holdsData(kind) && this.#bytes + this.#waitingBytes + length > this.#maxBytes) {
      return Promise.reject(new JournalFullError(`the journal holds its ${this.#maxBytes} bytes`))
    }
    this.#waitingBytes += RECORD_HEADER_BYTES + length
    const appended = new Promise<number>((resolve, reject) => {
      this.#waiting.push({ kind, parts, length, resolve, reject })
    })
    this.#writing ??= this.#writeAll()
    return appended
  }

  /** Every record from before this process, oldest first; damaged ones are left out. To be read before the first append. */
  async *records(): AsyncGenerator<JournalRecord> {
    for (const name of this.#segments.map(segment => segment.name)) {
      const content = readSegment(await this.#files.read(name))
      yield* content?.records ?? []
    }
  }

  /** Tells that records of `kind` up to `sequence` are not needed any more; deletes segments that nothing needs. */
  release(kind: RecordKind, sequence: number): Promise<void> {
    this.#released.set(kind, Math.max(sequence, this.#released.get(kind) ?? 0))
    this.#deleting = this.#deleting.then(() => this.#deleteReleased())
    return this.#deleting
  }

  /** Waits for what is under way, then closes. */
  async close(): Promise<void> {
    this.#closed = true
    await this.#writing
    await this.#deleting
    await this.#file?.close()
    this.#file = undefined
  }

  async #recover(): Promise<void> {
    const names = (await this.#files.list()).filter(name => name.endsWith(SUFFIX)).sort()
    for (const [index, name] of names.entries()) {
      this.#number = Math.max(this.#number, Number.parseInt(name, 10))
      const bytes = await this.#files.read(name)
      const content = readSegment(bytes)
      const isLast = index === names.length - 1
      if (content === undefined) {
        // A new segment that the power cut caught before its header was complete holds nothing that was acknowledged.
        if (isLast && bytes.length <= SEGMENT_HEADER_BYTES) await this.#files.remove(name)
        else this.#log.error({ segment: name, bytes: bytes.length }, 'a journal segment cannot be read; its records are lost')
        continue
      }
      for (const { from, to } of content.damages) {
        this.#log.error({ segment: name, from, to }, 'a part of the journal is damaged and was skipped; its records are lost')
      }
      if (content.end < bytes.length) await this.#cut(name, content.end, bytes.length)
      const known: KnownSegment = { name, size: content.end, last: new Map() }
      this.#next = Math.max(this.#next, content.segment.firstSequence)
      for (const { kind, sequence } of content.records) {
        this.#next = Math.max(this.#next, sequence + 1)
        if (holdsData(kind)) known.last.set(kind, sequence)
      }
      this.#segments.push(known)
      this.#bytes += known.size
    }
  }

  async #cut(name: string, end: number, size: number): Promise<void> {
    this.#log.warn({ segment: name, bytes: size - end }, 'the journal ended in an unfinished record, which was cut off')
    const file = await this.#files.open(name)
    try {
      await file.truncate(end)
      await file.sync()
    } finally {
      await file.close()
    }
  }

  async #writeAll(): Promise<void> {
    while (this.#waiting.length > 0) {
      const group = this.#takeGroup()
      try {
        await this.#writeGroup(group)
      } catch (error) {
        const failure = failureOf(error)
        for (const { reject } of group) reject(failure)
      }
    }
    this.#writing = undefined
  }

  #takeGroup(): readonly Waiting[] {
    let bytes = 0
    let count = 0
    while (count < this.#waiting.length && (count === 0 || bytes + this.#waiting[count]!.length <= GROUP_BYTES)) {
      bytes += RECORD_HEADER_BYTES + this.#waiting[count++]!.length
    }
    this.#waitingBytes -= bytes
    return this.#waiting.splice(0, count)
  }

  async #writeGroup(group: readonly Waiting[]): Promise<void> {
    const known = await this.#writable()
    const segment = this.#segment!
    const bytes = this.#room(group.reduce((sum, { length }) => sum + RECORD_HEADER_BYTES + length, 0))
    let at = 0
    let sequence = this.#next
    for (const { kind, parts, length } of group) {
      let into = at + RECORD_HEADER_BYTES
      for (const part of parts) {
        bytes.set(part, into)
        into += part.byteLength
      }
      sealRecord(segment, bytes, at, length, sequence++, kind)
      at = into
    }
    this.#unsound = true
    await this.#file!.write(bytes, known.size)
    await this.#file!.sync()
    this.#unsound = false
    known.size += bytes.length
    this.#bytes += bytes.length
    const first = this.#next
    this.#next = sequence
    for (const [index, { kind, resolve }] of group.entries()) {
      if (holdsData(kind)) known.last.set(kind, first + index)
      resolve(first + index)
    }
  }

  /** Groups are written one after the other, so one piece of memory serves them all; it grows to what they need. */
  #room(bytes: number): Buffer {
    if (bytes > this.#scratch.length) this.#scratch = Buffer.allocUnsafeSlow(Math.ceil(bytes * 1.5))
    return this.#scratch.subarray(0, bytes)
  }

  /** The segment to write to, sound at its end: a new one where there is none or the last has become large. */
  async #writable(): Promise<KnownSegment> {
    const current = this.#segments.at(-1)
    if (this.#file !== undefined && current !== undefined) {
      if (this.#unsound) {
        await this.#file.truncate(current.size)
        await this.#file.sync()
        this.#unsound = false
      }
      if (current.size < this.#segmentBytes) return current
      const full = this.#file
      this.#file = undefined
      await full.close()
    }
    return this.#startSegment()
  }

  async #startSegment(): Promise<KnownSegment> {
    const name = `${String(this.#number + 1).padStart(10, '0')}${SUFFIX}`
    const segment: Segment = { salt: Buffer.from(this.#entropy.bytes(SALT_BYTES)), firstSequence: this.#next }
    const header = segmentHeader(segment)
    const file = await this.#files.open(name)
    try {
      await file.write(header, 0)
      await file.sync()
    } catch (error) {
      await file.close()
      // The same name is tried again with the next append, over whatever got written.
      throw error
    }
    this.#number += 1
    this.#file = file
    this.#segment = segment
    this.#unsound = false
    const known: KnownSegment = { name, size: header.length, last: new Map() }
    this.#segments.push(known)
    this.#bytes += known.size
    return known
  }

  async #deleteReleased(): Promise<void> {
    for (;;) {
      const oldest = this.#segments[0]
      if (oldest === undefined || (this.#file !== undefined && this.#segments.length === 1)) return
      for (const [kind, last] of oldest.last) if ((this.#released.get(kind) ?? 0) < last) return
      try {
        await this.#files.remove(oldest.name)
      } catch (error) {
        // It is tried again with the next release; until then it only takes room.
        this.#log.warn({ segment: oldest.name, error: String(error) }, 'a finished journal segment could not be deleted')
        return
      }
      this.#segments.shift()
      this.#bytes -= oldest.size
    }
  }
}

const DISK_CODES: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT', 'EIO', 'EROFS', 'EFBIG'])

const failureOf = (error: unknown): JournalError => {
  if (error instanceof JournalError) return error
  const code = (error as NodeJS.ErrnoException).code ?? ''
  if (DISK_CODES.has(code)) return new DiskFullError(`the disk does not take the journal: ${code}`, { cause: error })
  return new JournalError(`the journal could not be written: ${String(error)}`, { cause: error })
}
