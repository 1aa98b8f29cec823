import { queryLanguage } from '../words/query-text.ts'
import type { Connection } from './connection.ts'
import type { QueryStatistics } from './log-shapes.ts'

/** What to ask; times in epoch seconds. `groups` may be empty where the query names them itself. */
export interface LogQuestion {
  readonly groups: readonly string[]
  readonly query: string
  readonly start: number
  readonly end: number
}

export type QueryRow = Readonly<Record<string, string>>

export interface QueryAnswer {
  /** `Running`, `Complete`, `Cancelled` … */
  readonly status: string
  /** Fields in the order of the rows' first appearance, without `@ptr`. */
  readonly columns: readonly string[]
  readonly rows: readonly QueryRow[]
  readonly statistics: QueryStatistics
}

/** Pauses between looks, in milliseconds: short queries are over at the first one. */
const FIRST_PAUSE = 80
const LONGEST_PAUSE = 1000

/** Runs a query to its end, telling how far it is; whoever aborts stops it on the server too. Throws `AwsError`. */
export const runQuery = async (
  connection: Connection, { groups, query, start, end }: LogQuestion, onProgress: (answer: QueryAnswer) => void, signal: AbortSignal,
): Promise<QueryAnswer> => {
  const language = queryLanguage(query)
  const { queryId } = await connection.logs('StartQuery', {
    queryString: query, queryLanguage: language, startTime: Math.floor(start), endTime: Math.ceil(end),
    // SQL names its groups itself.
    ...(groups.length > 0 && language !== 'SQL' && { logGroupIdentifiers: [...groups] }),
  }, signal)
  let running = false
  try {
    for (let pause = FIRST_PAUSE; ; pause = Math.min(pause * 1.5, LONGEST_PAUSE)) {
      await resting(pause, signal)
      const { status = 'Unknown', results = [], statistics = {} } = await connection.logs('GetQueryResults', { queryId }, signal)
      const answer = { status, statistics, ...tableOf(results) }
      if (status !== 'Scheduled' && status !== 'Running') return answer
      running = true
      onProgress(answer)
    }
  } catch (error) {
    // One that was never seen running has most likely ended. Whether it could be stopped changes nothing for a person who left.
    if (signal.aborted && running) connection.logs('StopQuery', { queryId }).catch(() => undefined)
    throw error
  }
}

const tableOf = (results: readonly (readonly { field?: string | undefined; value?: string | undefined }[])[]): Pick<QueryAnswer, 'columns' | 'rows'> => {
  const rows = results.map(row => Object.fromEntries(row.map(({ field = '', value = '' }) => [field, value])))
  const columns = new Set<string>()
  for (const row of rows) for (const field of Object.keys(row)) columns.add(field)
  columns.delete('@ptr')
  return { columns: [...columns], rows }
}

const resting = (millis: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer)
      reject(signal.reason as Error)
    }
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop)
      resolve()
    }, millis)
    signal.addEventListener('abort', stop, { once: true })
  })
