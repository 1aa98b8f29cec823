import { Agent, request } from 'node:http'
import { buffer } from 'node:stream/consumers'
import type { EngineCall, EngineCalls, InsertedData } from './engine-call.ts'
import { HANDOVER_HEADER } from './handover.ts'
import { LANE_HEADER, SOCKETS, timeoutOf } from './lane.ts'
import { parameterText } from './parameter-text.ts'
import { EngineRefusal } from './telemetry-error.ts'

/**
 * Statements to the embedded engine, over its socket. ClickHouse's own client takes 2.5 ms longer for a statement that takes 3.5 and most of
 * 1 ms more of the processor: it waits a turn of the timers before each request, and streams its body
 * (docs/decisions/0011-embedded-engine-is-called-without-a-client.md).
 */
export class EmbeddedCalls implements EngineCalls {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: SOCKETS })
  readonly #socketPath: string

  constructor(socketPath: string) {
    this.#socketPath = socketPath
  }

  async rows<Row>(call: EngineCall): Promise<readonly Row[]> {
    const lines = (await this.bytes({ ...call, sql: `${call.sql}\nFORMAT JSONEachRow` })).toString('utf8').split('\n')
    return lines.filter(line => line !== '').map(line => JSON.parse(line) as Row)
  }

  async bytes(call: EngineCall, data?: InsertedData): Promise<Buffer> {
    const url = new URLSearchParams({ ...call.settings, ...(call.id === undefined ? {} : { query_id: call.id }) })
    const handed = typeof data === 'string' ? { [HANDOVER_HEADER]: data } : {}
    const headers = { [LANE_HEADER]: call.lane, ...handed }
    if (data !== undefined && typeof data !== 'string') {
      url.set('query', call.sql)
      return this.#send(call, url, headers, data)
    }
    const parameters = Object.entries(call.parameters).map(([name, value]) => [`param_${name}`, parameterText(value)] as const)
    if (parameters.reduce((sum, [, value]) => sum + value.length, 0) > MOST_IN_URL) {
      const { type, body } = await formOf([['query', call.sql], ...parameters])
      return this.#send(call, url, { ...headers, 'content-type': type }, [body])
    }
    for (const [name, value] of parameters) url.set(name, value)
    return this.#send(call, url, headers, [Buffer.from(call.sql)])
  }

  async close(): Promise<void> {
    this.#agent.destroy()
  }

  #send(call: EngineCall, url: URLSearchParams, headers: Readonly<Record<string, string>>, body: readonly Uint8Array[]): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      const length = body.reduce((sum, piece) => sum + piece.byteLength, 0)
      const sent = request(
        { agent: this.#agent, socketPath: this.#socketPath, method: 'POST', path: `/?${url.toString()}`, headers: { ...headers, 'content-length': length }, timeout: timeoutOf(call.lane) },
        answer => {
          buffer(answer).then(bytes => (answer.statusCode === 200 ? resolve(bytes) : reject(refusalOf(bytes.toString('utf8')))), reject)
        },
      )
      sent.on('error', reject)
      sent.on('timeout', () => sent.destroy(new Error('no answer in time')))
      // Small ones leave in one piece with the head.
      sent.cork()
      for (const piece of body) sent.write(piece)
      sent.end()
      sent.uncork()
    })
  }
}

/** Characters; beyond, values travel in a form: whatever is in a URL is escaped and scanned as one. */
const MOST_IN_URL = 65_536

const formOf = async (fields: readonly (readonly [name: string, value: string])[]): Promise<{ readonly type: string; readonly body: Buffer }> => {
  const form = new FormData()
  // As files: a field's line breaks are made those of the network.
  for (const [name, value] of fields) form.set(name, new Blob([value]))
  const made = new Response(form)
  return { type: made.headers.get('content-type')!, body: Buffer.from(await made.arrayBuffer()) }
}

const REFUSAL = /^Code: (\d+)\. DB::Exception: ([^]*?)(?: \(([A-Z][A-Z0-9_]*)\))?\s*$/

const refusalOf = (text: string): EngineRefusal => {
  const [, code, reason, type] = REFUSAL.exec(text) ?? []
  // 1002 is ClickHouse's UNKNOWN_EXCEPTION.
  return new EngineRefusal(Number(code ?? 1002), type ?? 'UNKNOWN', reason ?? text)
}
