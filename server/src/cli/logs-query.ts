import { millis } from '../base/time.ts'
import { CommandError, Refused } from './command-error.ts'
import { momentOf } from './logs-moment.ts'
import { withNearGroups } from './near-groups.ts'
import type { Server } from './server.ts'
import { showPlace } from './show-place.ts'
import { table } from './table.ts'
import { pause, type Terminal } from './terminal.ts'

interface QueryOptions {
  /** Empty where the query names its groups itself. */
  readonly groups: readonly string[]
  readonly query: string
  readonly since: string | undefined
  readonly until: string | undefined
  readonly json: boolean
}

interface Answer {
  readonly status: string
  readonly results?: readonly (readonly { readonly field: string; readonly value: string }[])[]
  readonly statistics?: { readonly recordsMatched?: number; readonly recordsScanned?: number; readonly bytesScanned?: number }
}

/** Milliseconds between looks: short queries are over at the first one. */
const FIRST_PAUSE = 50
const LONGEST_PAUSE = 1000

/** `tocsin logs query`: rows on standard output, how far it is on standard error. */
export const queryCommand = async (server: Pick<Server, 'logs'>, options: QueryOptions, terminal: Terminal): Promise<void> => {
  const { groups, query, since = '1h', until, json } = options
  const { clock, stopped } = terminal
  const began = clock.now()
  const [start, end] = [momentOf('--since', since, began), until === undefined ? began : momentOf('--until', until, began)]
  if (start > end) throw new CommandError('--since must be before --until')
  const queryId = await started(server, groups, {
    queryString: query, startTime: Math.floor(start / 1000), endTime: Math.ceil(end / 1000), ...(groups.length > 0 && { logGroupIdentifiers: groups }),
  })
  for (let wait = FIRST_PAUSE; ; wait = Math.min(wait * 1.5, LONGEST_PAUSE)) {
    await pause(terminal, millis(wait))
    if (stopped.aborted) {
      await server.logs('StopQuery', { queryId })
      terminal.note('Stopped.')
      return
    }
    const answer = await server.logs<Answer>('GetQueryResults', { queryId })
    if (answer.status === 'Scheduled' || answer.status === 'Running') terminal.progress(`Running: ${summary(answer, clock.now() - began)}`)
    else {
      if (answer.status !== 'Complete') throw new CommandError(`The query ended as ${answer.status}.`)
      const rows = (answer.results ?? []).map(row => new Map(row.map(({ field, value }) => [field, value])))
      if (rows.length > 0) await terminal.out(json ? asLines(rows) : asTable(rows, terminal))
      terminal.note(summary(answer, clock.now() - began))
      return
    }
  }
}

const started = async (server: Pick<Server, 'logs'>, groups: readonly string[], input: { readonly queryString: string; readonly [other: string]: unknown }): Promise<string> => {
  try {
    return (await withNearGroups(server, groups, () => server.logs<{ readonly queryId: string }>('StartQuery', input))).queryId
  } catch (error) {
    if (error instanceof Refused && error.place !== undefined) throw new CommandError(`${error.message}${showPlace(input.queryString, error.place)}`, { cause: error })
    throw error
  }
}

type Row = ReadonlyMap<string, string>

const asLines = (rows: readonly Row[]): string => rows.map(row => `${JSON.stringify(Object.fromEntries(row))}\n`).join('')

const asTable = (rows: readonly Row[], { look }: Terminal): string => {
  const fields = [...new Set(rows.flatMap(row => [...row.keys()]))].filter(field => field !== '@ptr')
  const [heads = '', ...lines] = table([fields, ...rows.map(row => fields.map(field => row.get(field) ?? '-'))])
  return `${[look('bold', heads), ...lines].join('\n')}\n`
}

const summary = ({ results = [], statistics: { recordsMatched = 0, recordsScanned = 0, bytesScanned = 0 } = {} }: Answer, took: number): string =>
  `${plural(results.length, 'row')}; ${grouped(recordsMatched)} of ${plural(recordsScanned, 'event')} matched, ${grouped(Math.ceil(bytesScanned / 1000))} kB in ${(took / 1000).toFixed(1)} s`

const grouped = (count: number): string => count.toLocaleString('en')
const plural = (count: number, noun: string): string => `${grouped(count)} ${noun}${count === 1 ? '' : 's'}`
