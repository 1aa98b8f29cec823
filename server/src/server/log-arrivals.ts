import type { Clock } from '../base/clock.ts'
import type { Entropy } from '../base/entropy.ts'
import type { Log } from '../base/log.ts'
import type { Sender } from '../jobs/deliveries/ports.ts'
import { LogArrivals } from '../jobs/log-arrivals/log-arrivals.ts'
import { logGroupPage } from '../notify/links.ts'
import { logMetricSink } from './log-metric-sink.ts'
import type { Stores } from './stores.ts'

interface Options {
  readonly stores: Stores
  readonly publicUrl: string
  readonly clock: Clock
  readonly entropy: Entropy
  readonly log: Log
}

/** What becomes of log events on arrival, listening to the stores. */
export const logArrivals = ({ stores: { logs, intake, control, transformers, accountPolicies }, publicUrl, clock, entropy, log }: Options): LogArrivals => {
  const { directory, metricFilters, subscriptionFilters, destinations } = logs
  const arrivals = new LogArrivals({
    sink: logMetricSink(intake, clock),
    metricFilters,
    subscriptionFilters,
    outbox: control.outbox,
    destinations,
    transformers,
    accountPolicies,
    pageOf: (tenant, group) => logGroupPage(publicUrl, tenant, group),
    isGroup: group => directory.byId(group) !== undefined,
    clock,
    entropy,
    log,
  })
  logs.intake.onArrival(arrival => arrivals.take(arrival))
  return arrivals
}

/** The sender, whose attempts for subscription filters are counted. */
export const countedSender = (sender: Sender, arrivals: LogArrivals): Sender => ({
  retryClass: target => sender.retryClass(target),
  async deliver(delivery) {
    const outcome = await sender.deliver(delivery)
    arrivals.sent(delivery, outcome)
    return outcome
  },
})
