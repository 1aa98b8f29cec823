import { keep, kept } from '../../app/kept.ts'

export interface RecentQuery {
  readonly groups: readonly string[]
  readonly query: string
}

const MOST = 20

/** What was asked in this browser, the newest first. */
export const recentQueries = (): readonly RecentQuery[] => {
  try {
    const found: unknown = JSON.parse(kept('queries') ?? '[]')
    return Array.isArray(found) ? found.filter(isQuery) : []
  } catch {
    return []
  }
}

/** Puts a query on top; the same one asked before goes. */
export const rememberQuery = ({ groups, query }: RecentQuery): void => {
  const asked = { groups, query }
  const others = recentQueries().filter(other => JSON.stringify(other) !== JSON.stringify(asked))
  keep('queries', JSON.stringify([asked, ...others].slice(0, MOST)))
}

const isQuery = (value: unknown): value is RecentQuery => {
  const { groups, query } = (value ?? {}) as { readonly groups?: unknown; readonly query?: unknown }
  return typeof query === 'string' && Array.isArray(groups) && groups.every(group => typeof group === 'string')
}
