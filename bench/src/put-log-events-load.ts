import { once } from 'node:events'
import { gzipSync } from 'node:zlib'
import { AwsCaller } from './aws-caller.ts'
import { quantile } from './benchmark.ts'
import { LogLines } from './log-lines.ts'
import type { Credentials } from './server-under-test.ts'
import { signedHeaders } from './signed-request.ts'

/*
 * A process that sends log events to a server. It is sent an order, prepares its requests, warms the server up and says `warm`; told
 * `go`, it puts the load on and answers with a report.
 */

export interface LogLoadOrder {
  readonly url: string
  readonly credentials: Credentials
  readonly group: string
  readonly streams: readonly string[]
  readonly connections: number
  readonly warmUpSeconds: number
  readonly seconds: number
}

export interface LogLoadReport {
  readonly events: number
  readonly seconds: number
  /** Milliseconds from the first byte of a request to the last of its answer. */
  readonly p50: number
  readonly p99: number
  readonly bytesPerEvent: number
  /** Of one event that was sent, to be looked for. */
  readonly requestId: string
}

const EVENTS = 1000
/** Different requests; beyond, the same go out again. A thousand are a million different lines. */
const PREPARED = 1000
const TARGET = { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': 'Logs_20140328.PutLogEvents', 'content-encoding': 'gzip' }

const prepare = ({ url: to, credentials, group, streams }: LogLoadOrder) => {
  const url = new URL(to)
  const lines = new LogLines(7)
  const now = Date.now()
  return Array.from({ length: PREPARED }, (_, index) => {
    const logEvents = Array.from({ length: EVENTS }, (__, at) => ({ timestamp: now - 60_000 + index * 60 + Math.floor((at * 60) / EVENTS), message: lines.next() }))
    const body = gzipSync(JSON.stringify({ logGroupName: group, logStreamName: streams[index % streams.length], logEvents }), { level: 1 })
    return { url, body, headers: signedHeaders(url, TARGET, body, credentials, 'logs') }
  })
}

const [order] = (await once(process, 'message')) as [LogLoadOrder]
const prepared = prepare(order)
const caller = new AwsCaller(order, order.connections)
let next = 0

/** Keeps all connections busy, each with its next request as soon as it has its answer. */
const run = async (seconds: number): Promise<LogLoadReport> => {
  const latencies: number[] = []
  let [events, bytes] = [0, 0]
  const begun = performance.now()
  const end = begun + seconds * 1000
  const connection = async (): Promise<void> => {
    while (performance.now() < end) {
      const one = prepared[next++ % prepared.length]!
      const sent = performance.now()
      const { status, body } = await caller.post(one.url, one.headers, one.body)
      latencies.push(performance.now() - sent)
      if (status !== 200) throw new Error(`${status} ${body.toString().slice(0, 500)}`)
      events += EVENTS
      bytes += one.body.length
    }
  }
  await Promise.all(Array.from({ length: order.connections }, connection))
  const requestId = new LogLines(7).next().match(/"requestId":"([^"]+)"/)![1]!
  return { events, seconds: (performance.now() - begun) / 1000, p50: quantile(latencies, 0.5), p99: quantile(latencies, 0.99), bytesPerEvent: bytes / events, requestId }
}

await run(order.warmUpSeconds)
process.send!('warm')
await once(process, 'message')
process.send!(await run(order.seconds))
caller.close()
process.disconnect!()
