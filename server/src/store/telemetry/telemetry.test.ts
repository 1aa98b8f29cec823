import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { writeBlock } from './native-write.ts'
import { TelemetryError } from './telemetry-error.ts'
import { scratchTelemetry } from './telemetry.test-support.ts'

const telemetry = await scratchTelemetry()

describe('bound values', () => {
  const echo = async (value: string): Promise<string> => (await telemetry.query<{ v: string }>('quick', 'SELECT {v:String} AS v', { v: value }))[0]!.v

  test.for(['\'', '\\', '\\\'', '\n\n', '\0', '\t\r\b\f\v', '{v:String}', '\'; DROP TABLE metric_series; --', '\u{1f514}', '`"$$', '%00', ''])(
    'come back as they were: %j', async value => {
      expect(await echo(value)).toBe(value)
    })

  test('come back as they were: anything', async () => {
    await fc.assert(fc.asyncProperty(fc.string({ unit: 'binary' }), async value => {
      expect(await echo(value)).toBe(value)
    }), { numRuns: 100 })
  })

  test('may be large', async () => {
    for (const v of ['\'\n'.repeat(200_000), 'x'.repeat(10_000_000)]) {
      const [row] = await telemetry.query<{ n: string }>('quick', 'SELECT length({v:String}) AS n', { v })
      expect(row!.n).toBe(String(v.length))
    }
  })

  test('keep 64 bits', async () => {
    const ids = [0n, 1n, 2n ** 63n, 2n ** 64n - 1n]
    const rows = await telemetry.query<{ id: string }>('quick', 'SELECT arrayJoin({ids:Array(UInt64)}) AS id', { ids })
    expect(rows.map(row => BigInt(row.id))).toEqual(ids)
  })

  test('stay with their own statement when many run at once', async () => {
    const values = Array.from({ length: 200 }, (_, index) => `value ${index}`)
    expect(await Promise.all(values.map(echo))).toEqual(values)
  })
})

describe('Native blocks', () => {
  const columns = (rows: readonly (readonly [bigint, number, number, string, readonly (readonly [string, string])[]])[]) => [
    { name: 'a', data: { type: 'UInt64' as const, values: BigUint64Array.from(rows, row => row[0]) } },
    { name: 'b', data: { type: 'UInt32' as const, values: Uint32Array.from(rows, row => row[1]) } },
    { name: 'c', data: { type: 'Float64' as const, values: Float64Array.from(rows, row => row[2]) } },
    { name: 'd', data: { type: 'String' as const, values: rows.map(row => row[3]) } },
    { name: 'e', data: { type: 'Map(String, String)' as const, values: rows.map(row => row[4]) } },
  ]

  test('are read by the engine as they were written, and back', async () => {
    await telemetry.command('CREATE TABLE blocks (a UInt64, b UInt32, c Float64, d String, e Map(String, String), n UInt64) ENGINE = Memory')
    await telemetry.command('CREATE TABLE incoming (a UInt64, b UInt32, c Float64, d String, e Map(String, String)) ENGINE = MergeTree ORDER BY tuple()')
    const text = fc.string({ unit: 'binary', maxLength: 20 })
    const row = fc.tuple(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), fc.nat({ max: 2 ** 32 - 1 }), fc.double({ noNaN: true }), text, fc.uniqueArray(fc.tuple(text, text), { selector: pair => pair[0], maxLength: 3 }))
    await fc.assert(fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 40 }), async rows => {
      await telemetry.command('TRUNCATE TABLE incoming')
      await telemetry.insert('incoming', ['a', 'b', 'c', 'd', 'e'], writeBlock(columns(rows), rows.length), 'block')
      const [block] = await telemetry.columns('quick', 'SELECT * FROM incoming')
      const back = rows.map((_, index) => [block!.uint64('a')[index], block!.uint32('b')[index], block!.float64('c')[index], block!.strings('d')[index], block!.stringMaps('e')[index]])
      expect(back).toEqual(rows)
    }), { numRuns: 40 })
  })

  test('may hold values of ten megabytes', async () => {
    const value = '\n\n\'\0'.repeat(2_500_000)
    await telemetry.command('TRUNCATE TABLE incoming')
    await telemetry.insert('incoming', ['a', 'b', 'c', 'd', 'e'], writeBlock(columns([[1n, 1, 1, value, []]]), 1), 'large')
    const [block] = await telemetry.columns('quick', 'SELECT d FROM incoming')
    expect(block!.strings('d')[0] === value).toBe(true)
  })

  test('are refused when a column is too short or an answer is not understood', async () => {
    expect(() => writeBlock(columns([]), 1)).toThrow('column a has 0 of 1 values')
    await expect(telemetry.columns('quick', 'SELECT toDate(0) AS d')).rejects.toThrow('type Date')
    const [block] = await telemetry.columns('quick', 'SELECT 1.5 AS f')
    expect(() => block!.uint64('f')).toThrow('column f is Float64')
    expect(() => block!.strings('g')).toThrow('column g is missing')
  })
})

describe('errors', () => {
  const failure = async (act: Promise<unknown>): Promise<TelemetryError> => {
    const error: unknown = await act.then(() => undefined, (reason: unknown) => reason)
    if (error instanceof TelemetryError) return error
    throw new Error(`not refused as a TelemetryError: ${String(error)}`)
  }

  test('tell apart what may be repeated, what took too much and what is wrong', async () => {
    expect(await failure(telemetry.query('quick', 'SELECT nonsense'))).toMatchObject({ kind: 'statement', code: 47, retryable: false })
    expect(await failure(telemetry.query('quick', 'SELECT {a:UInt8}', { a: 'x' }))).toMatchObject({ kind: 'statement' })
    expect(await failure(telemetry.query('quick', 'SELECT groupArray(number) FROM numbers(200000000)'))).toMatchObject({ kind: 'limit', code: 241 })
    expect(await failure(telemetry.insert('blocks', ['a'], [new Uint8Array([1, 1])], 'torn'))).toMatchObject({ kind: 'statement' })
  })
})

describe('lanes', () => {
  test('keep short reads and writes short beside long ones', async () => {
    const long = [1, 2].map(() => telemetry.query('slow', 'SELECT count() FROM numbers(50000000) WHERE sipHash64(number) = 1'))
    let running = true
    const all = Promise.all(long).finally(() => (running = false))
    const took: number[] = []
    await telemetry.command('CREATE TABLE beside (a UInt64) ENGINE = MergeTree ORDER BY a')
    while (running && took.length < 100) {
      const before = performance.now()
      if (took.length % 10 === 0) await telemetry.command('INSERT INTO beside SELECT 1')
      else await telemetry.query('quick', 'SELECT count() FROM metric_points_60 WHERE series = 7')
      took.push(performance.now() - before)
    }
    expect(took.length).toBeGreaterThan(20)
    took.sort((a, b) => a - b)
    // The goal is 50 ms at the 99th percentile on a quiet machine; a shared one is given more.
    expect(took[Math.floor(took.length * 0.5)]).toBeLessThan(50)
    expect(took[Math.floor(took.length * 0.99)]).toBeLessThan(500)
    await all
  })
})
