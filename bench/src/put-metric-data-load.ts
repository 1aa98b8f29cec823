import { once } from 'node:events'
import { AwsCaller } from './aws-caller.ts'
import { quantile } from './benchmark.ts'
import { BodySource, type WireForm, type WireRequest } from './put-metric-data-bodies.ts'
import type { Credentials } from './server-under-test.ts'
import { signedHeaders } from './signed-request.ts'

/*
 * A process that loads a server. It is sent an order, prepares its requests, warms the server up and says `warm`; told `go`, it
 * puts the load on and answers with a report.
 */

export interface LoadOrder {
  readonly url: string
  readonly credentials: Credentials
  readonly form: WireForm
  readonly series: number
  readonly datums: number
  readonly connections: number
  readonly warmUpSeconds: number
  readonly seconds: number
}

export interface LoadReport {
  readonly datums: number
  readonly seconds: number
  /** Milliseconds from the first byte of a request to the last of its answer. */
  readonly p50: number
  readonly p99: number
  /** Mean size of a body on the wire. */
  readonly bytesPerDatum: number
}

/** Signed bodies are kept in memory up to this; beyond, the same go out again. */
const PREPARED_BYTES = 768 * 1024 ** 2
/** As many as the fastest server measured has taken in a second. */
const PREPARED_PER_SECOND = 700_000

interface PreparedRequest extends WireRequest {
  readonly url: URL
}

const prepare = async (order: LoadOrder): Promise<readonly PreparedRequest[]> => {
  const source = new BodySource(order.form, order.series, order.datums)
  const wanted = Math.ceil(((order.seconds + order.warmUpSeconds) * PREPARED_PER_SECOND) / order.datums)
  const prepared: PreparedRequest[] = []
  for (let bytes = 0; prepared.length < wanted && bytes < PREPARED_BYTES; ) {
    // Compressing is most of the work and done by other threads.
    const batch = await Promise.all(Array.from({ length: 8 }, () => source.next()))
    for (const plain of batch) {
      const url = new URL(plain.path, order.url)
      prepared.push({ ...plain, url, headers: signedHeaders(url, plain.headers, plain.body, order.credentials) })
      bytes += plain.body.length
    }
  }
  return prepared
}

class Load {
  readonly #caller: AwsCaller
  readonly #prepared: readonly PreparedRequest[]
  readonly #connections: number
  #next = 0

  constructor(order: LoadOrder, prepared: readonly PreparedRequest[]) {
    this.#caller = new AwsCaller(order, order.connections)
    this.#connections = order.connections
    this.#prepared = prepared
  }

  /** Keeps all connections busy, each with its next request as soon as it has its answer. */
  async run(seconds: number): Promise<LoadReport> {
    const latencies: number[] = []
    let [datums, bytes] = [0, 0]
    const begun = performance.now()
    const end = begun + seconds * 1000
    const connection = async (): Promise<void> => {
      while (performance.now() < end) {
        const one = this.#prepared[this.#next++ % this.#prepared.length]!
        const sent = performance.now()
        const { status, body } = await this.#caller.post(one.url, one.headers, one.body)
        latencies.push(performance.now() - sent)
        if (status !== 200) throw new Error(`${status} ${body.toString().slice(0, 500)}`)
        datums += one.datums
        bytes += one.body.length
      }
    }
    await Promise.all(Array.from({ length: this.#connections }, connection))
    return { datums, seconds: (performance.now() - begun) / 1000, p50: quantile(latencies, 0.5), p99: quantile(latencies, 0.99), bytesPerDatum: bytes / datums }
  }
}

const [order] = (await once(process, 'message')) as [LoadOrder]
const load = new Load(order, await prepare(order))
await load.run(order.warmUpSeconds)
process.send!('warm')
await once(process, 'message')
process.send!(await load.run(order.seconds))
process.disconnect!()
