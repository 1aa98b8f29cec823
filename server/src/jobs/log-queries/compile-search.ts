import { columnFields } from '../../engines/insights/column-fields.ts'
import { compileQuery, languageOf, type CompiledQuery } from '../../engines/insights/compile-query.ts'
import type { LookupTable } from '../../engines/insights/plan/query-context.ts'
import type { QueriedGroup } from '../../engines/insights/plan/plan-query.ts'
import type { LogSearch } from '../../model/log-query.ts'
import type { LogGroup } from '../../model/log.ts'
import type { FieldPlaces, LookupSource, SearchedEvents } from './ports.ts'

/** A stretch of time, the end exclusive. */
export interface TimeSlice {
  readonly from: number
  readonly to: number
}

interface CompileParts {
  readonly events: Pick<SearchedEvents, 'scopes'>
  readonly places: FieldPlaces
  /** Undefined: there are none. */
  readonly lookups?: Pick<LookupSource, 'get'>
}

/** By their names: what a search's lookup tables hold. Those that are left out are taken as empty. */
export type LoadedTables = ReadonlyMap<string, LookupTable>

interface SearchPart {
  readonly tables?: LoadedTables
  /** A part of the range; left out, all of it. */
  readonly slice?: TimeSlice | undefined
}

/** Reads a search against the log store as it is: which columns hold which fields, what is expired and what was deleted. */
export const compileSearch = ({ events, places, lookups }: CompileParts, now: number, search: LogSearch, { tables, slice }: SearchPart = {}): CompiledQuery => {
  const { text, start, end, limit } = search
  const queried = (groups: readonly LogGroup[], within?: TimeSlice): readonly QueriedGroup[] => {
    // What `diff` compares with lies before the range.
    const scopes = events.scopes(groups, within?.from ?? start - (end - start) - EARLIEST, within?.to ?? end + 1)
    return groups.map(({ id, name, tenant }, index) => {
      const { from, to, deleted } = scopes[index]!
      return { id, label: `${tenant.account}:${name}`, from, to, deleted }
    })
  }
  return compileQuery(text, {
    language: languageOf(text),
    start,
    end,
    now,
    groups: queried(search.groups, slice),
    groupsOf: source => queried(search.groupsOf(source)),
    fields: (groups, unmasked) => columnFields(groups, unmasked, (group, name) => places.columns(group, name), {
      wideNumbers: groups.some(({ id }) => places.hasWideNumbers(id)),
      embedded: groups.some(({ id }) => places.hasEmbedded(id)),
      transformed: groups.some(({ id }) => places.hasTransformed(id)),
    }),
    fieldNames: of => [...new Set(of.flatMap(({ id }) => [...places.fields(id).keys()]))].sort(),
    lookup: name => {
      const table = tables?.get(name)
      if (table !== undefined) return table
      const columns = lookups?.get(search.tenant, name)?.columns
      return columns && { columns, rows: [] }
    },
    ...(limit === undefined ? {} : { limit }),
  })
}

/** `diff previousMonth` reaches back so far at most. */
const EARLIEST = 32 * 86_400_000
