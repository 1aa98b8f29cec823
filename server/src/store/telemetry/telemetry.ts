import type { Clock } from '../../base/clock.ts'
import type { Log } from '../../base/log.ts'
import { millis } from '../../base/time.ts'
import { EmbeddedCalls } from './embedded-calls.ts'
import type { EngineCall, EngineCalls, InsertedData, ParameterValue } from './engine-call.ts'
import { EngineSupervisor, type EngineState } from './engine-supervisor.ts'
import { Handover } from './handover.ts'
import { INSERT_SETTINGS, LANE_SETTINGS, type Lane } from './lane.ts'
import { MIGRATIONS } from './migrations.ts'
import { migrate } from './migrate.ts'
import { readBlocks, type Block } from './native-read.ts'
import { telemetryError, TelemetryError } from './telemetry-error.ts'

/** Values of a statement's `{name:Type}` placeholders. 64-bit integers are bigints or, in bulk, their own typed arrays. */
export type Parameters = Readonly<Record<string, ParameterValue>>

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

/** Starts the embedded engine or reaches the cluster, and brings the tables up to date. */
export const openTelemetry = async (options: TelemetryOptions): Promise<Telemetry> => {
  const supervisor = options.url === undefined ? new EngineSupervisor(options) : undefined
  const telemetry = new ClickHouseTelemetry(supervisor, supervisor === undefined ? await clusterCalls(options.url!) : new EmbeddedCalls(supervisor.socketPath))
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

/** Its client is only loaded by who has a cluster. */
const clusterCalls = async (url: string): Promise<EngineCalls> => {
  const { ClusterCalls } = await import('./cluster-calls.ts')
  return new ClusterCalls(url)
}

class ClickHouseTelemetry implements Telemetry {
  readonly #supervisor: EngineSupervisor | undefined
  readonly #handover: Handover | undefined
  readonly #calls: EngineCalls

  constructor(supervisor: EngineSupervisor | undefined, calls: EngineCalls) {
    this.#supervisor = supervisor
    this.#handover = supervisor === undefined ? undefined : new Handover(supervisor.spoolFolder)
    this.#calls = calls
  }

  async query<Row>(lane: Lane, sql: string, parameters: Parameters = {}, tag?: string): Promise<readonly Row[]> {
    return this.#read(`reading (${lane})`, () => this.#calls.rows<Row>(callOf(lane, sql, parameters, tag === undefined ? {} : { log_comment: tag })))
  }

  async columns(lane: Lane, sql: string, parameters: Parameters = {}): Promise<readonly Block[]> {
    return this.#read(`reading (${lane})`, async () => readBlocks(await this.#calls.bytes(callOf(lane, `${sql}\nFORMAT Native`, parameters))))
  }

  async command(sql: string, parameters: Parameters = {}, lane: 'write' | 'upkeep' = 'write'): Promise<void> {
    await this.#once('changing', () => this.#calls.bytes(callOf(lane, sql, parameters)))
  }

  async insert(table: string, columns: readonly string[], native: readonly Uint8Array[], id: string): Promise<void> {
    const call = { ...callOf('write', `INSERT INTO ${table} (${columns.join(', ')}) FORMAT Native`, {}, INSERT_SETTINGS), id }
    const send = async (data: InsertedData): Promise<unknown> => this.#calls.bytes(call, data)
    const handover = this.#handover
    await this.#once(`inserting into ${table}`, () => (handover === undefined ? send(native) : handover.with(native, handed => send(handed ?? native))))
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
    await this.#calls.close()
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

const callOf = (lane: Lane, sql: string, parameters: Parameters, settings: Readonly<Record<string, string>> = {}): EngineCall => ({
  lane, sql, parameters, settings: { ...LANE_SETTINGS[lane], ...settings, output_format_json_quote_64bit_integers: '1' },
})
