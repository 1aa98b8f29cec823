import type { Clock } from '../base/clock.ts'
import type { Log } from '../base/log.ts'
import { LogArrivals } from '../jobs/log-arrivals/log-arrivals.ts'
import { logMetricSink } from './log-metric-sink.ts'
import type { Stores } from './stores.ts'

/** What becomes of log events on arrival, listening to the stores. */
export const logArrivals = ({ logs, intake }: Stores, clock: Clock, log: Log): LogArrivals => {
  const { directory, metricFilters } = logs
  const arrivals = new LogArrivals({
    sink: logMetricSink(intake, clock),
    metricFilters,
    isGroup: group => directory.byId(group) !== undefined,
    clock,
    log,
  })
  logs.intake.onArrival(arrival => arrivals.take(arrival))
  return arrivals
}
