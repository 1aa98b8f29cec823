import type { Lane } from './lane.ts'

/** A value of a statement's `{name:Type}` placeholder. */
export type ParameterValue = string | number | bigint | boolean | readonly (string | number | bigint)[]

/** One statement, as ClickHouse's HTTP interface takes it. */
export interface EngineCall {
  readonly sql: string
  readonly lane: Lane
  readonly parameters: Readonly<Record<string, ParameterValue>>
  readonly settings: Readonly<Record<string, string>>
  /** Names the attempt, so that a server refuses to run it twice at once. */
  readonly id?: string | undefined
}

/** What an INSERT puts in: pieces, or the name of a file that the embedded engine finds in its spool. */
export type InsertedData = readonly Uint8Array[] | string

/** How statements reach an engine. Throws `EngineRefusal` for what the engine refuses; whatever else is thrown, it did not answer. */
export interface EngineCalls {
  rows<Row>(call: EngineCall): Promise<readonly Row[]>
  /** The answer as its format has it; empty for statements that have none. */
  bytes(call: EngineCall, data?: InsertedData): Promise<Buffer>
  close(): Promise<void>
}
