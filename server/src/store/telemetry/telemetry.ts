import { createClient, type ClickHouseClient } from '@clickhouse/client'
import { Agent } from 'node:http'
import { Readable } from 'node:stream'
import type { Clock } from '../../base/clock.ts'
import type { Log } from '../../base/log.ts'
import { millis, type Millis } from '../../base/time.ts'
import { EngineSupervisor, type EngineState } from './engine-supervisor.ts'
import { Handover, HANDOVER_HEADER } from './handover.ts'
import { INSERT_SETTINGS, LANE_HEADER, LANE_SESSIONS, LANE_SETTINGS, type Lane } from './lane.ts'
import { MIGRATIONS } from './migrations.ts'
import { migrate } from './migrate.ts'
import { readBlocks, type Block } from './native-read.ts'
import { telemetryError, TelemetryError } from './telemetry-error.ts'

/** Values of a statement's `{name:Type}` placeholders. 64-bit integers are bigints or, in bulk, their own typed arrays. */
export type Parameters = Readonly<Record<string, string | number | bigint | boolean | readonly (string | number | bigint)[]>>

export interface TelemetryStatus {
  readonly state: EngineState
  readonly embedded: boolean
  readonly pid: number | undefined
  readonly restarts: number
  /** What the embedded engine said before it last died. */
  readonly failure: string
}

/** The telemetry store, embedded or clustered. Every method throws {@link TelemetryError} and nothing else. */
export interface Telemetry {
  /** Rows as objects; for small answers. With a tag, {@link cancel} can end it. */
  query<Row>(lane: Lane, sql: string, parameters?: Parameters, tag?: string): Promise<readonly Row[]>
  /** The answer's columns as typed arrays; for large answers. All parameters together must stay below 1 MB, a cluster's limit for URLs. */
  columns(lane: Lane, sql: string, parameters?: Parameters): Promise<readonly Block[]>
  command(sql: string, parameters?: Parameters, lane?: 'write' | 'upkeep'): Promise<void>
  /**
   * One insert of a Native block, given in pieces; durable and atomic within each partition once it resolves. After an `unavailable` error
   * the rows may be there or not. The id names the attempt, so that a cluster refuses to run it twice at once.
   */
  insert(table: string, columns: readonly string[], native: readonly Uint8Array[], id: string): Promise<void>
  /** Ends the running statements of that tag: they fail soon. One that waits for its turn is not found. */
  cancel(tag: string): Promise<void>
  status(): TelemetryStatus
  close(): Promise<void>
}

export interface TelemetryOptions {
  /** Where the embedded engine keeps its data; made when missing. Unused with `url`. */
  readonly folder: string
  /** A ClickHouse server instead of the embedded engine: `http://user:password@host:8123/database`. */
  readonly url?: string | undefined
  readonly log: Log
  readonly clock: Clock
}

/** How long a statement waits for an engine that is being restarted. */
const PATIENCE = millis(10_000)
const START_PATIENCE = millis(30_000)
/** Above every lane's own limit: the engine should be the one to give up. */
const TIMEOUT = millis(120_000)
const UPKEEP_TIMEOUT = millis(3_600_000)

/** Starts the embedded engine or reaches the cluster, and brings the tables up to date. */
export const openTelemetry = async (options: TelemetryOptions): Promise<Telemetry> => {
  const supervisor = options.url === undefined ? new EngineSupervisor(options) : undefined
  const telemetry = new ClickHouseTelemetry(supervisor, options.url)
  try {
    await supervisor?.start()
    if (supervisor !== undefined && !(await supervisor.ready(START_PATIENCE))) {
      throw new TelemetryError('unavailable', `the telemetry engine did not start: ${supervisor.failure || 'no answer'}`)
    }
    await migrate(telemetry, MIGRATIONS)
    return telemetry
  } catch (error) {
    await telemetry.close()
    throw error
  }
}

class ClickHouseTelemetry implements Telemetry {
  readonly #supervisor: EngineSupervisor | undefined
  readonly #handover: Handover | undefined
  readonly #main: Connections
  /** For roll-ups and searches, which may take as long as they need. */
  readonly #patient: Connections

  constructor(supervisor: EngineSupervisor | undefined, url: string | undefined) {
    this.#supervisor = supervisor
    this.#handover = supervisor === undefined ? undefined : new Handover(supervisor.spoolFolder)
    this.#main = connect(supervisor?.socketPath, url, TIMEOUT)
    this.#patient = connect(supervisor?.socketPath, url, UPKEEP_TIMEOUT)
  }

