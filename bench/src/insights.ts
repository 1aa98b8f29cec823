import { request } from 'node:http'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  CloudWatchLogsClient, CreateLogGroupCommand, GetQueryResultsCommand, type GetQueryResultsResponse, ResourceAlreadyExistsException, StartQueryCommand,
} from '@aws-sdk/client-cloudwatch-logs'
import { systemClock } from '../../server/src/base/clock.ts'
import { silentLog } from '../../server/src/base/log.ts'
import { compileFilter } from '../../server/src/engines/filter-policy/compile-filter.ts'
import { openControl } from '../../server/src/store/control/control-store.ts'
import { BRIEF_THREADS, LANE_HEADER, LANE_SETTINGS } from '../../server/src/store/telemetry/lane.ts'
import { atMost, median, shown, type Benchmark, type Figure } from './benchmark.ts'
import { startServer, type ServerUnderTest } from './server-under-test.ts'
import { storeLogs } from './stored-logs.ts'

const GROUP = '/bench/pipeline'
const EVENTS = 10_000_000
const DAY = 86_400_000
const REPEATS = 5
/** Holds nothing. */
const EMPTY_GROUP = '/bench/empty'
const LEAST_REPEATS = 25
/** By hand, a query may take two thirds of what it takes through Logs Insights. */
const MOST_TIMES = 1.5

interface Measured {
  readonly name: string
  /** Looks for one request, where it is about one: another one each time, since the engine remembers where it found nothing. */
  readonly text: (id: string) => string
  /** The same in SQL, by somebody who knows the table. */
  readonly sql: (id: string) => string
  readonly goal: number | undefined
}

/** What searching ten million log events takes, through the API and in SQL. */
export const insights: Benchmark = {
  name: 'insights',
  async run({ data, nodeArguments }) {
    const folder = data ?? mkdtempSync(join(tmpdir(), 'tocsin-bench-'))
    try {
      const { bytesPerLine, bytesPerEvent, seconds } = keptLogs(folder) ?? (await loadLogs(folder))
      return [
        atMost(75, 'bytes', `an event of ${Math.round(bytesPerLine)} bytes on disk, merged, with its fields`, bytesPerEvent),
        shown('s', `loading ${EVENTS / 1e6} million events through the store's own tables`, seconds),
        ...(await searchStored(folder, nodeArguments)),
      ]
    } finally {
      if (data === undefined) rmSync(folder, { recursive: true, force: true })
    }
  },
}

interface LoadedLogs {
  readonly bytesPerLine: number
  readonly bytesPerEvent: number
  /** What loading them took. */
  readonly seconds: number
  /** Epoch milliseconds: the events end here. */
  readonly end: number
}

/** Says that a folder is loaded, and with what. */
const NOTE = 'bench-insights.json'

const loadLogs = async (folder: string): Promise<LoadedLogs> => {
  const end = Math.floor(systemClock.now() / DAY) * DAY
  const begun = performance.now()
  const stored = await storeLogs(folder, GROUP, EVENTS, end - DAY, end)
  const loaded = { ...stored, seconds: (performance.now() - begun) / 1000, end }
  writeFileSync(join(folder, NOTE), JSON.stringify(loaded))
  return loaded
}

/** What an earlier run loaded; undefined: nothing. */
const keptLogs = (folder: string): LoadedLogs | undefined => {
  const note = join(folder, NOTE)
  if (!existsSync(note)) return undefined
  const loaded = JSON.parse(readFileSync(note, 'utf8')) as LoadedLogs
  if (loaded.end < systemClock.now() - 2 * DAY) throw new Error(`what ${folder} holds is too old to be searched: remove it`)
  return loaded
}

/** Searches a data folder that {@link storeLogs} filled. */
const searchStored = async (folder: string, nodeArguments: readonly string[]): Promise<readonly Figure[]> => {
  const columns = await fieldColumns(folder)
  const server = await startServer({ folder, nodeArguments })
  try {
    const searcher = new Searcher(server)
    const figures: Figure[] = [shown('ms', 'a query of a group without events (its calls, and what any statement takes): p50', await searcher.leastTime())]
    const ids = await searcher.someRequestIds(REPEATS + 1)
    for (const { name, text, sql, goal } of queries(columns)) {
      const insightsTimes: number[] = []
      const handTimes: number[] = []
      for (const [repeat, id] of ids.entries()) {
        const through = await searcher.search(text(id))
        const hand = await searcher.byHand(sql(id))
        if (repeat === 0) continue
        insightsTimes.push(through)
        handTimes.push(hand)
      }
      const [through, hand] = [median(insightsTimes), median(handTimes)]
      figures.push(
        goal === undefined ? shown('ms', `${name}: p50`, through) : atMost(goal, 'ms', `${name}: p50`, through),
        shown('ms', '… the same by hand in SQL: p50', hand),
        atMost(MOST_TIMES, '×', '… Logs Insights against SQL by hand', through / hand),
      )
    }
    searcher.close()
    return figures
  } finally {
    await server.stop()
  }
}

