import { parse } from 'csv-parse/sync'
import type { LookupTable } from './plan/query-context.ts'

/** What is wrong with a table. */
export class LookupCsvProblem extends Error {}

/** Reads a table with its column names in the first row; throws {@link LookupCsvProblem}. */
export const parseLookupCsv = (body: string): LookupTable => {
  const [columns, ...rows] = records(body)
  if (columns === undefined || columns.some(name => name.trim() === '')) throw new LookupCsvProblem('The first row must name every column')
  if (new Set(columns).size < columns.length) throw new LookupCsvProblem('Column names must differ from each other')
  return { columns, rows }
}

const records = (body: string): readonly (readonly string[])[] => {
  try {
    return parse(body, { bom: true, skip_empty_lines: true })
  } catch (error) {
    throw new LookupCsvProblem(error instanceof Error ? error.message : String(error))
  }
}

/** Rows as such a table. */
export const writeLookupCsv = (columns: readonly string[], rows: readonly (readonly string[])[]): string =>
  [columns, ...rows].map(row => row.map(quoted).join(',')).join('\n')

const quoted = (value: string): string => (/[",\r\n]/.test(value) || value === '' ? `"${value.replaceAll('"', '""')}"` : value)
