import { Agent, request } from 'node:http'
import { prepareRequests, type PreparedRequest, type WireForm } from './put-metric-data-bodies.ts'
import type { Credentials } from './server-under-test.ts'
import { signedHeaders } from './signed-request.ts'

/** What the load process is told, as JSON in its first argument. */
export interface LoadOrder {
  readonly url: string
  readonly credentials: Credentials
  readonly form: WireForm
  readonly series: number
  readonly connections: number
  readonly seconds: number
}

/** What it answers, as JSON on its standard output. */
export interface LoadReport {
  readonly datums: number
  readonly seconds: number
  readonly failures: number
  readonly p50: number
  readonly p99: number
  readonly maximum: number
  readonly firstFailure: string | undefined
}

/** Sends prepared requests over some connections for some seconds, each after the answer to the one before. */
const load = async (order: LoadOrder): Promise<LoadReport> => {
  const prepared = prepareRequests(order.form, order.series, 60, new Date()).map(plain => {
    const url = new URL(plain.path, order.url)
    return { ...plain, url, headers: signedHeaders(url, plain.headers, plain.body, order.credentials) }
  })
  const agent = new Agent({ keepAlive: true, maxSockets: order.connections })
  const latencies: number[] = []
  let [datums, failures, next] = [0, 0, 0]
  let firstFailure: string | undefined
  const begun = performance.now()
  const end = begun + order.seconds * 1000
  const worker = async (): Promise<void> => {
    while (performance.now() < end) {
      const one = prepared[next++ % prepared.length]!
      const sent = performance.now()
      const answer = await send(agent, one.url, one)
      latencies.push(performance.now() - sent)
      if (answer.status === 200) datums += one.datums
      else {
        failures++
        firstFailure ??= `${answer.status} ${answer.text.slice(0, 500)}`
      }
    }
  }
  await Promise.all(Array.from({ length: order.connections }, worker))
  agent.destroy()
  latencies.sort((a, b) => a - b)
  const quantile = (fraction: number): number => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * fraction))] ?? NaN
  return {
    datums,
    seconds: (performance.now() - begun) / 1000,
    failures,
    firstFailure,
    p50: quantile(0.5),
    p99: quantile(0.99),
    maximum: latencies.at(-1) ?? NaN,
  }
}

const send = (agent: Agent, url: URL, { headers, body }: PreparedRequest): Promise<{ readonly status: number; readonly text: string }> =>
  new Promise((resolve, reject) => {
    const sending = request(url, { agent, method: 'POST', headers: { ...headers, 'content-length': body.length } }, answer => {
      const chunks: Buffer[] = []
      answer.on('data', (chunk: Buffer) => chunks.push(chunk))
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text: Buffer.concat(chunks).toString() }))
      answer.on('error', reject)
    })
    sending.on('error', reject)
    sending.end(body)
  })

process.stdout.write(JSON.stringify(await load(JSON.parse(process.argv[2]!) as LoadOrder)))
