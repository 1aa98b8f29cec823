import { onTestFinished } from 'vitest'
import { silentLog } from '../../src/base/log.ts'
import type { Tenant } from '../../src/base/tenancy.ts'
import { epochMillis } from '../../src/base/time.ts'
import type { WatchedFolder } from '../../src/jobs/drops/folder-drops.ts'
import type { RemoteBucket } from '../../src/jobs/drops/remote-drops.ts'
import { openDrops, type LogDrops } from '../../src/server/drops/open-drops.ts'
import { BodyFiles } from '../../src/store/objects/body-files.ts'
import type { Telemetry } from '../../src/store/telemetry/telemetry.ts'
import { CalledLogs } from '../called-logs.ts'
import { OURS, temporaryFolder } from '../temporary-control.ts'

const PATIENCE_MILLIS = 30_000

/** Real files and stores take their time, which no clock can be moved over. */
export const until = async <Value>(probe: () => Promise<Value | undefined> | Value | undefined, state: () => string): Promise<Value> => {
  const deadline = performance.now() + PATIENCE_MILLIS
  for (;;) {
    const value = await probe()
    if (value !== undefined) return value
    if (performance.now() > deadline) throw new Error(`it stays at: ${state()}`)
    await new Promise(resolve => setImmediate(resolve))
  }
}

/** Buckets, log groups and what goes from one to the other, over real stores. */
export class DroppedObjects {
  readonly called: CalledLogs
  readonly bodies: BodyFiles
  readonly folders: readonly WatchedFolder[]
  readonly remote: readonly RemoteBucket[]
  drops: LogDrops
  #count = 0

  private constructor(called: CalledLogs, bodies: BodyFiles, folders: readonly WatchedFolder[], remote: readonly RemoteBucket[]) {
    this.remote = remote
    this.folders = folders
    this.called = called
    this.bodies = bodies
    this.drops = this.#open()
  }

  static async open(telemetry: Telemetry, folders: readonly WatchedFolder[] = [], remote: readonly RemoteBucket[] = []): Promise<DroppedObjects> {
    const called = await CalledLogs.open(telemetry)
    const bodies = await BodyFiles.open({ folder: temporaryFolder(), freeBytes: () => 1e12, known: blobs => called.store.objectGarbage.known(blobs) })
    const dropped = new DroppedObjects(called, bodies, folders, remote)
    onTestFinished(() => dropped.drops.stop())
    return dropped
  }

  async put(bucketName: string, key: string, body: string | Uint8Array, contentType?: string, tenant: Tenant = OURS): Promise<void> {
    const { store, clock } = this.called
    const settings = { documents: {}, expiry: [] }
    await store.buckets.create(tenant, { name: bucketName, createdAt: clock.now(), ...settings })
    const bucket = (await store.buckets.get(tenant.account, bucketName))!
    const bytes = Buffer.from(body)
    const version = `v${++this.#count}`
    await this.bodies.write(version, (async function* () { yield bytes })())
    const parts = bytes.length === 0 ? [] : [{ blob: version, size: bytes.length }]
    await store.objects.put(bucket, { key, size: bytes.length, etag: version, version, modifiedAt: clock.now(), parts, attributes: { contentType } })
  }

  /** Until everything that was put is taken. */
  async settled(): Promise<void> {
    const { store } = this.called
    const [last] = (await store.objectFeed.after(0, 1000)).slice(-1)
    if (last !== undefined) await until(async () => ((await store.objectFeed.follow('log drops')) < last.id ? undefined : last.id), () => this.drops.health().state)
  }

  /** Until something is in the way; answers what. */
  async trouble(): Promise<string> {
    const state = (): string => this.drops.health().state
    return until(() => (state() === 'taking' || state() === 'waiting' ? undefined : state()), state)
  }

  /** As after a kill: what runs is left, and begun anew. */
  async restart(): Promise<void> {
    await this.drops.stop()
    this.drops = this.#open()
    await this.drops.start()
  }

  async messages(logGroupName: string): Promise<readonly string[]> {
    return this.called.messages('FilterLogEvents', { logGroupName, startTime: 0, endTime: epochMillis(this.called.clock.now() + 1e12) })
  }

  quarantined() {
    return this.called.store.drops.quarantined(OURS, undefined, 100)
  }

  /** As a kill would: the next batch but `after` is broken off, before or behind the point from which it is durable. */
  breakOff(after: number, where: 'before' | 'behind'): void {
    const { intake } = this.called.logs
    const accept = intake.accept.bind(intake)
    let calls = 0
    intake.accept = async put => {
      if (calls++ < after) return accept(put)
      intake.accept = accept
      if (where === 'behind') await accept(put)
      else await put.claim?.(1n)
      throw new Error('killed')
    }
  }

  #open(): LogDrops {
    const { store: control, clock, logs } = this.called
    return openDrops({ stores: { control, bodies: this.bodies, logs }, folders: this.folders, remote: this.remote, home: OURS, clock, log: silentLog })
  }
}
