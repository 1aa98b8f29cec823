import { parseLookupCsv } from '../../engines/insights/lookup-csv.ts'
import type { LogSearch } from '../../model/log-query.ts'
import type { LoadedTables } from './compile-search.ts'
import type { LookupSource } from './ports.ts'

/** The tables whose names occur in a search's text, if it looks anything up at all. */
export const loadTables = async (lookups: LookupSource, { tenant, text }: LogSearch): Promise<LoadedTables> => {
  if (!/lookup\b/i.test(text)) return new Map()
  const words = new Set(text.match(/\w+/g))
  const named = lookups.list(tenant).filter(({ name }) => words.has(name))
  const loaded = await Promise.all(named.map(async ({ name }) => [name, await lookups.body(tenant, name)] as const))
  return new Map(loaded.flatMap(([name, body]) => (body === undefined ? [] : [[name, parseLookupCsv(body)] as const])))
}
