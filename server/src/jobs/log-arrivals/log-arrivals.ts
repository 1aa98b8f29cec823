import type { Clock } from '../../base/clock.ts'
import type { Entropy } from '../../base/entropy.ts'
import type { Log } from '../../base/log.ts'
import type { Tenant } from '../../base/tenancy.ts'
import { millis } from '../../base/time.ts'
import type { LogMetricFilter, LogSubscriptionFilter } from '../../model/log-filter.ts'
import type { LogArrival } from '../../model/log.ts'
import type { Delivery, DeliveryOutcome } from '../../model/notification.ts'
import { LiveTails } from '../live-tail/live-tails.ts'
import { Rounds, untilNext } from '../rounds.ts'
import { ArrivedLines } from './arrived-lines.ts'
import { foldEmbeddedMetrics } from './embedded-metrics.ts'
import { LogUsage, type UsageSource } from './log-usage.ts'
import { markOf } from './mark-of.ts'
import { MetricFilters } from './metric-filters.ts'
import type { AccountPolicies, LogFilterSource, LogMetricSink, LogOutbox, LogTransforms, NamedDestinations } from './ports.ts'
import { SampleFold } from './sample-fold.ts'
import { destinationType, forwardedPart, SubscriptionFilters } from './subscription-filters.ts'

interface Parts {
  readonly sink: LogMetricSink
  readonly metricFilters: LogFilterSource<LogMetricFilter>
  readonly subscriptionFilters: LogFilterSource<LogSubscriptionFilter>
  readonly outbox: LogOutbox
  readonly destinations: NamedDestinations
  readonly transformers: LogTransforms
  readonly accountPolicies: AccountPolicies
  /** The console's page of a group. */
  readonly pageOf: (tenant: Tenant, group: string) => string
  readonly isGroup: (group: number) => boolean
  readonly clock: Clock
  readonly entropy: Entropy
  readonly log: Log
}

/** Rounds begin so long after each full minute, when what came in it has been looked at. */
const ROUND_AT = 3_000
const MINUTE = millis(60_000)

/** What becomes of log events besides being stored. When `take` resolves all of it is durable: only then are they acknowledged. */
export class LogArrivals {
  readonly tails: LiveTails
  readonly #parts: Parts
  readonly #metricFilters: MetricFilters
  readonly #subscriptionFilters: SubscriptionFilters
  readonly #usage = new LogUsage()
  readonly #rounds: Rounds

  constructor(parts: Parts) {
    this.#parts = parts
    this.#rounds = new Rounds({ clock: parts.clock, round: () => this.#run(), pause: untilNext(parts.clock, MINUTE, ROUND_AT) })
    this.tails = new LiveTails(parts.clock)
    this.#metricFilters = new MetricFilters({ filters: parts.metricFilters, sink: parts.sink, log: parts.log })
    this.#subscriptionFilters = new SubscriptionFilters({ ...parts, filters: parts.subscriptionFilters })
  }

  async take(arrival: LogArrival): Promise<void> {
    this.#usage.count(sourceOf(arrival), 'IncomingLogEvents', arrival.timestamps.length, arrival.ingestedAt)
    this.#usage.count(sourceOf(arrival), 'IncomingBytes', bytesOf(arrival), arrival.ingestedAt)
    // AWS makes nothing of the events of its cheaper classes.
    if (arrival.group.class !== 'STANDARD') return
    const lines = new ArrivedLines(arrival, this.#parts.transformers.transformOf(arrival))
    this.tails.saw(arrival, index => lines.at(index))
    await Promise.all([this.#metrics(arrival, lines), this.#forward(arrival, lines)])
  }

  /** Takes note of what came of an attempt to deliver something. */
  sent(delivery: Delivery, outcome: DeliveryOutcome): void {
    const part = outcome.kind === 'failed' ? forwardedPart(delivery) : undefined
    const { endpoint } = delivery.subscription
    // What nothing can take was counted when it came.
    if (part === undefined || endpoint.startsWith('arn:')) return
    const source = { tenant: delivery.tenant, group: part.group, filter: { name: part.filter, destinationType: destinationType(endpoint) } }
    const throttled = outcome.kind === 'failed' && outcome.status === 429
    this.#usage.count(source, throttled ? 'DeliveryThrottling' : 'DeliveryErrors', part.events, this.#parts.clock.now())
  }

  async #forward(arrival: LogArrival, lines: ArrivedLines): Promise<void> {
    for (const { filter, destination, events, bytes, hopeless } of await this.#subscriptionFilters.forward(arrival, lines)) {
      const source = { ...sourceOf(arrival), filter: { name: filter.name, destinationType: destinationType(destination) } }
      if (hopeless) this.#usage.count(source, 'DeliveryErrors', events, arrival.ingestedAt)
      else {
        this.#usage.count(source, 'ForwardedLogEvents', events, arrival.ingestedAt)
        this.#usage.count(source, 'ForwardedBytes', bytes, arrival.ingestedAt)
      }
    }
  }

  async #metrics(arrival: LogArrival, lines: ArrivedLines): Promise<void> {
    const { group, ingestedAt } = arrival
    const fold = new SampleFold(ingestedAt)
    const errors = this.#parts.accountPolicies.extractsMetrics(group) ? foldEmbeddedMetrics(arrival, lines, fold) : NO_ERRORS
    this.#usage.count(sourceOf(arrival), 'EMFParsingErrors', errors.parsing, ingestedAt)
    this.#usage.count(sourceOf(arrival), 'EMFValidationErrors', errors.validation, ingestedAt)
    await this.#metricFilters.fold(arrival, lines, fold)
    if (fold.samples.length > 0) await this.#parts.sink.put(group.tenant, fold.samples, ingestedAt, markOf(arrival, 'metrics'))
  }

  /** Starts the rounds of each minute. */
  start(): void {
    this.#rounds.start()
  }

  /** Reports what can be said of the minute that is running. */
  async stop(): Promise<void> {
    const stopped = this.#rounds.stop()
    this.tails.close()
    await stopped
    await this.#report(true)
  }

  async #run(): Promise<void> {
    await this.#report(false)
    this.#parts.metricFilters.keepOnly(this.#parts.isGroup)
    this.#parts.subscriptionFilters.keepOnly(this.#parts.isGroup)
  }

  async #report(all: boolean): Promise<void> {
    const { clock, log } = this.#parts
    try {
      await this.#metricFilters.reportDefaults(clock.now(), all)
      await this.#usage.report(this.#parts.sink, clock.now(), all)
    } catch (error) {
      log.error({ error: String(error) }, 'default values of metric filters, or the figures of AWS/Logs, could not be reported')
    }
  }
}

const NO_ERRORS = { parsing: 0, validation: 0 } as const

const sourceOf = ({ group: { tenant, name } }: LogArrival): UsageSource => ({ tenant, group: name })

const bytesOf = (arrival: LogArrival): number => arrival.textBytes ?? arrival.messages.reduce((sum, message) => sum + Buffer.byteLength(message), 0)
