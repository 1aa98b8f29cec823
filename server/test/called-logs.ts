import { onTestFinished } from 'vitest'
import { seededEntropy } from '../src/base/entropy.ts'
import { silentLog } from '../src/base/log.ts'
import type { ManualClock } from '../src/base/manual-clock.ts'
import { DataProtection } from '../src/jobs/log-protection/data-protection.ts'
import type { MaskOf } from '../src/model/log.ts'
import { decodePutLogEvents } from '../src/server/aws/put-log-events-door.ts'
import { openLogQueries } from '../src/server/log-queries.ts'
import type { LogSearches } from '../src/jobs/log-queries/log-searches.ts'
import { logs } from '../src/services/logs/service.ts'
import type { ControlStore } from '../src/store/control/control-store.ts'
import { Journal } from '../src/store/journal/journal.ts'
import { MemoryFiles } from '../src/store/journal/memory-files.ts'
import { openLogs, type LogStores } from '../src/store/logs/open-logs.ts'
import type { Telemetry } from '../src/store/telemetry/telemetry.ts'
import { CalledService } from './called-service.ts'
import { dataFolder } from './product/running-server.ts'
import { temporaryControl } from './temporary-control.ts'

/** CloudWatch Logs over real stores; one engine serves a whole test file, since every group has a number of its own. */
export class CalledLogs extends CalledService {
  readonly store: ControlStore
  readonly clock: ManualClock
  readonly logs: LogStores
  readonly protection: DataProtection

  private constructor(store: ControlStore, clock: ManualClock, stores: LogStores, searcher: LogSearches, protection: DataProtection) {
    super(logs({ groups: stores.directory, sink: stores.intake, reads: stores.reads, figures: stores.figures, tags: store.tags, queries: { searcher }, definitions: { protections: protection, documents: store.logDocuments }, metricFilters: stores.metricFilters, subscriptionFilters: stores.subscriptionFilters, destinations: stores.destinations, topics: store.topics }), () => clock.now())
    this.store = store
    this.clock = clock
    this.logs = stores
    this.protection = protection
  }

  static async open(telemetry: Telemetry): Promise<CalledLogs> {
    const { store, clock } = temporaryControl()
    // Groups of other tests are in the same table: begin behind theirs.
    await telemetry.command('TRUNCATE TABLE log_events')
    const entropy = seededEntropy(1)
    const journal = await Journal.open({ files: new MemoryFiles(), entropy, log: silentLog })
    const protection = await DataProtection.open(store.logProtections)
    const maskOf: MaskOf = (group, at) => protection.maskOf(group, at)
    const stores = await openLogs({ control: store, telemetry, journal, decode: decodePutLogEvents, maskOf, clock, entropy, log: silentLog })
    onTestFinished(async () => {
      await stores.intake.close()
      await journal.close()
    })
    const { searcher } = await openLogQueries({ stores: { control: store, telemetry, logs: stores }, folder: dataFolder(), clock, entropy, log: silentLog })
    return new CalledLogs(store, clock, stores, searcher, protection)
  }

  async group(name: string, ...streams: readonly string[]): Promise<void> {
    await this.run('CreateLogGroup', { logGroupName: name })
    for (const logStreamName of streams) await this.run('CreateLogStream', { logGroupName: name, logStreamName })
  }

  /** Messages at the given distances from now, in milliseconds. */
  put(logGroupName: string, logStreamName: string, events: readonly (readonly [offset: number, message: string])[]): Promise<Record<string, unknown>> {
    const now = this.clock.now()
    return this.run('PutLogEvents', { logGroupName, logStreamName, logEvents: events.map(([offset, message]) => ({ timestamp: now + offset, message })) })
  }

  async messages(operation: 'GetLogEvents' | 'FilterLogEvents', input: object): Promise<readonly string[]> {
    const { events } = await this.run<{ events: readonly { message: string }[] }>(operation, input)
    return events.map(({ message }) => message)
  }
}