  async query<Row>(lane: Lane, sql: string, parameters: Parameters = {}, tag?: string): Promise<readonly Row[]> {
    return this.#read(`reading (${lane})`, async () => {
      const { client } = lane === 'long' ? this.#patient : this.#main
      const options = this.#options(lane, parameters, tag === undefined ? {} : { log_comment: tag })
      const result = await client.query({ query: sql, format: 'JSONEachRow', ...options })
      return result.json<Row>()
    })
  }

  async columns(lane: Lane, sql: string, parameters: Parameters = {}): Promise<readonly Block[]> {
    return this.#read(`reading (${lane})`, async () => {
      const result = await this.#main.client.exec({ query: `${sql}\nFORMAT Native`, ...this.#options(lane, parameters) })
      const chunks: Buffer[] = []
      for await (const chunk of result.stream as AsyncIterable<Buffer>) chunks.push(chunk)
      return readBlocks(Buffer.concat(chunks))
    })
  }

  async command(sql: string, parameters: Parameters = {}, lane: 'write' | 'upkeep' = 'write'): Promise<void> {
    await this.#once('changing', async () => {
      await (lane === 'upkeep' ? this.#patient : this.#main).client.command({ query: sql, ...this.#options(lane, parameters) })
    })
  }

  async insert(table: string, columns: readonly string[], native: readonly Uint8Array[], id: string): Promise<void> {
    const query = `INSERT INTO ${table} (${columns.join(', ')}) FORMAT Native`
    const { http_headers: headers, ...options } = this.#options('write', {}, INSERT_SETTINGS)
    const send = async (handed: string | undefined): Promise<void> => {
      const { client } = this.#main
      if (handed !== undefined) {
        await client.command({ query, query_id: id, ...options, http_headers: { ...headers, [HANDOVER_HEADER]: handed } })
        return
      }
      const values = Readable.from(native, { objectMode: false })
      const result = await client.exec({ query, values, query_id: id, ...options, http_headers: headers })
      result.stream.resume()
    }
    const handover = this.#handover
    await this.#once(`inserting into ${table}`, () => (handover === undefined ? send(undefined) : handover.with(native, send)))
  }

  async cancel(tag: string): Promise<void> {
    await this.query('quick', 'KILL QUERY WHERE Settings[\'log_comment\'] = {tag:String} ASYNC', { tag })
  }

  status(): TelemetryStatus {
    const supervisor = this.#supervisor
    if (supervisor === undefined) return { state: 'ready', embedded: false, pid: undefined, restarts: 0, failure: '' }
    return { state: supervisor.state, embedded: true, pid: supervisor.pid, restarts: supervisor.restarts, failure: supervisor.failure }
  }

  async close(): Promise<void> {
    await this.#supervisor?.stop()
    await Promise.all([this.#main.close(), this.#patient.close()])
  }

  #options(lane: Lane, parameters: Parameters, settings: Readonly<Record<string, string>> = {}) {
    return {
      query_params: parameters as Record<string, unknown>,
      clickhouse_settings: { ...LANE_SETTINGS[lane], ...settings, output_format_json_quote_64bit_integers: 1 } as Record<string, string | number>,
      http_headers: { [LANE_HEADER]: lane },
    }
  }

  /** A read changes nothing, so one that a dying engine cut off is simply asked again once. */
  async #read<Result>(doing: string, act: () => Promise<Result>): Promise<Result> {
    try {
      return await this.#once(doing, act)
    } catch (error) {
      if (!(error instanceof TelemetryError) || error.kind !== 'unavailable' || error.code !== undefined) throw error
      return this.#once(doing, act)
    }
  }

  async #once<Result>(doing: string, act: () => Promise<Result>): Promise<Result> {
    if (this.#supervisor !== undefined && !(await this.#supervisor.ready(PATIENCE))) {
      throw new TelemetryError('unavailable', `${doing}: the telemetry engine is ${this.#supervisor.state}`)
    }
    try {
      return await act()
    } catch (error) {
      const failure = telemetryError(doing, error)
      // Without an answer the engine may be gone: whoever repeats the call now waits for the next one.
      if (failure.kind === 'unavailable' && failure.code === undefined) await this.#supervisor?.doubt()
      throw failure
    }
  }
}

interface Connections {
  readonly client: ClickHouseClient
  close(): Promise<void>
}

const SOCKETS = Object.values(LANE_SESSIONS).reduce((sum, count) => sum + count * 2, 8)

/** A client with sockets of its own: two that share an agent end each other's connections, since each times their idleness. */
const connect = (socketPath: string | undefined, url: string | undefined, timeout: Millis): Connections => {
  const agent = socketPath === undefined ? undefined : new Agent({ keepAlive: true, socketPath, maxSockets: SOCKETS } as object)
  const client = createClient({
    url: url ?? 'http://engine',
    request_timeout: timeout,
    max_open_connections: SOCKETS,
    // Long lists and log lines do not fit where proxies and servers cut URLs off.
    use_multipart_params_auto: true,
    // What the client would log, callers get as errors.
    log: { level: OFF },
    ...(agent === undefined ? {} : { http_agent: agent }),
  })
  return {
    client,
    async close() {
      await client.close()
      agent?.destroy()
    },
  }
}

/** ClickHouseLogLevel.OFF: the package exports it as an ambient enum. */
const OFF = 127
