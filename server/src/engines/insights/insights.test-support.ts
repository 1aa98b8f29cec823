import { printStatement } from '../../sql/print.ts'
import { writeBlock } from '../../store/telemetry/native-write.ts'
import type { Telemetry } from '../../store/telemetry/telemetry.ts'
import { compileQuery, type CompileOptions, type EngineRow, type ResultField } from './compile-query.ts'
import { asShown, type Value } from './values.ts'

/** What the real engine makes of a value, as results show it. */
export const evaluated = async (telemetry: Telemetry, value: Value): Promise<string | null> => {
  const { sql, parameters } = printStatement({ kind: 'select', columns: [{ name: 'v', of: asShown(value) }] })
  const rows = await telemetry.query<{ v: string | null }>('quick', sql, parameters)
  return rows[0]!.v
}

export interface TestEvent {
  readonly group?: number
  readonly at: string | number
  readonly stream?: string
  readonly message: string
  /** What was sent, where `message` is masked. */
  readonly clear?: string
}

export const GROUP = { id: 7, label: '123456789012:/app/log' }
const INGESTED = Date.UTC(2026, 0, 2)

export class TestEvents {
  readonly telemetry: Telemetry
  #seq = BigInt(INGESTED) << 20n

  constructor(telemetry: Telemetry) {
    this.telemetry = telemetry
  }

  static async with(telemetry: Telemetry, events: readonly TestEvent[]): Promise<TestEvents> {
    const table = new TestEvents(telemetry)
    await telemetry.command('TRUNCATE TABLE log_events')
    await table.add(events)
    return table
  }

  async add(events: readonly TestEvent[]): Promise<void> {
    const texts = (of: (event: TestEvent) => string) => ({ type: 'String' as const, values: events.map(of) })
    const seqs = BigUint64Array.from(events, () => this.#seq++)
    const block = writeBlock([
      { name: 'grp', data: { type: 'UInt32', values: Uint32Array.from(events, event => event.group ?? GROUP.id) } },
      { name: 'ts', data: { type: 'UInt64', values: BigUint64Array.from(events, event => BigInt(typeof event.at === 'number' ? event.at : Date.parse(event.at))) } },
      { name: 'seq', data: { type: 'UInt64', values: seqs } },
      { name: 'stream', data: texts(event => event.stream ?? 'main') },
      { name: 'message', data: texts(event => event.message) },
      { name: 'clear', data: texts(event => event.clear ?? '') },
    ], events.length)
    await this.telemetry.insert('log_events', ['grp', 'ts', 'seq', 'stream', 'message', 'clear'], block, `events ${this.#seq}`)
  }

  /** Rows as results show them, `@ptr` left out. */
  async run(text: string, options: Partial<CompileOptions> = {}): Promise<readonly Readonly<Record<string, string>>[]> {
    let compiled = compileQuery(text, { ...RANGE, groups: [GROUP], ...options })
    for (;;) {
      const rows = await this.telemetry.query<EngineRow>('slow', compiled.sql, compiled.parameters)
      if (compiled.next === undefined) return compiled.results(rows).map(withoutPointer)
      compiled = compiled.next(rows)
    }
  }
}

const withoutPointer = (row: readonly ResultField[]): Readonly<Record<string, string>> =>
  Object.fromEntries(row.filter(({ field }) => field !== '@ptr').map(({ field, value }) => [field, value]))

/** The first day of 2026. */
export const RANGE = { start: Date.UTC(2026, 0, 1), end: Date.UTC(2026, 0, 2) - 1, now: Date.UTC(2026, 0, 1, 12) }
