import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite'
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely'
import { statementFailure } from './sqlite-failure.ts'

/**
 * Kysely over `node:sqlite`: one connection, its statements prepared once. Kysely itself queues its users.
 * `beforeTransaction` runs while none is open.
 */
export const nodeSqliteDialect = (database: DatabaseSync, beforeTransaction: () => void): Dialect => ({
  createAdapter: () => new SqliteAdapter(),
  createDriver: () => new NodeSqliteDriver(database, beforeTransaction),
  createIntrospector: db => new SqliteIntrospector(db),
  createQueryCompiler: () => new SqliteQueryCompiler(),
})

class NodeSqliteDriver implements Driver {
  readonly #database: DatabaseSync
  readonly #connection: NodeSqliteConnection
  readonly #beforeTransaction: () => void

  constructor(database: DatabaseSync, beforeTransaction: () => void) {
    this.#database = database
    this.#beforeTransaction = beforeTransaction
    this.#connection = new NodeSqliteConnection(database)
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    return this.#connection
  }

  async beginTransaction(): Promise<void> {
    this.#beforeTransaction()
    this.#run('begin immediate')
  }

  async commitTransaction(): Promise<void> {
    this.#run('commit')
  }

  /** A full disk makes SQLite roll back by itself; a second rollback would hide the first error. */
  async rollbackTransaction(): Promise<void> {
    if (this.#database.isTransaction) this.#run('rollback')
  }

  async releaseConnection(): Promise<void> {}

  /** Whoever opened the database closes it: Kysely does not call this when no query was ever made. */
  async destroy(): Promise<void> {}

  #run(sql: string): void {
    try {
      this.#database.exec(sql)
    } catch (error) {
      throw statementFailure(error)
    }
  }
}

interface Prepared {
  readonly statement: StatementSync
  readonly answersRows: boolean
}

/** Enough for every query that the store's code can form; multi-row inserts come in few sizes. */
const STATEMENTS_KEPT = 500

class NodeSqliteConnection implements DatabaseConnection {
  readonly #database: DatabaseSync
  readonly #prepared = new Map<string, Prepared>()

  constructor(database: DatabaseSync) {
    this.#database = database
  }

  async executeQuery<Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
    try {
      const { statement, answersRows } = this.#prepare(sql)
      // Kysely types parameters as unknown; whatever SQLite cannot bind, it refuses here with a TypeError.
      const values = parameters as readonly SQLInputValue[]
      if (answersRows) return { rows: statement.all(...values) as Row[] }
      const { changes, lastInsertRowid } = statement.run(...values)
      return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid) }
    } catch (error) {
      throw statementFailure(error)
    }
  }

  async *streamQuery<Row>({ sql, parameters }: CompiledQuery): AsyncIterableIterator<QueryResult<Row>> {
    const values = parameters as readonly SQLInputValue[]
    for (const row of this.#database.prepare(sql).iterate(...values)) yield { rows: [row as Row] }
  }

  /** Least recently used statements are let go first. */
  #prepare(sql: string): Prepared {
    const known = this.#prepared.get(sql)
    if (known !== undefined) {
      this.#prepared.delete(sql)
      this.#prepared.set(sql, known)
      return known
    }
    const statement = this.#database.prepare(sql)
    const prepared = { statement, answersRows: statement.columns().length > 0 }
    this.#prepared.set(sql, prepared)
    const oldest = this.#prepared.keys().next().value
    if (this.#prepared.size > STATEMENTS_KEPT && oldest !== undefined) this.#prepared.delete(oldest)
    return prepared
  }
}
