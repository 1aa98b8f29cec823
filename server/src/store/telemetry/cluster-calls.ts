import { type ClickHouseClient, ClickHouseError, createClient } from '@clickhouse/client'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import type { EngineCall, EngineCalls, InsertedData } from './engine-call.ts'
import { LANE_HEADER, SOCKETS, timeoutOf, type Lane } from './lane.ts'
import { EngineRefusal } from './telemetry-error.ts'

/** Statements to a ClickHouse server, through its own client. */
export class ClusterCalls implements EngineCalls {
  readonly #clients = new Map<number, ClickHouseClient>()
  readonly #url: string

  /** `http://user:password@host:8123/database`. */
  constructor(url: string) {
    this.#url = url
  }

  async rows<Row>(call: EngineCall): Promise<readonly Row[]> {
    return told(async () => {
      const result = await this.#client(call.lane).query({ query: call.sql, format: 'JSONEachRow', ...optionsOf(call) })
      return result.json<Row>()
    })
  }

  async bytes(call: EngineCall, data?: InsertedData): Promise<Buffer> {
    if (typeof data === 'string') throw new TypeError('a server has no spool')
    return told(async () => {
      const values = data === undefined ? {} : { values: Readable.from(data, { objectMode: false }) }
      const { stream } = await this.#client(call.lane).exec({ query: call.sql, ...values, ...optionsOf(call) })
      return buffer(stream)
    })
  }

  async close(): Promise<void> {
    await Promise.all([...this.#clients.values()].map(client => client.close()))
  }

  /** One for each patience: the client has one for all of its requests. */
  #client(lane: Lane): ClickHouseClient {
    const timeout = timeoutOf(lane)
    const known = this.#clients.get(timeout)
    if (known !== undefined) return known
    const client = createClient({
      url: this.#url,
      request_timeout: timeout,
      max_open_connections: SOCKETS,
      // Long lists and log lines do not fit where proxies and servers cut URLs off.
      use_multipart_params_auto: true,
      // What the client would log, callers get as errors.
      log: { level: OFF },
    })
    this.#clients.set(timeout, client)
    return client
  }
}

/** ClickHouseLogLevel.OFF: the package exports it as an ambient enum. */
const OFF = 127

const optionsOf = ({ lane, parameters, settings, id }: EngineCall) => ({
  query_params: parameters as Record<string, unknown>,
  clickhouse_settings: { ...settings },
  http_headers: { [LANE_HEADER]: lane },
  ...(id === undefined ? {} : { query_id: id }),
})

const told = async <Result>(act: () => Promise<Result>): Promise<Result> => {
  try {
    return await act()
  } catch (error) {
    throw error instanceof ClickHouseError ? new EngineRefusal(Number(error.code), error.type ?? 'UNKNOWN', error.message, { cause: error }) : error
  }
}
