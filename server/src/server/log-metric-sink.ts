import { sleep, type Clock } from '../base/clock.ts'
import { millis } from '../base/time.ts'
import type { LogMetricSink } from '../jobs/log-arrivals/ports.ts'
import type { FoldedSamples } from '../jobs/log-arrivals/sample-fold.ts'
import type { PutRequest } from '../model/metric-intake.ts'
import type { OnceMark } from '../model/once-mark.ts'
import { OverloadedError } from '../store/intake/overloaded-error.ts'

interface Intake {
  accept(request: PutRequest): Promise<unknown>
  acceptOnce(mark: OnceMark, requests: readonly PutRequest[]): Promise<void>
}

/** PutMetricData's own limits: values in a datum, datums and bytes in a request. */
const VALUES = 150
const DATUMS = 1000
const BYTES = 1_000_000
/** Requests that are taken together: a record of the journal has at most 16 MiB. */
const TOGETHER = 12
/** Between tries while the telemetry store takes no more metrics: meanwhile the events are not acknowledged either. */
const PAUSE = millis(200)

/** Metrics out of log events, written as a client would write them, so that they take the same way into the journal. */
export const logMetricSink = (intake: Intake, clock: Clock): LogMetricSink => ({
  async put(tenant, samples, receivedAt, mark) {
    const bodies = [...byNamespace(samples)].flatMap(([namespace, ofOne]) => bodiesOf(namespace, ofOne.flatMap(datumsOf)))
    const request = (body: Uint8Array): PutRequest => ({ tenant, protocol: 'json', encoding: 'identity', body, receivedAt })
    if (mark === undefined) await Promise.all(bodies.map(body => insist(() => intake.accept(request(body)), clock)))
    else {
      for (let from = 0; from < bodies.length; from += TOGETHER) {
        const part = { ...mark, what: from === 0 ? mark.what : `${mark.what}/${from}` }
        await insist(() => intake.acceptOnce(part, bodies.slice(from, from + TOGETHER).map(request)), clock)
      }
    }
  },
})

const insist = async (accept: () => Promise<unknown>, clock: Clock): Promise<void> => {
  for (;;) {
    try {
      await accept()
      return
    } catch (error) {
      if (!(error instanceof OverloadedError)) throw error
      await sleep(clock, PAUSE)
    }
  }
}

const byNamespace = (samples: readonly FoldedSamples[]): ReadonlyMap<string, readonly FoldedSamples[]> => {
  const found = new Map<string, FoldedSamples[]>()
  for (const sample of samples) {
    const { namespace } = sample.metric
    const others = found.get(namespace)
    if (others === undefined) found.set(namespace, [sample])
    else others.push(sample)
  }
  return found
}

/** As JSON texts, each with as many values as a datum may have. */
const datumsOf = ({ metric, unit, timestamp, resolution, counts }: FoldedSamples): readonly string[] => {
  const datum = {
    MetricName: metric.name,
    Dimensions: metric.dimensions.map(({ name, value }) => ({ Name: name, Value: value })),
    Timestamp: timestamp / 1000,
    Unit: unit,
    StorageResolution: resolution,
  }
  const values = [...counts.keys()]
  const texts: string[] = []
  for (let from = 0; from < values.length; from += VALUES) {
    const part = values.slice(from, from + VALUES)
    texts.push(JSON.stringify({ ...datum, Values: part, Counts: part.map(value => counts.get(value)) }))
  }
  return texts
}

const bodiesOf = (namespace: string, datums: readonly string[]): readonly Uint8Array[] => {
  const bodies: Uint8Array[] = []
  let part: string[] = []
  let bytes = 0
  const close = (): void => {
    bodies.push(Buffer.from(`{"Namespace":${JSON.stringify(namespace)},"MetricData":[${part.join(',')}]}`))
    part = []
    bytes = 0
  }
  for (const datum of datums) {
    const size = Buffer.byteLength(datum) + 1
    if (part.length === DATUMS || bytes + size > BYTES) close()
    part.push(datum)
    bytes += size
  }
  close()
  return bodies
}
