import type { Entropy } from '../../base/entropy.ts'
import { writeBlock, type Column } from '../telemetry/native-write.ts'
import type { Telemetry } from '../telemetry/telemetry.ts'
import type { LogBatch } from './log-block.ts'

/** Writes events into the telemetry store. */
export class LogTables {
  readonly #telemetry: Telemetry
  readonly #entropy: Entropy

  constructor(telemetry: Telemetry, entropy: Entropy) {
    this.#telemetry = telemetry
    this.#entropy = entropy
  }

  /**
   * Durable when it resolves. After an `unavailable` failure some of the events may be there (those of some days: a day's come
   * together or not at all), so whoever repeats it leaves out what {@link stored} answers.
   */
  async write(batches: readonly LogBatch[]): Promise<void> {
    const columns = columnsOf(batches)
    const [first] = columns
    if (first === undefined || first.data.values.length === 0) return
    await this.#telemetry.insert('log_events', columns.map(({ name }) => name), writeBlock(columns, first.data.values.length), this.#entropy.uuid())
  }

  /** Which of the `seq` between two (both included) are in the store. Asked behind every write sent before it. */
  async stored(first: bigint, last: bigint): Promise<ReadonlySet<bigint>> {
    const blocks = await this.#telemetry.columns('write', 'SELECT seq FROM log_events WHERE seq BETWEEN {first:UInt64} AND {last:UInt64}', { first, last })
    const found = new Set<bigint>()
    for (const block of blocks) for (const seq of block.uint64('seq')) found.add(seq)
    return found
  }

  /** The highest `seq` of all that are not below `floor`; undefined when there are none. */
  async highest(floor: bigint): Promise<bigint | undefined> {
    const [row] = await this.#telemetry.query<{ readonly n: string; readonly highest: string }>(
      'write', 'SELECT count() AS n, max(seq) AS highest FROM log_events WHERE seq >= {floor:UInt64}', { floor },
    )
    return row!.n === '0' ? undefined : BigInt(row!.highest)
  }
}

const columnsOf = (batches: readonly LogBatch[]): readonly Column[] => {
  const rows = batches.reduce((sum, { messages }) => sum + messages.length, 0)
  const group = new Uint32Array(rows)
  const ts = new BigInt64Array(rows)
  const seq = new BigUint64Array(rows)
  const stream: string[] = []
  const message: string[] = []
  const masked = batches.some(({ originals }) => originals !== undefined)
  const clear: string[] = []
  let at = 0
  for (const batch of batches) {
    for (let index = 0; index < batch.messages.length; index++, at++) {
      group[at] = batch.group
      ts[at] = BigInt(batch.timestamps[index]!)
      seq[at] = batch.firstSeq + BigInt(index)
      stream.push(batch.stream)
      message.push(batch.messages[index]!)
      if (masked) clear.push(batch.originals?.[index] ?? '')
    }
  }
  return [
    { name: 'grp', data: { type: 'UInt32', values: group } },
    { name: 'ts', data: { type: 'Int64', values: ts } },
    { name: 'seq', data: { type: 'UInt64', values: seq } },
    { name: 'stream', data: { type: 'String', values: stream } },
    { name: 'message', data: { type: 'String', values: message } },
    ...(masked ? [{ name: 'clear', data: { type: 'String' as const, values: clear } }] : []),
  ]
}
