import type { Clock } from '../base/clock.ts'
import { FindingsReports } from '../jobs/log-protection/findings-reports.ts'
import { logMetricSink } from './log-metric-sink.ts'
import type { Stores } from './stores.ts'

/** Tells of sensitive data in log events from now on. */
export const reportFindings = ({ logs, protection, intake }: Stores, clock: Clock): void => {
  const reports = new FindingsReports({ protection, groups: logs.directory, sink: logs.intake, metrics: logMetricSink(intake, clock) })
  logs.intake.onArrival(arrival => reports.take(arrival))
}
