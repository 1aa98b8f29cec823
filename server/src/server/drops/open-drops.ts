import type { Clock } from '../../base/clock.ts'
import type { Log } from '../../base/log.ts'
import type { Tenant } from '../../base/tenancy.ts'
import { BucketDrops } from '../../jobs/drops/bucket-drops.ts'
import { FolderDrops, type WatchedFolder } from '../../jobs/drops/folder-drops.ts'
import { DropRules } from '../../jobs/drops/drop-rules.ts'
import { RemoteDrops, type RemoteBucket } from '../../jobs/drops/remote-drops.ts'
import { DropTaker } from '../../jobs/drops/drop-taker.ts'
import { OWN_BUCKETS, type DropVersion } from '../../model/drop.ts'
import type { PartHealth } from '../operator/health.ts'
import type { Stores } from '../stores.ts'
import { dropSink } from './drop-sink.ts'

interface Parts {
  readonly stores: Pick<Stores, 'control' | 'bodies' | 'logs'>
  readonly folders: readonly WatchedFolder[]
  readonly remote: readonly RemoteBucket[]
  /** Whose the folders and the buckets elsewhere are. */
  readonly home: Tenant
  readonly clock: Clock
  readonly log: Log
}

/** Objects that hold logs, wherever they are dropped, on their way into log groups. */
export interface LogDrops {
  start(): Promise<void>
  stop(): Promise<void>
  /** To be told when a rule was changed, or something was taken out of the quarantine. */
  changed(): Promise<void>
  health(): PartHealth
}

export const openDrops = ({ stores: { control, bodies, logs }, folders: watched, remote, home, clock, log }: Parts): LogDrops => {
  const { drops: book, objectFeed: feed } = control
  const rules = new DropRules(book)
  let quarantined = 0
  const count = async (): Promise<void> => {
    quarantined = await book.countQuarantined()
  }
  const taker = new DropTaker({ book, sink: dropSink({ groups: logs.directory, intake: logs.intake, clock }), clock, onQuarantined: count })
  const folders = new FolderDrops({ folders: watched, tenant: home, book, taker, clock, log })
  const elsewhere = new RemoteDrops({ buckets: remote, tenant: home, book, rules, taker, clock, log })
  const released = {
    unfinished: () => book.unfinished(),
    async partsOf({ tenant, source, key, version }: DropVersion) {
      const bucket = await control.buckets.get(tenant.account, source.slice(OWN_BUCKETS.length))
      const object = bucket === undefined ? undefined : await control.objects.get(bucket.id, key)
      return object?.version === version ? object?.parts : undefined
    },
  }
  const buckets = new BucketDrops({ feed, released, bodies, rules, taker, clock, log })
  return {
    async start() {
      await count()
      await buckets.start()
      folders.start()
      elsewhere.start()
    },
    async stop() {
      taker.stop()
      await Promise.all([buckets.stop(), folders.stop(), elsewhere.stop()])
    },
    async changed() {
      await Promise.all([rules.load(), count()])
      buckets.retry()
      folders.retry()
      elsewhere.retry()
    },
    // A broken object is its owner's matter: the server is well.
    health: () => ({ working: true, state: buckets.trouble ?? folders.trouble ?? elsewhere.trouble ?? (buckets.busy ? 'taking' : 'waiting'), quarantined: quarantined }),
  }
}
