import { Session } from 'chdb'
import { literal, type Statement } from './statement.ts'

/** A statement that needs a parameter which was not sent; ClickHouse's UNKNOWN_QUERY_PARAMETER. */
const unboundParameter = (name: string): Error =>
  new Error(`Code: 456. DB::Exception: Substitution \`${name}\` is not set. (UNKNOWN_QUERY_PARAMETER)`)

/**
 * One chDB session: strictly one statement at a time. Settings and parameters are sent as a SET statement ahead of the
 * query and in one call with it, since the addon's own binding shares its state between sessions and therefore queues all of them behind one
 * another. The engine parses the values by their declared types; they never become part of the query's text.
 */
export class EngineSession {
  readonly #session: Session
  #database: string
  /** What the session has; undefined: nobody knows, since a statement failed. */
  readonly #settings = new Map<string, string | undefined>()
  readonly #parameters = new Set<string>()

  private constructor(session: Session, database: string) {
    this.#session = session
    this.#database = database
  }

  /** `path` must be the same for all sessions of a process. */
  static async open(path: string, options: { readonly database: string; readonly readOnly: boolean; readonly args: readonly string[] }): Promise<EngineSession> {
    const session = new Session(path, { connectionArgs: options.args })
    // Bound values travel inside statements, so the text may be as large as the largest of them.
    await session.queryAsync(`CREATE DATABASE IF NOT EXISTS ${options.database} ENGINE = Atomic`)
    await session.queryAsync(`USE ${options.database}`)
    await session.queryAsync(`SET max_query_size = ${MAX_STATEMENT}${options.readOnly ? ', readonly = 2' : ''}`)
    return new EngineSession(session, options.database)
  }

  async run(statement: Statement): Promise<Uint8Array> {
    await this.#use(statement.database)
    const set = [...this.#changes(statement), ...this.#bindings(statement)]
    // Until the statement is through, nobody knows which of them took hold, and which of the one before are still there.
    for (const name of [...this.#settings.keys(), ...statement.settings.keys()]) this.#settings.set(name, undefined)
    const result = await this.#session.queryAsync(set.length === 0 ? statement.sql : `SET ${set.join(', ')}; ${statement.sql}`, { format: statement.format })
    this.#settings.clear()
    for (const [name, value] of statement.settings) this.#settings.set(name, value)
    return result.bytes()
  }

  close(): void {
    this.#session.close()
  }

  async #use(database: string): Promise<void> {
    if (database === this.#database) return
    await this.#session.queryAsync(`USE ${database}`)
    this.#database = database
  }

  /** What differs from the statement before, and what that one had and this one does not. */
  #changes({ settings }: Statement): readonly string[] {
    const changed = [...settings].filter(([name, value]) => this.#settings.get(name) !== value).map(([name, value]) => `${name} = ${literal(value)}`)
    const gone = [...this.#settings.keys()].filter(name => !settings.has(name)).map(name => `${name} = DEFAULT`)
    return [...changed, ...gone]
  }

  #bindings({ sql, parameters }: Statement): readonly string[] {
    // A session remembers parameters: one that is missing now must not be filled with the value of an earlier statement.
    for (const name of this.#parameters) {
      if (!parameters.has(name) && new RegExp(`\\{\\s*${name}\\s*:`).test(sql)) throw unboundParameter(name)
    }
    for (const name of parameters.keys()) this.#parameters.add(name)
    return Array.from(parameters, ([name, value]) => `param_${name} = ${literal(value)}`)
  }
}

/** 256 MiB; the largest statement with its parameters, in bytes. */
export const MAX_STATEMENT = 268_435_456
