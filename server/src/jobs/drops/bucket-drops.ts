import type { Clock, Timer } from '../../base/clock.ts'
import type { Log } from '../../base/log.ts'
import { millis } from '../../base/time.ts'
import { OWN_BUCKETS } from '../../model/drop.ts'
import { EXPORTED, type ObjectEntry, type ObjectPart } from '../../model/object.ts'
import { BrokenObject } from './broken-object.ts'
import { streamName } from './destination.ts'
import type { DropRules } from './drop-rules.ts'
import type { DropTaker } from './drop-taker.ts'
import type { Bodies, ObjectFeed, ReleasedDrops } from './ports.ts'

interface Parts {
  readonly feed: ObjectFeed
  readonly released: ReleasedDrops
  readonly bodies: Bodies
  readonly rules: DropRules
  readonly taker: DropTaker
  readonly clock: Clock
  readonly log: Log
}

const FOLLOWER = 'log drops'
const AT_ONCE = 100
const RETRY = millis(5_000)

/** Takes each new object of the house's own buckets, one after the other. */
export class BucketDrops {
  readonly #parts: Parts
  #position = 0
  #news = false
  /** Whether something may be out of the quarantine. */
  #released = true
  #running: Promise<void> | undefined
  #retry: Timer | undefined
  #trouble: string | undefined
  #started = false
  #stopped = false

  constructor(parts: Parts) {
    this.#parts = parts
  }

  async start(): Promise<void> {
    await this.#parts.rules.load()
    this.#position = await this.#parts.feed.follow(FOLLOWER)
    this.#started = true
    this.#parts.feed.onAdded(() => this.#wake())
    this.#wake()
  }

  async stop(): Promise<void> {
    this.#stopped = true
    this.#retry?.cancel()
    await this.#running
  }

  /** Something was taken out of the quarantine. */
  retry(): void {
    this.#released = true
    // Before the start nobody knows from where on.
    if (this.#started) this.#wake()
  }

  /** Why the last try failed, where that was not the object's fault. */
  get trouble(): string | undefined {
    return this.#trouble
  }

  /** Whether there is something that was not taken yet. */
  get busy(): boolean {
    return this.#running !== undefined || this.#trouble !== undefined
  }

  #wake(): void {
    this.#news = true
    if (this.#stopped) return
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined
      if (this.#news && this.#trouble === undefined) this.#wake()
    })
  }

  async #run(): Promise<void> {
    try {
      while (this.#news && !this.#stopped) {
        this.#news = false
        await this.#takeAll()
      }
      this.#trouble = undefined
    } catch (error) {
      if (this.#trouble === undefined) this.#parts.log.error({ error: String(error) }, 'a dropped object could not be taken, and is tried again')
      this.#trouble = String(error)
      if (this.#stopped) return
      this.#retry = this.#parts.clock.after(RETRY, () => this.#wake())
    }
  }

  async #takeAll(): Promise<void> {
    if (this.#released && !(await this.#takeReleased())) return
    for (;;) {
      const entries = await this.#parts.feed.after(this.#position, AT_ONCE)
      for (const entry of entries) {
        if (this.#stopped || !(await this.#take(entry))) return
        this.#position = entry.id
      }
      if (entries.length < AT_ONCE) return
    }
  }

  /** False when something was left where it is. */
  async #takeReleased(): Promise<boolean> {
    const { feed, released, taker } = this.#parts
    this.#released = false
    // What is under way is the feed's next entry.
    const [next] = await feed.after(this.#position, 1)
    for (const version of await released.unfinished()) {
      if (version.version === next?.version) continue
      if (this.#stopped) return false
      const parts = await released.partsOf(version)
      const read = parts === undefined ? () => Promise.reject(gone()) : () => this.#read(parts, version.size)
      // Where it goes was decided when it was first taken.
      if ((await taker.take({ version, logGroup: '', stream: '', read })) === 'left') return false
    }
    return true
  }

  async #read(parts: readonly ObjectPart[], size: number): Promise<AsyncIterable<Uint8Array>> {
    try {
      return await this.#parts.bodies.read(parts, 0, size)
    } catch (error) {
      throw error instanceof Error && error.name === 'BodyGone' ? gone() : error
    }
  }

  /** False when it was left where it is. */
  async #take(entry: ObjectEntry): Promise<boolean> {
    const { feed, rules, taker } = this.#parts
    const { tenant, bucket, key, version, size, at } = entry
    const logGroup = rules.logGroup(tenant, bucket, key)
    if (logGroup === undefined || size === 0 || entry.contentType === EXPORTED) {
      await feed.passed(FOLLOWER, entry.id)
      return true
    }
    const outcome = await taker.take({
      version: { tenant, source: `${OWN_BUCKETS}${bucket}`, key, version, size, modifiedAt: at },
      logGroup,
      stream: streamName(key),
      passed: { follower: FOLLOWER, entry: entry.id },
      read: () => this.#read(entry.parts, size),
    })
    return outcome !== 'left'
  }
}

const gone = (): BrokenObject => new BrokenObject('gone', 'Its bytes are not there any more.')
