import type { Clock } from '../../base/clock.ts'
import type { Log } from '../../base/log.ts'
import type { Tenant } from '../../base/tenancy.ts'
import { millis } from '../../base/time.ts'
import type { DropVersion } from '../../model/drop.ts'
import { Rounds } from '../rounds.ts'
import { streamName } from './destination.ts'
import type { DropRules } from './drop-rules.ts'
import type { DropTaker } from './drop-taker.ts'
import type { DropBook } from './ports.ts'

export type RemoteObject = Omit<DropVersion, 'tenant' | 'source'>

/** A bucket elsewhere. */
export interface RemoteBucket {
  /** Its address, without anything secret. */
  readonly source: string
  readonly bucket: string
  /** Undefined: rules decide. */
  readonly logGroup: string | undefined
  /** What is in it, page by page. Throws what keeps it from being listed. */
  readonly list: () => AsyncIterable<readonly RemoteObject[]>
  /** Throws `BrokenObject` where this object will never be given out, and anything else where it may be later. */
  readonly read: (object: RemoteObject) => Promise<AsyncIterable<Uint8Array>>
}

interface Parts {
  readonly buckets: readonly RemoteBucket[]
  readonly tenant: Tenant
  readonly book: DropBook
  readonly rules: DropRules
  readonly taker: DropTaker
  readonly clock: Clock
  readonly log: Log
}

const INTERVAL = millis(30_000)
/** So many objects of a bucket may fail in one look before it is the bucket that is in trouble. */
const MOST_FAILURES = 10

/** Takes each version of the objects of buckets elsewhere that was not taken yet; they are listed again and again. */
export class RemoteDrops {
  readonly #parts: Parts
  readonly #taken = new Map<string, Map<string, string>>()
  readonly #troubles = new Map<string, string>()
  readonly #rounds: Rounds

  constructor(parts: Parts) {
    this.#parts = parts
    // Buckets do not wait for each other.
    this.#rounds = new Rounds({ clock: parts.clock, round: () => Promise.all(parts.buckets.map(bucket => this.#look(bucket))), pause: () => INTERVAL })
  }

  start(): void {
    if (this.#parts.buckets.length > 0) void this.#rounds.startNow()
  }

  stop(): Promise<void> {
    return this.#rounds.stop()
  }

  /** Something was taken out of the quarantine: what was taken is asked for anew. */
  retry(): void {
    this.#taken.clear()
  }

  /** Why the last look at one of them failed. */
  get trouble(): string | undefined {
    const [[source, trouble] = []] = this.#troubles
    return source === undefined ? undefined : `${source}: ${trouble}`
  }

  async #look(bucket: RemoteBucket): Promise<void> {
    const { source } = bucket
    try {
      await this.#takeAll(bucket)
      this.#troubles.delete(source)
    } catch (error) {
      const trouble = error instanceof Error ? error.message : String(error)
      if (!this.#troubles.has(source)) this.#parts.log.error({ source, error: trouble }, 'a bucket elsewhere could not be taken, and is tried again')
      this.#troubles.set(source, trouble)
    }
  }

  async #takeAll(bucket: RemoteBucket): Promise<void> {
    const { book, rules, tenant } = this.#parts
    const { source } = bucket
    const taken = this.#taken.get(source) ?? new Map((await book.known(tenant, source)).map(({ key, version }) => [key, version]))
    this.#taken.set(source, taken)
    const gone = new Map(taken)
    const failures: unknown[] = []
    for await (const page of bucket.list()) {
      for (const object of page) {
        if (this.#rounds.stopped) return
        gone.delete(object.key)
        if (object.size === 0 || taken.get(object.key) === object.version) continue
        const logGroup = bucket.logGroup ?? rules.logGroup(tenant, bucket.bucket, object.key)
        if (logGroup === undefined) continue
        try {
          if (!(await this.#take(bucket, object, logGroup))) return
        } catch (error) {
          // It is tried again with the next look; those behind it need not wait for it.
          if (failures.push(error) === MOST_FAILURES) throw error
          continue
        }
        const older = taken.get(object.key)
        taken.set(object.key, object.version)
        if (older !== undefined) await book.forget(tenant, source, object.key, older)
      }
    }
    for (const [key, version] of gone) {
      taken.delete(key)
      await book.forget(tenant, source, key, version)
    }
    if (failures.length > 0) throw failures[0]
  }

  /** False when it was left where it is. */
  async #take({ source, read }: RemoteBucket, object: RemoteObject, logGroup: string): Promise<boolean> {
    const { taker, tenant } = this.#parts
    const outcome = await taker.take({
      version: { ...object, tenant, source },
      logGroup,
      stream: streamName(object.key),
      read: () => read(object),
    })
    return outcome !== 'left'
  }
}
