import { expect, test } from 'vitest'
import { migrate } from '../telemetry/migrate.ts'
import { MIGRATIONS } from '../telemetry/migrations.ts'
import { scratchTelemetry } from '../telemetry/telemetry.test-support.ts'
import { LogLayout } from './log-layout.ts'

test('events of an earlier layout are all there, and their days are written again once, the newest first', async () => {
  const telemetry = await scratchTelemetry()
  for (const { name } of await telemetry.query<{ name: string }>('quick', 'SELECT name FROM system.tables WHERE database = currentDatabase()')) {
    await telemetry.command(`DROP TABLE ${name} SYNC`)
  }
  await migrate(telemetry, MIGRATIONS.filter(({ number }) => number < 6))
  // So many columns that merges of so many events go column by column.
  await telemetry.command(`ALTER TABLE log_events ${Array.from({ length: 12 }, (_, n) => `ADD COLUMN n${n} Nullable(Float64) CODEC(LZ4)`).join(', ')}`)
  const insert = async (day: number): Promise<void> => {
    for (let part = 0; part < 2; part++) {
      await telemetry.command(
        `INSERT INTO log_events (grp, ts, seq, message, n0) SELECT 1, {day:Int64} * 86400000 + number, number * 2 + {part:UInt64}, concat('id-', hex(cityHash64(number, {part:UInt64}))), number FROM numbers(70000)`,
        { day, part },
      )
    }
    await telemetry.command(`OPTIMIZE TABLE log_events PARTITION ID '${day}' FINAL`)
  }
  await insert(20_000)
  await insert(20_001)
  await migrate(telemetry, MIGRATIONS)
  const found = async (): Promise<unknown> => telemetry.query('slow', 'SELECT intDiv(ts, 86400000) AS day, toUInt32(count()) AS n, max(n0) AS most FROM log_events GROUP BY day ORDER BY day')
  const all = [{ day: '20000', n: 140_000, most: 69_999 }, { day: '20001', n: 140_000, most: 69_999 }]
  expect(await found()).toEqual(all)
  const filtered = async (): Promise<readonly string[]> => {
    const days = await telemetry.query<{ day: string }>(
      'slow', `SELECT DISTINCT partition_id AS day FROM system.parts WHERE database = currentDatabase() AND active AND table = 'log_events' AND secondary_indices_uncompressed_bytes > 8192 * (marks - 1) AND rows < 2048 * marks ORDER BY day`)
    return days.map(({ day }) => day)
  }
  expect(await filtered()).toEqual([])
  const layout = new LogLayout(telemetry)
  expect(await layout.run()).toBe(true)
  expect(await filtered()).toEqual(['20001'])
  expect(await layout.run()).toBe(true)
  expect(await filtered()).toEqual(['20000', '20001'])
  expect(await layout.run()).toBe(false)
  expect(await new LogLayout(telemetry).run()).toBe(false)
  expect(await found()).toEqual(all)
  // What the server was doing when it died does not last.
  await telemetry.command('ALTER TABLE log_events MODIFY SETTING enable_vertical_merge_algorithm = 0')
  await layout.run()
  const [table] = await telemetry.query<{ made: string }>('slow', 'SELECT create_table_query AS made FROM system.tables WHERE database = currentDatabase() AND name = \'log_events\'')
  expect(table!.made).toContain('enable_vertical_merge_algorithm = 1')
})
