import type { Clock } from '../../base/clock.ts'
import type { DropVersion } from '../../model/drop.ts'
import { brokenBy } from './broken-object.ts'
import { eventBatches } from './event-batches.ts'
import { plainBytes } from './plain-bytes.ts'
import type { DropBook, DropPlace, DropSink } from './ports.ts'

interface Parts {
  readonly book: DropBook
  readonly sink: DropSink
  readonly clock: Clock
  /** Called when an object was put aside. */
  readonly onQuarantined: () => Promise<void>
}

export interface Drop {
  readonly version: DropVersion
  readonly logGroup: string
  readonly stream: string
  readonly read: () => Promise<AsyncIterable<Uint8Array>>
  /** The entry of the feed that told of it. */
  readonly passed?: { readonly follower: string; readonly entry: number }
}

/**
 * Takes objects into log groups, each event once: before a batch goes to the group its numbers are written down, so that after a kill
 * the group itself says whether the batch got there.
 */
export class DropTaker {
  readonly #parts: Parts
  #stopped = false

  constructor(parts: Parts) {
    this.#parts = parts
  }

  /** Objects under way are left after their next batch. */
  stop(): void {
    this.#stopped = true
  }

  /** Answers what became of it. Throws what is not the object's own fault: it is to be tried again then, and goes on where it stood. */
  async take({ version, read, passed, ...wanted }: Drop): Promise<'taken' | 'quarantined' | 'left'> {
    const { book, clock } = this.#parts
    const known = await book.progress(version)
    const place = known ?? { logGroup: wanted.logGroup, stream: wanted.stream, events: 0 }
    const end = { place, broken: undefined, passed, at: clock.now() }
    if (known?.state === 'taken') {
      await book.finish(version, end)
      return 'taken'
    }
    const { events, broken, left } = await this.#read({ version, read, place, claim: known?.claim })
    if (left) return 'left'
    await book.finish(version, { ...end, place: { ...place, events }, broken, at: clock.now() })
    if (broken === undefined) return 'taken'
    await this.#parts.onQuarantined()
    return 'quarantined'
  }

  async #read({ version, read, place, claim }: Pick<Drop, 'version' | 'read'> & { readonly place: DropPlace; readonly claim: Claim | undefined }): Promise<Read> {
    const { book, sink, clock } = this.#parts
    const { tenant, key, size, modifiedAt } = version
    let open = claim
    let { events } = place
    try {
      const bytes = plainBytes(await read(), size)
      for await (const columns of eventBatches(bytes, { key, modifiedAt, now: clock.now(), skip: events, first: open?.count })) {
        if (this.#stopped) return { events, broken: undefined, left: true }
        const count = columns.messages.length
        const batch = { tenant, logGroup: place.logGroup, stream: place.stream, ...columns }
        const there = open !== undefined && (await sink.resume(batch, open.firstSeq))
        const before = { ...place, events }
        if (!there) await sink.accept(batch, firstSeq => book.claim(version, before, { firstSeq, count }, clock.now()))
        open = undefined
        events += count
      }
      return { events, broken: undefined, left: false }
    } catch (error) {
      const broken = brokenBy(error)
      if (broken === undefined) throw error
      return { events, broken, left: false }
    }
  }
}

interface Claim {
  readonly firstSeq: bigint
  readonly count: number
}

interface Read {
  readonly events: number
  readonly broken: { readonly reason: string; readonly detail: string } | undefined
  readonly left: boolean
}
