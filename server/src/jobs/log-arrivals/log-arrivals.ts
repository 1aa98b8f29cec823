import type { LogArrival } from '../../model/log.ts'
import { ArrivedLines } from './arrived-lines.ts'
import { foldEmbeddedMetrics } from './embedded-metrics.ts'
import type { LogMetricSink } from './ports.ts'
import { SampleFold } from './sample-fold.ts'

interface Parts {
  readonly sink: LogMetricSink
}

/** What becomes of log events besides being stored. When `take` resolves all of it is durable: only then are they acknowledged. */
export class LogArrivals {
  readonly #parts: Parts

  constructor(parts: Parts) {
    this.#parts = parts
  }

  async take(arrival: LogArrival): Promise<void> {
    const { group, ingestedAt, messages } = arrival
    // AWS makes nothing of the events of its cheaper classes.
    if (group.class !== 'STANDARD') return
    const lines = new ArrivedLines(messages)
    const fold = new SampleFold(ingestedAt)
    foldEmbeddedMetrics(arrival, lines, fold)
    if (fold.samples.length > 0) await this.#parts.sink.put(group.tenant, fold.samples, ingestedAt)
  }
}
