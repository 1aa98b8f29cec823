import type { Clock, Timer } from '../../base/clock.ts'
import type { Entropy } from '../../base/entropy.ts'
import type { Log } from '../../base/log.ts'
import type { Tenant } from '../../base/tenancy.ts'
import { millis } from '../../base/time.ts'
import type { LogMetricFilter, LogSubscriptionFilter } from '../../model/log-filter.ts'
import type { LogArrival } from '../../model/log.ts'
import { LiveTails } from '../live-tail/live-tails.ts'
import { ArrivedLines } from './arrived-lines.ts'
import { foldEmbeddedMetrics } from './embedded-metrics.ts'
import { MetricFilters } from './metric-filters.ts'
import type { LogFilterSource, LogMetricSink, LogOutbox, NamedDestinations } from './ports.ts'
import { SampleFold } from './sample-fold.ts'
import { SubscriptionFilters } from './subscription-filters.ts'

interface Parts {
  readonly sink: LogMetricSink
  readonly metricFilters: LogFilterSource<LogMetricFilter>
  readonly subscriptionFilters: LogFilterSource<LogSubscriptionFilter>
  readonly outbox: LogOutbox
  readonly destinations: NamedDestinations
  /** The console's page of a group. */
  readonly pageOf: (tenant: Tenant, group: string) => string
  readonly isGroup: (group: number) => boolean
  readonly clock: Clock
  readonly entropy: Entropy
  readonly log: Log
}

/** Rounds begin so long after each full minute, when what came in it has been looked at. */
const ROUND_AT = 3_000
const MINUTE = 60_000

/** What becomes of log events besides being stored. When `take` resolves all of it is durable: only then are they acknowledged. */
export class LogArrivals {
  readonly tails: LiveTails
  readonly #parts: Parts
  readonly #metricFilters: MetricFilters
  readonly #subscriptionFilters: SubscriptionFilters
  #timer: Timer | undefined
  #round: Promise<void> = Promise.resolve()
  #stopped = false

  constructor(parts: Parts) {
    this.#parts = parts
    this.tails = new LiveTails(parts.clock)
    this.#metricFilters = new MetricFilters({ filters: parts.metricFilters, sink: parts.sink, log: parts.log })
    this.#subscriptionFilters = new SubscriptionFilters({ ...parts, filters: parts.subscriptionFilters })
  }

  async take(arrival: LogArrival): Promise<void> {
    // AWS makes nothing of the events of its cheaper classes.
    if (arrival.group.class !== 'STANDARD') return
    const lines = new ArrivedLines(arrival)
    this.tails.saw(arrival, index => lines.at(index))
    await Promise.all([this.#metrics(arrival, lines), this.#subscriptionFilters.forward(arrival, lines)])
  }

  async #metrics(arrival: LogArrival, lines: ArrivedLines): Promise<void> {
    const { group, ingestedAt } = arrival
    const fold = new SampleFold(ingestedAt)
    foldEmbeddedMetrics(arrival, lines, fold)
    await this.#metricFilters.fold(arrival, lines, fold)
    if (fold.samples.length > 0) await this.#parts.sink.put(group.tenant, fold.samples, ingestedAt)
  }

  /** Starts the rounds of each minute. */
  start(): void {
    const wait = MINUTE - ((this.#parts.clock.now() - ROUND_AT) % MINUTE)
    this.#timer = this.#parts.clock.after(millis(wait), () => {
      this.#round = this.#run()
    })
  }

  /** Reports what can be said of the minute that is running. */
  async stop(): Promise<void> {
    this.#stopped = true
    this.#timer?.cancel()
    this.tails.close()
    await this.#round
    await this.#report(true)
  }

  async #run(): Promise<void> {
    await this.#report(false)
    this.#parts.metricFilters.keepOnly(this.#parts.isGroup)
    this.#parts.subscriptionFilters.keepOnly(this.#parts.isGroup)
    if (!this.#stopped) this.start()
  }

  async #report(all: boolean): Promise<void> {
    const { clock, log } = this.#parts
    try {
      await this.#metricFilters.reportDefaults(clock.now(), all)
    } catch (error) {
      log.error({ error: String(error) }, 'default values of metric filters could not be reported')
    }
  }
}
