import { beforeEach, describe, expect, test } from 'vitest'
import { migrate, type Migration } from './migrate.ts'
import { MIGRATIONS } from './migrations.ts'
import { scratchTelemetry } from './telemetry.test-support.ts'

const telemetry = await scratchTelemetry()

const tables = async (): Promise<readonly string[]> =>
  (await telemetry.query<{ name: string }>('quick', 'SELECT create_table_query AS name FROM system.tables WHERE database = currentDatabase() ORDER BY name')).map(row => row.name)
const empty = async (): Promise<void> => {
  for (const { name } of await telemetry.query<{ name: string }>('quick', 'SELECT name FROM system.tables WHERE database = currentDatabase()')) {
    await telemetry.command(`DROP TABLE ${name} SYNC`)
  }
}
beforeEach(empty)

const STEPS: readonly Migration[] = [
  { number: 1, name: 'one', statements: ['CREATE TABLE IF NOT EXISTS a (x Int8) ENGINE = MergeTree ORDER BY x'] },
  { number: 2, name: 'two', statements: ['ALTER TABLE a ADD COLUMN IF NOT EXISTS y Int8', 'CREATE TABLE IF NOT EXISTS b (x Int8) ENGINE = MergeTree ORDER BY x'] },
]

describe('migrations', () => {
  test('lead to the same tables from nothing and from every earlier version', async () => {
    for (const steps of [STEPS, MIGRATIONS]) {
      await empty()
      await migrate(telemetry, steps)
      const whole = await tables()
      await migrate(telemetry, steps)
      expect(await tables()).toEqual(whole)
      for (let version = 0; version < steps.length; version++) {
        await empty()
        await migrate(telemetry, steps.slice(0, version))
        await migrate(telemetry, steps)
        expect(await tables()).toEqual(whole)
      }
    }
  })

  test('go on where they broke off', async () => {
    const broken = STEPS.map(step => (step.number === 2 ? { ...step, statements: [step.statements[0]!, 'SELECT throwIf(1)'] } : step))
    await expect(migrate(telemetry, broken)).rejects.toMatchObject({ kind: 'statement' })
    await migrate(telemetry, STEPS)
    expect(await telemetry.query('quick', 'SELECT number, name FROM schema_migrations ORDER BY number')).toEqual([{ number: 1, name: 'one' }, { number: 2, name: 'two' }])
  })

  test('are numbered in order, and a store of a later version is left alone', async () => {
    expect(MIGRATIONS.map(step => step.number)).toEqual(MIGRATIONS.map((_, index) => index + 1))
    await migrate(telemetry, STEPS)
    await expect(migrate(telemetry, STEPS.slice(0, 1))).rejects.toThrow('later version: migration 2')
  })
})
