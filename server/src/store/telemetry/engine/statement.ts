/** A statement with all that ClickHouse's HTTP interface carries beside it. */
export interface Statement {
  readonly sql: string
  /** The output format when the statement names none. */
  readonly format: string
  readonly database: string
  readonly settings: ReadonlyMap<string, string>
  /** Values of `{name:Type}` placeholders in ClickHouse's escaped text form, as the HTTP interface carries them. */
  readonly parameters: ReadonlyMap<string, string>
}

/** Settings of the HTTP interface itself, which the engine does not know. */
const TRANSPORT = new Set([
  'query', 'query_id', 'database', 'default_format', 'user', 'password', 'quota_key', 'session_id', 'session_timeout', 'session_check',
  'compress', 'decompress', 'enable_http_compression', 'wait_end_of_query', 'buffer_size', 'role', 'close_session', 'stacktrace',
])
const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/

/** Reads the URL's query string; throws a RangeError for a name that no setting or parameter can have. */
export const readStatement = (url: URLSearchParams, sql: string, defaultDatabase: string): Statement => {
  const settings = new Map<string, string>()
  const parameters = new Map<string, string>()
  for (const [name, value] of url) {
    if (TRANSPORT.has(name)) continue
    if (!NAME.test(name)) throw new RangeError(`not a setting: ${JSON.stringify(name.slice(0, 100))}`)
    if (name.startsWith('param_')) parameters.set(name.slice(6), value)
    else settings.set(name, value)
  }
  const database = url.get('database') ?? defaultDatabase
  if (!NAME.test(database)) throw new RangeError(`not a database: ${JSON.stringify(database.slice(0, 100))}`)
  return { sql, format: url.get('default_format') ?? 'TabSeparated', database, settings, parameters }
}

/** A value as a ClickHouse string literal; in a literal, line breaks may stand as they are. */
export const literal = (text: string): string =>
  `'${text.replaceAll('\\', '\\\\').replaceAll('\'', '\\\'').replaceAll('\0', '\\0')}'`
