import type { Entropy } from '../../base/entropy.ts'
import { InTurn } from '../../base/in-turn.ts'
import { writeBlock } from '../telemetry/native-write.ts'
import type { Telemetry } from '../telemetry/telemetry.ts'
import { BlockColumns } from './block-columns.ts'
import type { FieldColumns } from './field-columns.ts'
import type { LogBatch } from './log-block.ts'
import type { TransformBatch } from './transform-batch.ts'

/** Writes events into the telemetry store. */
export class LogTables {
  readonly #telemetry: Telemetry
  readonly #fields: FieldColumns
  readonly #blocks: BlockColumns
  readonly #entropy: Entropy
  readonly #turns = new InTurn()

  constructor(telemetry: Telemetry, fields: FieldColumns, entropy: Entropy, transform?: TransformBatch) {
    this.#telemetry = telemetry
    this.#fields = fields
    this.#blocks = new BlockColumns(fields, transform)
    this.#entropy = entropy
  }

  /**
   * Durable when it resolves. After an `unavailable` failure some of the events may be there (those of some days: a day's come
   * together or not at all), so whoever repeats it leaves out what {@link stored} answers.
   */
  write(batches: readonly LogBatch[]): Promise<void> {
    return this.alone(() => this.#write(batches))
  }

  /** Runs while nothing is being written. */
  alone<Result>(task: () => Promise<Result>): Promise<Result> {
    return this.#turns.run('log_events', task)
  }

  /** Which of the `seq` between two (both included) are in the store. Asked behind every write sent before it. */
  async stored(first: bigint, last: bigint): Promise<ReadonlySet<bigint>> {
    const blocks = await this.#telemetry.columns('write', 'SELECT seq FROM log_events WHERE seq BETWEEN {first:UInt64} AND {last:UInt64}', { first, last })
    const found = new Set<bigint>()
    for (const block of blocks) for (const seq of block.uint64('seq')) found.add(seq)
    return found
  }

  async has(group: number, stream: string, seq: bigint): Promise<boolean> {
    const sql = 'SELECT 1 FROM log_events WHERE grp = {group:UInt32} AND stream = {stream:String} AND seq = {seq:UInt64} LIMIT 1'
    return (await this.#telemetry.query('write', sql, { group, stream, seq })).length > 0
  }

  /** The highest `seq` of all that are not below `floor`; undefined when there are none. */
  async highest(floor: bigint): Promise<bigint | undefined> {
    const [row] = await this.#telemetry.query<{ readonly n: string; readonly highest: string }>(
      'write', 'SELECT count() AS n, max(seq) AS highest FROM log_events WHERE seq >= {floor:UInt64}', { floor },
    )
    return row!.n === '0' ? undefined : BigInt(row!.highest)
  }

  async #write(batches: readonly LogBatch[]): Promise<void> {
    const rows = batches.reduce((sum, { messages }) => sum + messages.length, 0)
    if (rows === 0) return
    const columns = await this.#blocks.build(batches, rows)
    await this.#fields.ensure()
    await this.#telemetry.insert('log_events', columns.map(({ name }) => name), writeBlock(columns, rows), this.#entropy.uuid())
  }
}
