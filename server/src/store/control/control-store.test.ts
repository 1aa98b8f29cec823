import { DatabaseSync } from 'node:sqlite'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { aHistoryItem, anAlarm } from '../../../test/control-samples.ts'
import { OURS, START, temporaryControl, temporaryFolder } from '../../../test/temporary-control.ts'
import { silentLog } from '../../base/log.ts'
import { ManualClock } from '../../base/manual-clock.ts'
import { controlOver, openControl } from './control-store.ts'
import { StoreFull, StoreUnusable } from './store-failure.ts'
import { migrate } from './sqlite/migrate.ts'
import { openDatabase } from './sqlite/open-database.ts'
import { MIGRATIONS } from './sqlite/migrations/all.ts'

const open = (file: string) => openControl({ file, clock: new ManualClock(START), log: silentLog, compileFilter: () => () => true })

const schemaOf = (file: string): readonly unknown[] => {
  const database = new DatabaseSync(file)
  const schema = database.prepare("select type, name, sql from sqlite_schema where name not like 'sqlite_%' order by name").all()
  database.close()
  return schema
}

test('what was committed is there after closing and opening', async () => {
  const file = join(temporaryFolder(), 'control.db')
  const first = open(file)
  await first.alarms.put(anAlarm(OURS, 'cpu'), aHistoryItem(OURS, 'cpu'), { a: 'b' })
  await first.close()
  const second = open(file)
  expect(await second.alarms.list(OURS)).toEqual([anAlarm(OURS, 'cpu')])
  await second.close()
})

test.each(MIGRATIONS.map((_, count) => count))('a store of schema %i is brought to the newest', async count => {
  const folder = temporaryFolder()
  const [old, fresh] = [join(folder, 'old.db'), join(folder, 'fresh.db')]
  await open(fresh).close()
  const database = new DatabaseSync(old)
  migrate(database, MIGRATIONS.slice(0, count), START)
  if (count > 0) database.exec("insert into settings values ('kept', 'yes')")
  database.close()
  const store = open(old)
  expect(await store.settings.get('kept')).toBe(count > 0 ? 'yes' : undefined)
  await store.close()
  expect(schemaOf(old)).toEqual(schemaOf(fresh))
})

test('a step that fails leaves the schema before it', () => {
  const database = new DatabaseSync(':memory:')
  const broken = { number: 2, name: 'broken', sql: 'create table half (a text) strict; create nonsense' }
  expect(() => migrate(database, [{ number: 1, name: 'good', sql: 'create table whole (a text) strict' }, broken], START)).toThrow(/syntax error/)
  const tables = database.prepare("select name from sqlite_schema where type = 'table' order by name").all().map(({ name }) => name)
  expect(tables).toEqual(['migrations', 'whole'])
  database.close()
})

test('a newer, a damaged, a foreign and a locked store say what to do', async () => {
  const folder = temporaryFolder()
  const newer = join(folder, 'newer.db')
  await open(newer).close()
  const database = new DatabaseSync(newer)
  database.exec("insert into migrations values (999, 'future', 0)")
  database.close()
  expect(() => open(newer)).toThrow(new StoreUnusable(`the control store was written by a newer version (schema 999, this version knows ${MIGRATIONS.at(-1)?.number}); start that version, or restore an older backup`))

  const foreign = join(folder, 'foreign.db')
  writeFileSync(foreign, 'this is no database at all, but long enough to be looked at'.repeat(100))
  expect(() => open(foreign)).toThrow(/foreign\.db is damaged or no SQLite database; restore it from a backup/)
  expect(() => open(join(folder, 'missing', 'control.db'))).toThrow(/cannot be opened for writing/)
})

test('a second server on the same data is turned away', async () => {
  const { file } = temporaryControl()
  expect(() => open(file)).toThrow(/is in use by another process/)
})

test('a full disk refuses what needs room; reading and deleting go on, and so does writing once there is room', async () => {
  let free = 1e9
  const connection = openDatabase(join(temporaryFolder(), 'control.db'))
  const options = { clock: new ManualClock(START), log: silentLog, compileFilter: () => () => true }
  const store = controlOver(connection, options, () => free)
  for (const name of ['first', 'second']) await store.alarms.put(anAlarm(OURS, name), aHistoryItem(OURS, name), {})
  free = 1e6
  const large = aHistoryItem(OURS, 'during', 'x'.repeat(6_000_000))
  await expect(store.alarms.put(anAlarm(OURS, 'during'), large, {})).rejects.toThrow(StoreFull)
  expect((await store.alarms.list(OURS)).map(({ alarm }) => alarm.name)).toEqual(['first', 'second'])
  await store.alarms.delete(OURS, ['first'], [])
  expect(await store.alarms.list(OURS)).toEqual([anAlarm(OURS, 'second')])
  free = 1e9
  await store.alarms.put(anAlarm(OURS, 'after'), large, {})
  expect((await store.alarms.list(OURS)).map(({ alarm }) => alarm.name)).toEqual(['after', 'second'])
  await store.close()
})

test('what SQLite itself says of a full disk is said in our words', async () => {
  const connection = openDatabase(join(temporaryFolder(), 'control.db'))
  const options = { clock: new ManualClock(START), log: silentLog, compileFilter: () => () => true }
  const store = controlOver(connection, options, () => 1e9)
  connection.exec('pragma max_page_count = 1')
  const large = 'x'.repeat(6_000_000)
  await expect(store.settings.set('key', large)).rejects.toThrow(new StoreFull('the control store cannot be written: database or disk is full'))
  expect(await store.settings.get('key')).toBeUndefined()
  await store.close()
})
