import { expect, test } from 'vitest'
import { epochMillis } from '../../base/time.ts'
import { scratchTelemetry } from '../telemetry/telemetry.test-support.ts'
import { SearchReads } from './search-reads.ts'
import type { LogReads } from './log-reads.ts'

const telemetry = await scratchTelemetry()
const reads = new SearchReads(telemetry, {} as LogReads)
/** Hours of work for the engine. */
const ENDLESS = 'SELECT toString(count()) AS c FROM numbers(1000000000000) WHERE sipHash64(number) = 1'

/** How many rows the statement has read so far; undefined: it is not running. */
const read = async (tag: string): Promise<number | undefined> => {
  const [row] = await telemetry.query<{ readonly rows: string }>('quick', 'SELECT toString(read_rows) AS rows FROM system.processes WHERE Settings[\'log_comment\'] = {tag:String} AND NOT startsWith(query, \'KILL\')', { tag })
  return row && Number(row.rows)
}

test.each([true, false])('a statement that is cancelled reads no more, and all others go on (brief: %s)', async brief => {
  const [tag, other] = [`mine-${brief}`, `other-${brief}`]
  const mine = reads.rows(ENDLESS, {}, { brief, tag }).catch((error: unknown) => error)
  const theirs = reads.rows(ENDLESS, {}, { brief, tag: other }).catch((error: unknown) => error)
  await expect.poll(async () => [await read(tag), await read(other)].every(rows => (rows ?? 0) > 0), { timeout: 10_000 }).toBe(true)
  await reads.cancel(tag)
  expect(String(await mine)).toMatch(/cancel/i)
  // The embedded engine keeps the statement in its list until its session is used again; it does nothing for it.
  const [stopped, going] = [await read(tag), await read(other)]
  await expect.poll(async () => (await read(other))! > going!, { timeout: 10_000 }).toBe(true)
  expect([undefined, stopped]).toContain(await read(tag))
  await reads.cancel(other)
  expect(String(await theirs)).toMatch(/cancel/i)
})

test('few events are counted and measured at once, many are counted and their bytes reckoned, whichever they were before', async () => {
  await telemetry.command("INSERT INTO log_events (grp, ts, message) SELECT 1, number, if(number < 500000, 'four', 'eight888') FROM numbers(1000000)")
  const upTo = (to: number) => reads.extent([{ group: 1, from: epochMillis(0), to: epochMillis(to), deleted: [] }], 'tag')
  expect(await upTo(0)).toEqual({ records: 0, bytes: 0 })
  expect(await upTo(500_000)).toEqual({ records: 500_000, bytes: 2_000_000 })
  const many = await upTo(1_000_000)
  expect(many.records).toBe(1_000_000)
  expect([many.bytes > 3_900_000, many.bytes < 8_100_000]).toEqual([true, true])
  // Counted alone: what an event has on average is known.
  expect(await upTo(999_999)).toEqual({ records: 999_999, bytes: Math.round((many.bytes / 1_000_000) * 999_999) })
  expect(await upTo(3)).toEqual({ records: 3, bytes: 12 })
  expect((await upTo(1_000_000)).records).toBe(1_000_000)
  expect(await reads.extent([], 'tag')).toEqual({ records: 0, bytes: 0 })
})
