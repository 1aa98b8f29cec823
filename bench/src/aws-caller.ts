import { Agent, request } from 'node:http'
import type { Credentials } from './server-under-test.ts'
import { signedHeaders } from './signed-request.ts'

export interface Answer {
  readonly status: number
  readonly body: Buffer
}

/** The server said no. */
export class Refused extends Error {
  readonly status: number

  constructor(operation: string, { status, body }: Answer) {
    super(`${operation}: ${status} ${body.toString().slice(0, 500)}`)
    this.status = status
  }
}

const PATIENCE_MILLIS = 60_000

/** Signed calls of AWS operations over kept connections, as an SDK makes them but at less cost to the machine that is measured. */
export class AwsCaller {
  readonly #url: URL
  readonly #credentials: Credentials
  readonly #agent: Agent

  constructor({ url, credentials }: { readonly url: string; readonly credentials: Credentials }, connections = 8) {
    this.#url = new URL(url)
    this.#credentials = credentials
    this.#agent = new Agent({ keepAlive: true, maxSockets: connections })
  }

  /** A CloudWatch operation in AWS JSON 1.0; throws {@link Refused}, or the connection's error when there is no answer. */
  async cloudWatch<Output>(operation: string, input: object): Promise<Output> {
    const headers = { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': `GraniteServiceVersion20100801.${operation}` }
    const text = await this.#call(operation, headers, JSON.stringify(input), 'monitoring')
    return (text === '' ? {} : JSON.parse(text)) as Output
  }

  /** An SNS action in the query protocol; answers its XML. */
  sns(action: string, parameters: Readonly<Record<string, string>>): Promise<string> {
    const form = new URLSearchParams({ Action: action, Version: '2010-03-31', ...parameters }).toString()
    return this.#call(action, { 'content-type': 'application/x-www-form-urlencoded' }, form, 'sns')
  }

  /** A body as it is. */
  post(url: URL, headers: Readonly<Record<string, string>>, body: string | Buffer): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const sending = request(url, { agent: this.#agent, method: 'POST', headers: { ...headers, 'content-length': Buffer.byteLength(body) } }, answer => {
        const chunks: Buffer[] = []
        answer.on('data', (chunk: Buffer) => chunks.push(chunk))
        answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body: Buffer.concat(chunks) }))
        answer.on('error', reject)
      })
      sending.on('error', reject)
      sending.setTimeout(PATIENCE_MILLIS, () => sending.destroy(new Error('no answer')))
      sending.end(body)
    })
  }

  close(): void {
    this.#agent.destroy()
  }

  async #call(operation: string, headers: Readonly<Record<string, string>>, body: string, service: string): Promise<string> {
    const answer = await this.post(this.#url, signedHeaders(this.#url, headers, body, this.#credentials, service), body)
    if (answer.status !== 200) throw new Refused(operation, answer)
    return answer.body.toString()
  }
}
