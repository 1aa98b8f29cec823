import type { AlarmQuery } from '../../model/alarm.ts'
import type { DetectorSource } from '../../model/anomaly-detector.ts'

const BAND = /\bANOMALY_DETECTION_BAND\s*\(\s*([a-z]\w*)/g
const ID = /[a-z]\w*/g

/** The ids of the queries that the others draw a band around. */
export const banded = (queries: readonly AlarmQuery[]): readonly string[] => {
  const ids = queries.flatMap(({ expression = '' }) => Array.from(expression.matchAll(BAND), ([, id]) => id!))
  return [...new Set(ids)]
}

/** What the detector of a query learns from: the metric itself, or the query with all that it is computed of. */
export const bandSource = (queries: readonly AlarmQuery[], id: string): DetectorSource | undefined => {
  const byId = new Map(queries.map(query => [query.id, query]))
  const query = byId.get(id)
  if (query === undefined) return undefined
  if (query.stored !== undefined) return { kind: 'metric', metric: query.stored.metric, statistic: query.stored.statistic }
  const reached = new Set([id])
  // A set is walked in the order of insertion, what is added on the way too.
  for (const each of reached) {
    for (const [name] of (byId.get(each)?.expression ?? '').matchAll(ID)) if (byId.has(name)) reached.add(name)
  }
  return { kind: 'math', queries: queries.filter(each => reached.has(each.id)).map(each => ({ ...each, returnData: each.id === id })) }
}
