import { expect, test } from 'vitest'
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