const queries = (column: (name: string) => string): readonly Measured[] => {
  const range = `grp = 1 AND ts >= ${String(systemClock.now() - 3 * DAY)}`
  return [
    {
      name: 'one request id of ten million events', goal: 50,
      text: id => `fields @timestamp, @message | filter requestId = "${id}"`,
      sql: id => `SELECT ts, message FROM log_events WHERE ${range} AND message LIKE '%"requestId":"${id}"%' ORDER BY ts DESC LIMIT 10000`,
    },
    {
      name: 'a request id anywhere in the line', goal: 50,
      text: id => `fields @timestamp, @message | filter @message like "${id}"`,
      sql: id => `SELECT ts, message FROM log_events WHERE ${range} AND message LIKE '%${id}%' ORDER BY ts DESC LIMIT 10000`,
    },
    {
      name: 'filter and aggregate on a discovered field', goal: 150,
      text: () => 'filter duration > 1000 | stats max(duration) as max_duration, avg(duration) as avg_duration by pipeline',
      sql: () => `SELECT ${column('pipeline')}, max(${column('duration')}), avg(${column('duration')}) FROM log_events WHERE ${range} `
        + `AND ${column('duration')} > 1000 GROUP BY ${column('pipeline')}`,
    },
    {
      name: 'count of a level in five minutes', goal: undefined,
      text: () => 'filter level = "ERROR" | stats count(*) by bin(5m)',
      sql: () => `SELECT intDiv(ts, 300000) AS t, count() FROM log_events WHERE ${range} AND ${column('level')} = 'ERROR' GROUP BY t ORDER BY t DESC`,
    },
    {
      name: 'errors by path, by a pattern on a field', goal: undefined,
      text: () => 'filter status_code like /5\\d\\d/ | stats count() as error_count by request_path',
      sql: () => `SELECT ${column('request_path')}, count() FROM log_events WHERE ${range} AND match(toString(${column('status_code')}), '5\\\\d\\\\d') GROUP BY ${column('request_path')}`,
    },
    {
      name: 'pattern over the whole line, count by stream', goal: 1500,
      text: () => 'fields @timestamp, @message, @logStream | filter @message like /ERROR|Exception|error/ | stats count() as error_count by @logStream',
      sql: () => `SELECT stream, count() FROM log_events WHERE ${range} AND multiSearchAny(message, ['ERROR', 'Exception', 'error']) GROUP BY stream`,
    },
    {
      name: 'the newest hundred lines of a level', goal: undefined,
      text: () => 'fields @timestamp, @message | filter level = "ERROR" | sort @timestamp desc | limit 100',
      sql: () => `SELECT ts, message FROM log_events WHERE ${range} AND ${column('level')} = 'ERROR' ORDER BY ts DESC LIMIT 100`,
    },
  ]
}

/** Which column of the table holds which field of the one group. */
const fieldColumns = async (folder: string): Promise<(name: string) => string> => {
  const control = openControl({ file: join(folder, 'control.db'), clock: systemClock, log: silentLog, compileFilter })
  try {
    const slots = new Map((await control.logFields.all()).map(({ name, slot }) => [name, slot]))
    return name => {
      const slot = slots.get(name)
      if (slot === undefined || !/^[ns]\d+$/.test(slot)) throw new Error(`the field ${name} has no column of its own: ${slot}`)
      return slot
    }
  } finally {
    await control.close()
  }
}

type Rows = NonNullable<GetQueryResultsResponse['results']>

class Searcher {
  readonly #server: ServerUnderTest
  readonly #client: CloudWatchLogsClient

  constructor(server: ServerUnderTest) {
    this.#server = server
    this.#client = new CloudWatchLogsClient({ endpoint: server.url, region: 'us-east-1', credentials: server.credentials })
  }

  /** Milliseconds from asking to the last row. */
  async search(queryString: string): Promise<number> {
    const begun = performance.now()
    await this.rows(queryString)
    return performance.now() - begun
  }

  /** What a query takes that finds nothing because there is nothing. */
  async leastTime(): Promise<number> {
    await this.#client.send(new CreateLogGroupCommand({ logGroupName: EMPTY_GROUP })).catch((error: unknown) => {
      if (!(error instanceof ResourceAlreadyExistsException)) throw error
    })
    const times: number[] = []
    for (let repeat = 0; repeat < LEAST_REPEATS; repeat++) {
      const begun = performance.now()
      await this.#results('fields @message', EMPTY_GROUP)
      times.push(performance.now() - begun)
    }
    return median(times)
  }

  async rows(queryString: string): Promise<Rows> {
    const rows = await this.#results(queryString, GROUP)
    if (rows.length === 0) throw new Error(`nothing was found by ${queryString}`)
    return rows
  }

  /** Of events here and there in the range. */
  async someRequestIds(count: number): Promise<readonly string[]> {
    const rows = await this.rows(`filter level = "WARN" | sort duration desc | limit ${count} | display requestId`)
    return rows.map(row => row[0]!.value!)
  }

  /** The statement put to the engine as the server would, with as many threads as it gives to brief queries. */
  byHand(sql: string): Promise<number> {
    const begun = performance.now()
    // What the engine remembers of an earlier statement of the same text is of no use to whoever asks something else.
    const settings = { ...LANE_SETTINGS.long, max_threads: String(BRIEF_THREADS), use_query_condition_cache: '0' }
    return new Promise((resolve, reject) => {
      const sending = request(
        {
          socketPath: join(this.#server.folder, 'telemetry/engine.sock'), method: 'POST', path: `/?${new URLSearchParams(settings).toString()}`,
          headers: { [LANE_HEADER]: 'long' },
        },
        answer => {
          let text = ''
          answer.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
          answer.on('end', () => (answer.statusCode === 200 ? resolve(performance.now() - begun) : reject(new Error(text))))
        },
      )
      sending.on('error', reject)
      sending.end(sql)
    })
  }

  async #results(queryString: string, logGroupName: string): Promise<Rows> {
    const now = Math.floor(systemClock.now() / 1000)
    const { queryId } = await this.#client.send(new StartQueryCommand({ logGroupName, queryString, startTime: now - (3 * DAY) / 1000, endTime: now }))
    for (;;) {
      const { status, results = [] } = await this.#client.send(new GetQueryResultsCommand({ queryId }))
      if (status === 'Complete') return results
      if (status !== 'Running' && status !== 'Scheduled') throw new Error(`${queryString}: ${status}`)
    }
  }

  close(): void {
    this.#client.destroy()
  }
}
