import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { HANDOVER_HEADER } from '../handover.ts'
import { LANE_HEADER, type Lane } from '../lane.ts'
import type { SessionPool } from './session-pool.ts'
import type { Spool } from './spool.ts'
import { literal, readStatement, type Statement } from './statement.ts'
import { MAX_STATEMENT } from './engine-session.ts'

export interface EngineParts {
  readonly pools: Readonly<Record<Lane, SessionPool>>
  readonly spool: Spool
  readonly database: string
}

/** ClickHouse's HTTP interface over the embedded engine: as much of it as its JavaScript client speaks. */
export const engineServer = (parts: EngineParts): Server =>
  // Parameters travel in the URL. Idle connections stay: they are the parent's own, and one that closes while it is used again
  // would look like a dead engine.
  createServer({ maxHeaderSize: MAX_STATEMENT, keepAliveTimeout: 0, requestTimeout: 0 }, (request, response) => {
    answer(parts, request, response).catch((error: unknown) => refuse(response, error))
  })

const answer = async (parts: EngineParts, request: IncomingMessage, response: ServerResponse): Promise<void> => {
  const url = new URL(request.url ?? '/', 'http://engine')
  if (url.pathname === '/ping') return void response.end('Ok.\n')
  const form = request.headers['content-type']?.startsWith('multipart/form-data') === true
  const body = form ? await readForm(request, url.searchParams) : await readBody(request)
  const pool = parts.pools[laneOf(request)]
  const abandoned = (): boolean => response.destroyed
  const query = url.searchParams.get('query') ?? ''
  const handed = request.headers[HANDOVER_HEADER]
  const file = typeof handed === 'string' ? parts.spool.handed(handed) : undefined
  const target = file !== undefined ? insertTarget(joined(query, body)) : body.length > 0 ? insertTarget(query) : undefined
  if (target === undefined) {
    const statement = readStatement(url.searchParams, joined(query, body), parts.database)
    return send(response, statement, await pool.run(statement, abandoned))
  }
  const insert = async (path: string): Promise<void> => {
    const sql = `INSERT INTO ${target.table} SELECT ${target.columns} FROM file(${literal(path)}, ${target.format})`
    const statement = readStatement(url.searchParams, sql, parts.database)
    send(response, statement, await pool.run(statement, abandoned))
  }
  await (file === undefined ? parts.spool.with(body, insert) : insert(file))
}

const laneOf = (request: IncomingMessage): Lane => {
  const lane = request.headers[LANE_HEADER]
  return lane === 'quick' || lane === 'slow' || lane === 'long' || lane === 'upkeep' ? lane : 'write'
}

const INSERT = /^\s*INSERT\s+INTO\s+(?:TABLE\s+)?([\w.`]+)\s*(?:\(([^()]*)\))?\s*FORMAT\s+(\w+)\s*$/i

/** Where `INSERT INTO table (columns) FORMAT format` puts the body; undefined for any other statement. */
const insertTarget = (query: string): { readonly table: string; readonly columns: string; readonly format: string } | undefined => {
  const [, table, columns, format] = INSERT.exec(query) ?? []
  if (table === undefined || format === undefined) return undefined
  return { table: columns === undefined ? table : `${table} (${columns})`, columns: columns ?? '*', format }
}

const joined = (query: string, body: Buffer): string => {
  const text = body.toString('utf8')
  return query === '' ? text : text === '' ? query : `${query}\n${text}`
}

const readBody = async (request: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length
    if (length > MAX_BODY) throw new Error('Code: 307. DB::Exception: The body is too large. (TOO_MANY_BYTES)')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** The client sends large parameters as a form, with the statement as one of its fields: moves all of them to where small ones are. */
const readForm = async (request: IncomingMessage, url: URLSearchParams): Promise<Buffer> => {
  const headers = { 'content-type': request.headers['content-type']! }
  const form = await new Response(Uint8Array.from(await readBody(request)), { headers }).formData()
  for (const [name, value] of form) url.set(name, typeof value === 'string' ? value : await value.text())
  return Buffer.alloc(0)
}

/** 512 MiB: some 16 million points, far above what one insert is given. */
const MAX_BODY = 536_870_912

const send = (response: ServerResponse, { format }: Statement, bytes: Uint8Array): void => {
  response.setHeader('X-ClickHouse-Format', format)
  response.setHeader('Content-Length', bytes.byteLength)
  response.end(bytes)
}

const CODE = /^Code: (\d+)/

const refuse = (response: ServerResponse, error: unknown): void => {
  if (response.headersSent || response.destroyed) return void response.destroy()
  const reason = error instanceof Error ? error.message : String(error)
  const known = CODE.test(reason)
  // 1002 is ClickHouse's UNKNOWN_EXCEPTION.
  const text = known ? reason : `Code: 1002. DB::Exception: ${reason}. (UNKNOWN_EXCEPTION)`
  const code = Number(CODE.exec(text)?.[1])
  response.statusCode = code === 202 ? 503 : code === 62 || code === 456 ? 400 : 500
  response.setHeader('X-ClickHouse-Exception-Code', code)
  response.setHeader('Content-Type', 'text/plain; charset=UTF-8')
  response.end(`${text}\n`)
}
