import { lookupTableArn, parseArn } from '../../../base/arn.ts'
import type { Tenant } from '../../../base/tenancy.ts'
import type { EpochMillis } from '../../../base/time.ts'
import { LookupCsvProblem, parseLookupCsv, writeLookupCsv } from '../../../engines/insights/lookup-csv.ts'
import type { LookupTable } from '../../../engines/insights/plan/query-context.ts'
import type { LogQueryRow } from '../../../model/log-query.ts'
import type { LookupTableSummary } from '../../../model/lookup-table.ts'
import { text } from '../../constraints.ts'
import { invalidParameter, notFound } from '../faults.ts'
import type { LogSearcher, LookupTableStore } from './ports.ts'
import { queryOf } from './query-of.ts'

const MAX_BYTES = 10_485_760

export const LOOKUP_TABLE_NAME = text({ min: 1, max: 256, pattern: /[a-zA-Z0-9_]+/, patternText: '^[a-zA-Z0-9_]+$' })
export const LOOKUP_TABLE_LIMITS = {
  description: text({ max: 1024 }),
  queryId: text({ min: 1, max: 256 }),
  kmsKeyId: text({ max: 256 }),
}

interface BodySource {
  readonly tableBody?: string | undefined
  readonly queryId?: string | undefined
}

/** A table's CSV as the request brings it, or of what the results of a query are; throws AWS's refusals. */
export const bodyOf = async (searcher: LogSearcher, tenant: Tenant, { tableBody, queryId }: BodySource): Promise<string> => {
  if ((tableBody === undefined) === (queryId === undefined)) throw invalidParameter('Exactly one of tableBody or queryId must be specified.')
  const body = tableBody ?? (await resultsCsv(searcher, tenant, queryId!))
  if (Buffer.byteLength(body) > MAX_BYTES) throw invalidParameter('The lookup table exceeds the maximum size of 10 MB.')
  return body
}

const resultsCsv = async (searcher: LogSearcher, tenant: Tenant, queryId: string): Promise<string> => {
  const query = await queryOf(searcher, tenant, queryId)
  if (query.status !== 'Complete' && query.status !== 'Cancelled') throw invalidParameter('The query must be complete or cancelled.')
  const rows = await searcher.rows(query)
  if (rows === undefined) throw notFound('The results of the query do not exist any more.')
  return csvOf(rows)
}

const csvOf = (rows: readonly LogQueryRow[]): string => {
  const columns = [...new Set(rows.flatMap(row => row.map(({ field }) => field)))].filter(field => field !== '@ptr')
  const cells = rows.map(row => new Map(row.map(({ field, value }) => [field, value])))
  return writeLookupCsv(columns, cells.map(row => columns.map(column => row.get(column) ?? '')))
}

/** What is kept of a table beside its CSV. */
export const summaryOf = (
  table: Pick<LookupTableSummary, 'tenant' | 'name' | 'description' | 'kmsKeyId'>, body: string, now: EpochMillis,
): LookupTableSummary => {
  const { columns, rows } = parsed(body)
  return { ...table, columns, records: rows.length, bytes: Buffer.byteLength(body), updatedAt: now }
}

const parsed = (body: string): LookupTable => {
  try {
    return parseLookupCsv(body)
  } catch (error) {
    if (error instanceof LookupCsvProblem) throw invalidParameter(`The lookup table is not valid CSV: ${error.message}`)
    throw error
  }
}

/** The tenant's table that an ARN names. */
export const tableOf = (tables: LookupTableStore, tenant: Tenant, arn: string): LookupTableSummary => {
  const name = /^lookup-table:(.+)$/.exec(parseArn(arn)?.resource ?? '')?.[1]
  const table = name === undefined || lookupTableArn(tenant, name) !== arn ? undefined : tables.get(tenant, name)
  if (table === undefined) throw notFound('The specified lookup table does not exist.')
  return table
}
