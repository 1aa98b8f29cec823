import { onTestFinished } from 'vitest'
import { seededEntropy } from '../src/base/entropy.ts'
import { silentLog } from '../src/base/log.ts'
import type { ManualClock } from '../src/base/manual-clock.ts'
import { LiveTails } from '../src/jobs/live-tail/live-tails.ts'
import type { FoldedSamples } from '../src/jobs/log-arrivals/sample-fold.ts'
import { DataProtection } from '../src/jobs/log-protection/data-protection.ts'
import { LogAccountPolicies } from '../src/jobs/log-account-policies/log-account-policies.ts'
import { LogTransformers } from '../src/jobs/log-transformers/log-transformers.ts'
import type { MaskOf, RetentionOf, TransformOf } from '../src/model/log.ts'
import { AlarmLogs } from '../src/server/alarm-logs.ts'
import { decodePutLogEvents } from '../src/server/aws/put-log-events-door.ts'
import type { ExportPlaces } from '../src/server/exports/export-place.ts'
import { type LogDefinitions, logDefinitions } from '../src/server/log-definitions.ts'
import type { LogSearches } from '../src/jobs/log-queries/log-searches.ts'
import { openLogQueries } from '../src/server/log-queries.ts'
import { logs, type LogsPorts } from '../src/services/logs/service.ts'
import type { ControlStore } from '../src/store/control/control-store.ts'
import { Journal } from '../src/store/journal/journal.ts'
import { MemoryFiles } from '../src/store/journal/memory-files.ts'
import { openLogs, type LogStores } from '../src/store/logs/open-logs.ts'
import { BodyFiles } from '../src/store/objects/body-files.ts'
import type { Telemetry } from '../src/store/telemetry/telemetry.ts'
import { CalledService } from './called-service.ts'
import { temporaryControl, temporaryFolder } from './temporary-control.ts'

interface Parts {
  readonly ports: LogsPorts
  readonly store: ControlStore
  readonly clock: ManualClock
  readonly logs: LogStores
  readonly protection: DataProtection
  readonly transformers: LogTransformers
  readonly accountPolicies: LogAccountPolicies
  readonly bodies: BodyFiles
  readonly definitions: LogDefinitions
  readonly counted: FoldedSamples[]
  readonly searcher: LogSearches
  /** What alarms ask. */
  readonly alarmLogs: AlarmLogs
}

/** CloudWatch Logs over real stores; one engine serves a whole test file, since every group has a number of its own. */
export class CalledLogs extends CalledService {
  readonly store: ControlStore
  readonly clock: ManualClock
  readonly logs: LogStores
  readonly protection: DataProtection
  readonly transformers: LogTransformers
  readonly accountPolicies: LogAccountPolicies
  readonly bodies: BodyFiles
  readonly definitions: LogDefinitions
  /** What definitions counted as metrics. */
  readonly counted: FoldedSamples[]
  readonly searcher: LogSearches
  readonly alarmLogs: AlarmLogs

  private constructor(parts: Parts) {
    super(logs(parts.ports), () => parts.clock.now())
    this.store = parts.store
    this.clock = parts.clock
    this.logs = parts.logs
    this.protection = parts.protection
    this.transformers = parts.transformers
    this.accountPolicies = parts.accountPolicies
    this.bodies = parts.bodies
    this.definitions = parts.definitions
    this.counted = parts.counted
    this.searcher = parts.searcher
    this.alarmLogs = parts.alarmLogs
  }

  static async open(telemetry: Telemetry, places?: (bodies: BodyFiles) => ExportPlaces): Promise<CalledLogs> {
    const { store, clock } = temporaryControl()
    // Groups of other tests are in the same table: begin behind theirs.
    await telemetry.command('TRUNCATE TABLE log_events')
    const entropy = seededEntropy(1)
    const log = silentLog
    const journal = await Journal.open({ files: new MemoryFiles(), entropy, log })
    const protection = await DataProtection.open(store.logProtections)
    const maskOf: MaskOf = (group, at) => protection.maskOf(group, at)
    const accountPolicies = await LogAccountPolicies.open(store.logDocuments)
    const transformers = await LogTransformers.open(store.logDocuments, accountPolicies)
    const transformOf: TransformOf = (group, stream) => transformers.transformOf({ group, stream })
    const retentionOf: RetentionOf = group => accountPolicies.retention(group, clock.now())
    const stores = await openLogs({ control: store, telemetry, journal, decode: decodePutLogEvents, maskOf, transformOf, retentionOf, clock, entropy, log })
    const bodies = await BodyFiles.open({ folder: temporaryFolder(), freeBytes: () => Infinity, known: () => Promise.resolve(new Set()) })
    const counted: FoldedSamples[] = []
    const metrics = { put: (_tenant: unknown, samples: readonly FoldedSamples[]) => Promise.resolve(void counted.push(...samples)) }
    const definitions = logDefinitions({ stores: { control: store, logs: stores, protection, bodies, telemetry, transformers, accountPolicies }, metrics, exportPlaces: places?.(bodies), clock, entropy, log })
    const queries = await openLogQueries({ stores: { control: store, telemetry, logs: stores }, folder: temporaryFolder(), clock, entropy, log })
    onTestFinished(async () => {
      await definitions.stop()
      await queries.stop()
      await stores.intake.close()
      await journal.close()
    })
    const ports: LogsPorts = {
      groups: stores.directory,
      sink: stores.intake,
      reads: stores.reads,
      figures: stores.figures,
      retentionOf: stores.retentionOf,
      tags: store.tags,
      queries: queries.ports,
      definitions: definitions.ports,
      metricFilters: stores.metricFilters,
      subscriptionFilters: stores.subscriptionFilters,
      destinations: stores.destinations,
      topics: store.topics,
      tails: new LiveTails(clock),
    }
    const alarmLogs = new AlarmLogs({ groups: stores.directory, parts: queries.parts, searcher: queries.searcher, clock, entropy })
    return new CalledLogs({ alarmLogs, transformers, accountPolicies, ports, store, clock, logs: stores, protection, bodies, definitions, counted, searcher: queries.searcher })
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
