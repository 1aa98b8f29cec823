import type { Clock } from '../../base/clock.ts'
import type { Entropy } from '../../base/entropy.ts'
import type { Log } from '../../base/log.ts'
import type { DecodeLogBody } from '../../model/log-intake.ts'
import type { MaskOf, RetentionOf, TransformOf } from '../../model/log.ts'
import type { ControlStore } from '../control/control-store.ts'
import type { Journal } from '../journal/journal.ts'
import type { Telemetry } from '../telemetry/telemetry.ts'
import type { LogMetricFilter, LogSubscriptionFilter } from '../../model/log-filter.ts'
import { DestinationDirectory } from './destination-directory.ts'
import { FieldColumns } from './field-columns.ts'
import { FilterDirectory } from './filter-directory.ts'
import { LogDirectory } from './log-directory.ts'
import { LogFigures } from './log-figures.ts'
import { LogIntake } from './log-intake.ts'
import { LogLayout } from './log-layout.ts'
import { LogReads } from './log-reads.ts'
import { LogTables } from './log-tables.ts'
import { LogUpkeep } from './log-upkeep.ts'
import { SeqSource } from './seq-source.ts'
import { transformBatch } from './transform-batch.ts'

/** Logs: what there is of groups and streams, the way in, the way out. */
export interface LogStores {
  readonly directory: LogDirectory
  readonly metricFilters: FilterDirectory<LogMetricFilter>
  readonly subscriptionFilters: FilterDirectory<LogSubscriptionFilter>
  readonly destinations: DestinationDirectory
  readonly intake: LogIntake
  readonly reads: LogReads
  readonly fields: FieldColumns
  readonly figures: LogFigures
  readonly upkeep: LogUpkeep
  readonly layout: LogLayout
  readonly retentionOf: RetentionOf
}

interface Options {
  readonly control: Pick<ControlStore, 'logGroups' | 'logStreams' | 'logFields' | 'logMetricFilters' | 'logSubscriptionFilters' | 'logDestinations'>
  readonly telemetry: Telemetry
  readonly journal: Journal
  readonly decode: DecodeLogBody
  readonly maskOf: MaskOf
  readonly transformOf: TransformOf
  readonly retentionOf: RetentionOf
  readonly clock: Clock
  readonly entropy: Entropy
  readonly log: Log
}

/** Caught up with what the journal holds; the stores below must be open. */
export const openLogs = async ({ control, telemetry, journal, decode, maskOf, transformOf, retentionOf, clock, entropy, log }: Options): Promise<LogStores> => {
  const seq = new SeqSource(clock)
  const directory = await LogDirectory.open(control.logGroups, control.logStreams, seq)
  const fields = await FieldColumns.open(control.logFields, telemetry)
  const metricFilters = await FilterDirectory.open<LogMetricFilter>(control.logMetricFilters)
  const subscriptionFilters = await FilterDirectory.open<LogSubscriptionFilter>(control.logSubscriptionFilters)
  const destinations = await DestinationDirectory.open(control.logDestinations)
  const tables = new LogTables(telemetry, fields, entropy, transformBatch(directory, transformOf))
  const intake = await LogIntake.open({ journal, directory, tables, seq, decode, maskOf, clock, log })
  const figures = new LogFigures(telemetry, intake, seq)
  return {
    directory,
    metricFilters,
    subscriptionFilters,
    destinations,
    intake,
    fields,
    reads: new LogReads(telemetry, directory, intake, retentionOf, clock),
    figures,
    upkeep: new LogUpkeep(telemetry, tables, directory, figures, retentionOf, clock),
    layout: new LogLayout(telemetry),
    retentionOf,
  }
}
