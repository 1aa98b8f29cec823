import type { Point } from '../parts/graph/series.ts'
import { seriesName } from '../words/series-name.ts'
import type { Connection } from './connection.ts'

/** The `matrix` that Prometheus's range queries answer. */
interface RangeAnswer {
  readonly data: { readonly result: readonly { readonly metric: Readonly<Record<string, string>>; readonly values: readonly (readonly [at: number, value: string])[] }[] }
}

/** More lines than these nobody can tell apart. */
const MOST_SERIES = 50

/** What a query yields over a stretch of time, in epoch seconds; `step` seconds lie between its instants. */
export const readPromql = async (
  connection: Connection, query: string, { start, end, step }: { readonly start: number; readonly end: number; readonly step: number }, signal: AbortSignal,
): Promise<readonly { readonly label: string; readonly points: readonly Point[] }[]> => {
  const answer = await connection.read<RangeAnswer>('v1/query_range', { query, start: String(start), end: String(end), step: String(step) }, signal)
  return answer.data.result.slice(0, MOST_SERIES).map(({ metric, values }) => ({
    label: seriesName(metric),
    points: values.map(([at, value]) => ({ at, value: numberOf(value) })),
  }))
}

const numberOf = (text: string): number => (text === '+Inf' ? Infinity : text === '-Inf' ? -Infinity : Number(text))
