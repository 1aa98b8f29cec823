import type { Clock } from '../../base/clock.ts'
import type { Log } from '../../base/log.ts'
import { BucketDrops } from '../../jobs/drops/bucket-drops.ts'
import { DropRules } from '../../jobs/drops/drop-rules.ts'
import { DropTaker } from '../../jobs/drops/drop-taker.ts'
import type { PartHealth } from '../operator/health.ts'
import type { Stores } from '../stores.ts'
import { dropSink } from './drop-sink.ts'

interface Parts {
  readonly stores: Pick<Stores, 'control' | 'bodies' | 'logs'>
  readonly clock: Clock
  readonly log: Log
}

/** Objects that hold logs, wherever they are dropped, on their way into log groups. */
export interface LogDrops {
  start(): Promise<void>
  stop(): Promise<void>
  health(): PartHealth
}

export const openDrops = ({ stores: { control, bodies, logs }, clock, log }: Parts): LogDrops => {
  const { drops: book, objectFeed: feed } = control
  const rules = new DropRules(book)
  let quarantined = 0
  const count = async (): Promise<void> => {
    quarantined = await book.countQuarantined()
  }
  const taker = new DropTaker({ book, sink: dropSink({ groups: logs.directory, intake: logs.intake, clock }), clock, onQuarantined: count })
  const buckets = new BucketDrops({ feed, bodies, rules, taker, clock, log })
  return {
    async start() {
      await count()
      await buckets.start()
    },
    async stop() {
      taker.stop()
      await buckets.stop()
    },
    // A broken object is its owner's matter: the server is well.
    health: () => ({ working: true, state: buckets.trouble ?? (buckets.busy ? 'taking' : 'waiting'), quarantined: quarantined }),
  }
}
