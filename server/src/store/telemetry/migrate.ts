/** What the runner needs of the telemetry store. */
interface Tables {
  command(sql: string, parameters?: Readonly<Record<string, string | number>>): Promise<void>
  query<Row>(lane: 'write', sql: string): Promise<readonly Row[]>
}

/** A step of the tables' history. Never changed once released; every statement can be run again after a kill. */
export interface Migration {
  readonly number: number
  readonly name: string
  readonly statements: readonly string[]
}

/** Runs what this store has not seen yet, in order, recording each step when all of its statements are through. */
export const migrate = async (tables: Tables, migrations: readonly Migration[]): Promise<void> => {
  await tables.command(
    'CREATE TABLE IF NOT EXISTS schema_migrations (number UInt32, name String, applied DateTime DEFAULT now()) ENGINE = MergeTree ORDER BY number',
  )
  const rows = await tables.query<{ readonly number: number }>('write', 'SELECT DISTINCT number FROM schema_migrations')
  const applied = new Set(rows.map(row => row.number))
  const known = new Set(migrations.map(migration => migration.number))
  const foreign = [...applied].filter(number => !known.has(number))
  if (foreign.length > 0) throw new Error(`the telemetry store was written by a later version: migration ${foreign.join(', ')}`)
  for (const { number, name, statements } of migrations) {
    if (applied.has(number)) continue
    for (const statement of statements) await tables.command(statement)
    await tables.command('INSERT INTO schema_migrations (number, name) SELECT {number:UInt32}, {name:String}', { number, name })
  }
}
