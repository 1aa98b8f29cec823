import { join } from 'node:path'
import type { Clock } from '../base/clock.ts'
import type { Entropy } from '../base/entropy.ts'
import type { Log } from '../base/log.ts'
import { compileFilter } from '../engines/filter-policy/compile-filter.ts'
import { putMetricDataDecoder } from '../ingest/put-metric-data/decode.ts'
import { LogAccountPolicies } from '../jobs/log-account-policies/log-account-policies.ts'
import { LogTransformers } from '../jobs/log-transformers/log-transformers.ts'
import { DataProtection } from '../jobs/log-protection/data-protection.ts'
import type { MaskOf, RetentionOf, TransformOf } from '../model/log.ts'
import { openControl, type ControlStore } from '../store/control/control-store.ts'
import { freeBytesOf } from '../store/control/sqlite/room-guard.ts'
import { Head } from '../store/head/head.ts'
import { SeriesIndex } from '../store/head/series-index.ts'
import { CombinedReads } from '../store/intake/combined-reads.ts'
import { MetricIntake } from '../store/intake/metric-intake.ts'
import { folderFiles } from '../store/journal/journal-files.ts'
import { Journal } from '../store/journal/journal.ts'
import { openLogs, type LogStores } from '../store/logs/open-logs.ts'
import { BodyFiles } from '../store/objects/body-files.ts'
import { MetricTables } from '../store/metrics/metric-tables.ts'
import { openTelemetry, type Telemetry } from '../store/telemetry/telemetry.ts'
import { decodePutLogEvents } from './aws/put-log-events-door.ts'
import { decodePutMetricData } from './aws/put-metric-data-door.ts'

/** Everything that is kept, opened and caught up. */
export interface Stores {
  readonly control: ControlStore
  readonly telemetry: Telemetry
  readonly tables: MetricTables
  readonly journal: Journal
  readonly index: SeriesIndex
  readonly head: Head
  readonly intake: MetricIntake
  readonly reads: CombinedReads
  readonly bodies: BodyFiles
  readonly logs: LogStores
  /** Which sensitive data of log events is masked. */
  readonly protection: DataProtection
  /** What accounts have set for many log groups at once. */
  readonly accountPolicies: LogAccountPolicies
  /** What log events are made into. */
  readonly transformers: LogTransformers
  /** Writes what waits and closes, the newest layer first. */
  close(): Promise<void>
}

interface Options {
  readonly folder: string
  readonly clickhouseUrl: URL | undefined
  readonly clock: Clock
  readonly entropy: Entropy
  readonly log: Log
}

export const openStores = async ({ folder, clickhouseUrl, clock, entropy, log }: Options): Promise<Stores> => {
  const control = openControl({ file: join(folder, 'control.db'), clock, log, compileFilter })
  const known = (blobs: readonly string[]) => control.objectGarbage.known(blobs)
  const [telemetry, files, bodies] = await Promise.all([
    openTelemetry({ folder: join(folder, 'telemetry'), url: clickhouseUrl?.href, log, clock }),
    folderFiles(join(folder, 'journal')),
    BodyFiles.open({ folder: join(folder, 'objects'), freeBytes: freeBytesOf(folder), known }),
  ])
  const [tables, journal] = await Promise.all([MetricTables.open(telemetry, clock), Journal.open({ files, entropy, log })])
  const index = new SeriesIndex()
  const head = new Head(index, clock.now())
  const decode = putMetricDataDecoder(index, decodePutMetricData, entropy)
  const intake = await MetricIntake.open({ journal, index, head, tables, decode, once: control.drops, clock, entropy, log })
  const protection = await DataProtection.open(control.logProtections)
  const maskOf: MaskOf = (group, at) => protection.maskOf(group, at)
  const accountPolicies = await LogAccountPolicies.open(control.logDocuments)
  const transformers = await LogTransformers.open(control.logDocuments, accountPolicies)
  const transformOf: TransformOf = (group, stream) => transformers.transformOf({ group, stream })
  const retentionOf: RetentionOf = group => accountPolicies.retention(group, clock.now())
  const logs = await openLogs({ control, telemetry, journal, decode: decodePutLogEvents, maskOf, transformOf, retentionOf, clock, entropy, log })
  return {
    control,
    telemetry,
    tables,
    journal,
    index,
    head,
    intake,
    reads: new CombinedReads(index, head, tables, intake.writer),
    logs,
    protection,
    accountPolicies,
    transformers,
    bodies,
    async close() {
      await logs.intake.close()
      await intake.close()
      await journal.close()
      await telemetry.close()
      await control.close()
    },
  }
}
