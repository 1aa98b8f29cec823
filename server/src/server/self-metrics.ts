import { Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { Stores } from './stores.ts'

/** The server's figures about itself, in Prometheus' text form at `GET /metrics`. */
export class SelfMetrics {
  readonly #registry = new Registry()
  readonly #requests = new Counter({
    name: 'tocsin_requests_total',
    help: 'AWS requests answered, by service, operation and outcome (ok or the error code).',
    labelNames: ['service', 'operation', 'outcome'],
    registers: [this.#registry],
  })
  readonly #seconds = new Histogram({
    name: 'tocsin_request_duration_seconds',
    help: 'Time from the last byte of a request to the first of its answer.',
    labelNames: ['service', 'operation'],
    buckets: [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10],
    registers: [this.#registry],
  })

  request(service: string, operation: string, outcome: string, durationMillis: number): void {
    this.#requests.inc({ service, operation, outcome })
    this.#seconds.observe({ service, operation }, durationMillis / 1000)
  }

  /** A figure that is read when it is asked for. */
  gauge(name: string, help: string, read: () => number): void {
    const gauge: Gauge = new Gauge({ name, help, registers: [this.#registry], collect: () => gauge.set(read()) })
  }

  text(): Promise<string> {
    return this.#registry.metrics()
  }

  get contentType(): string {
    return this.#registry.contentType
  }
}

/** The figures of the stores and of the process, read whenever somebody asks. */
export const selfMetrics = ({ journal, index, head, telemetry }: Stores): SelfMetrics => {
  const metrics = new SelfMetrics()
  metrics.gauge('tocsin_journal_bytes', 'Bytes in the journal that are not yet known to be in the telemetry store.', () => journal.size)
  metrics.gauge('tocsin_series', 'Series known: metrics times units, of all tenants.', () => index.size)
  metrics.gauge('tocsin_head_bytes', 'Memory of the in-memory head.', () => head.bytes)
  metrics.gauge('tocsin_telemetry_restarts', 'Restarts of the embedded telemetry engine since the start.', () => telemetry.status().restarts)
  metrics.gauge('process_resident_memory_bytes', 'Resident memory of the server process, without the telemetry engine.', () => process.memoryUsage.rss())
  metrics.gauge('process_cpu_seconds_total', 'Processor time of the server process, without the telemetry engine.', () => {
    const { user, system } = process.cpuUsage()
    return (user + system) / 1e6
  })
  return metrics
}
