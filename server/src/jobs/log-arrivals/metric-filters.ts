import type { Log } from '../../base/log.ts'
import { epochMillis, millis, type EpochMillis } from '../../base/time.ts'
import type { LogMetricFilter } from '../../model/log-filter.ts'
import type { LogArrival, LogGroup } from '../../model/log.ts'
import type { ArrivedLines } from './arrived-lines.ts'
import type { LogFilterSource, LogMetricSink } from './ports.ts'
import { RunningMetricFilter } from './running-metric-filter.ts'
import { SampleFold } from './sample-fold.ts'

/** A minute is settled so long after its end: events that came in it may still be on their way through the journal. */
const SETTLED_AFTER = millis(2_000)
const MINUTE = millis(60_000)

interface Parts {
  readonly filters: LogFilterSource<LogMetricFilter>
  readonly sink: LogMetricSink
  readonly log: Log
}

/** The metric filters of all log groups, compiled when events first come to them. */
export class MetricFilters {
  readonly #parts: Parts
  /** A filter that is put anew is another object, and starts anew. */
  readonly #running = new WeakMap<LogMetricFilter, RunningMetricFilter>()
  readonly #withDefaults = new Map<RunningMetricFilter, LogGroup>()

  constructor(parts: Parts) {
    this.#parts = parts
  }

  /** Adds what the group's filters make of the events to the fold. */
  async fold(arrival: LogArrival, lines: ArrivedLines, fold: SampleFold): Promise<void> {
    for (const filter of this.#parts.filters.of(arrival.group.id)) {
      if (filter.disabledAt !== undefined || arrival.ingestedAt < filter.changedAt) continue
      const running = this.#runningOf(filter, arrival.group)
      if (running.look(arrival, filter.onTransformedLogs ? lines.transformed : lines, fold) === 'too many metrics') await this.#disable(filter, arrival)
    }
  }

  /** Reports default values for the minutes that are over by now; with `all`, for the one that is running too. */
  async reportDefaults(now: EpochMillis, all = false): Promise<void> {
    const upTo = epochMillis(all ? now + MINUTE : now - SETTLED_AFTER)
    for (const [running, group] of this.#withDefaults) {
      const fold = new SampleFold(now)
      for (const sample of running.takeDefaults(upTo)) fold.add(sample)
      if (!running.hasOpenMinutes) this.#withDefaults.delete(running)
      if (fold.samples.length > 0) await this.#parts.sink.put(group.tenant, fold.samples, now)
    }
  }

  #runningOf(filter: LogMetricFilter, group: LogGroup): RunningMetricFilter {
    let running = this.#running.get(filter)
    if (running === undefined) this.#running.set(filter, (running = new RunningMetricFilter(filter, group.tenant)))
    if (running.hasDefault) this.#withDefaults.set(running, group)
    return running
  }

  async #disable(filter: LogMetricFilter, { group, ingestedAt }: LogArrival): Promise<void> {
    this.#parts.log.warn({ group: group.arn, filter: filter.name }, 'a metric filter made too many metrics and is disabled until it is put again')
    await this.#parts.filters.change(group.id, filters => {
      const now = filters.find(({ name }) => name === filter.name)
      return now === filter ? { ...filter, disabledAt: ingestedAt } : undefined
    })
  }
}
