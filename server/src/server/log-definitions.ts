import type { Clock } from '../base/clock.ts'
import type { Entropy } from '../base/entropy.ts'
import type { Log } from '../base/log.ts'
import type { LogMetricSink } from '../jobs/log-arrivals/ports.ts'
import { LogAnomalyRounds } from '../jobs/log-anomalies/log-anomaly-rounds.ts'
import type { LogExportRuns } from '../jobs/log-exports/log-export-runs.ts'
import { FindingsReports } from '../jobs/log-protection/findings-reports.ts'
import type { LogDefinitionPorts } from '../services/logs/definitions/operations.ts'
import { PatternReads } from '../store/logs/pattern-reads.ts'
import type { ExportPlaces } from './exports/export-place.ts'
import { logExports, type ExportStores } from './log-exports.ts'
import type { Stores } from './stores.ts'

interface Parts {
  readonly stores: ExportStores & Pick<Stores, 'protection' | 'telemetry' | 'transformers' | 'accountPolicies'> & { readonly control: Pick<Stores['control'], 'logDocuments' | 'logAnomalyDetectors' | 'logDeliveries' | 'drops'> }
  readonly metrics: LogMetricSink
  /** Where log events may be exported to besides the house's own buckets. */
  readonly exportPlaces?: ExportPlaces | undefined
  readonly clock: Clock
  readonly entropy: Entropy
  readonly log: Log
}

export interface LogDefinitions {
  readonly ports: LogDefinitionPorts
  readonly exports: LogExportRuns
  readonly anomalies: LogAnomalyRounds
  /** Goes on with what a stop interrupted. */
  start(): void
  stop(): Promise<void>
}

/** What is defined for logs besides groups, filters and queries, and what comes of it. */
export const logDefinitions = ({ stores, metrics, exportPlaces, clock, entropy, log }: Parts): LogDefinitions => {
  const { control, logs, protection } = stores
  const reports = new FindingsReports({ protection, groups: logs.directory, sink: logs.intake, metrics, claims: control.drops })
  logs.intake.onArrival(arrival => reports.take(arrival))
  const exports = logExports(stores, clock, entropy, log, exportPlaces)
  const { logAnomalyDetectors: detectors } = control
  const anomalies = new LogAnomalyRounds({
    book: detectors,
    groups: logs.directory,
    windows: new PatternReads(stores.telemetry, logs.reads),
    events: logs.reads,
    metrics,
    clock,
    entropy,
    log,
  })
  return {
    ports: {
      protections: protection,
      documents: stores.accountPolicies,
      transformers: stores.transformers,
      exports: { tasks: control.logExports, probe: (tenant, bucket) => exports.probe(tenant, bucket), wake: () => exports.wake(), entropy },
      anomalies: { detectors, book: anomalies, entropy },
      deliveries: { store: control.logDeliveries, entropy },
    },
    exports,
    anomalies,
    start() {
      exports.wake()
      anomalies.start()
    },
    async stop() {
      await Promise.all([exports.stop(), anomalies.stop()])
    },
  }
}
