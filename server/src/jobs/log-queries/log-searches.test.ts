import { describe, expect, test } from 'vitest'
import { seededEntropy } from '../../base/entropy.ts'
import { silentLog } from '../../base/log.ts'
import { ManualClock } from '../../base/manual-clock.ts'
import type { AccountId, Region, Tenant } from '../../base/tenancy.ts'
import { epochMillis, millis } from '../../base/time.ts'
import type { LogQuery, LogQueryRow, LogSearch } from '../../model/log-query.ts'
import type { LogScope } from '../../model/log-scope.ts'
import type { LogGroup } from '../../model/log.ts'
import { LogSearches } from './log-searches.ts'
import type { SearchedEvents } from './ports.ts'

const HOUR = 3_600_000
const START = Date.UTC(2026, 0, 1)
const TENANT: Tenant = { account: '111111111111' as AccountId, region: 'us-east-1' as Region }
const GROUP: LogGroup = {
  tenant: TENANT, id: 7, name: 'g', arn: 'arn:aws:logs:us-east-1:111111111111:log-group:g' as LogGroup['arn'], class: 'STANDARD', retentionDays: undefined,
  kmsKeyId: undefined, deletionProtected: false, bearerTokens: false, createdAt: epochMillis(0),
}
const search = (text: string, tenant: Tenant = TENANT): LogSearch =>
  ({ tenant, text, groups: [GROUP], groupsOf: () => [], start: START, end: START + 24 * HOUR - 1, limit: undefined, startedBy: 'me' })

type Row = Readonly<Record<string, string | null>>
interface Statement {
  readonly sql: string
  readonly tag: string
  readonly parameters: Readonly<Record<string, unknown>>
  answer(rows: readonly Row[]): void
  fail(error: Error): void
}

/** A store whose statements wait until a test answers them, or somebody ends them. */
class WaitingEvents implements SearchedEvents {
  readonly statements: Statement[] = []
  readonly cancelled: string[] = []
  readonly #failing = new Map<string, Set<(error: Error) => void>>()
  readonly #count: number
  /** Statements that have not begun yet are not found by who wants to end them. */
  deaf = false

  constructor(count: number) {
    this.#count = count
  }

  settled(): Promise<void> {
    return Promise.resolve()
  }

  scopes(groups: readonly LogGroup[], from: number, to: number): readonly LogScope[] {
    return groups.map(({ id }) => ({ group: id, from: epochMillis(from), to: epochMillis(to), deleted: [] }))
  }

  rows(sql: string, parameters: Readonly<Record<string, unknown>>, { tag }: { readonly tag: string }): Promise<readonly Row[]> {
    return new Promise((resolve, reject) => {
      const failing = this.#failing.get(tag) ?? new Set()
      failing.add(reject)
      this.#failing.set(tag, failing)
      this.statements.push({ sql, tag, parameters, answer: resolve, fail: reject })
    })
  }

  cancel(tag: string): Promise<void> {
    this.cancelled.push(tag)
    if (!this.deaf) for (const reject of this.#failing.get(tag) ?? []) reject(new Error('QUERY_WAS_CANCELLED'))
    return Promise.resolve()
  }

  extent() {
    return Promise.resolve({ records: this.#count, bytes: this.#count * 100 })
  }

  hours() {
    return Promise.resolve(Array.from({ length: 24 }, (_, hour) => ({ start: START + (23 - hour) * HOUR, records: this.#count / 24 })))
  }
}

const opened = (events: WaitingEvents) => {
  const clock = new ManualClock(epochMillis(START + 48 * HOUR))
  const kept = new Map<string, LogQuery>()
  const files = new Map<string, readonly LogQueryRow[]>()
  const searches = new LogSearches({
    events,
    places: { columns: () => undefined, fields: () => new Map(), hasWideNumbers: () => false, hasEmbedded: () => false, hasTransformed: () => false },
    lookups: { get: () => undefined, list: () => [], body: () => Promise.resolve(undefined) },
    book: {
      get: id => Promise.resolve(kept.get(id)),
      list: () => Promise.resolve([...kept.values()]),
      add: query => Promise.resolve(void kept.set(query.id, query)),
      update: query => Promise.resolve(void kept.set(query.id, query)),
      fail: () => Promise.resolve(),
      forget: () => Promise.resolve(),
      ids: () => Promise.resolve(new Set(kept.keys())),
    },
    files: { put: (id, rows) => Promise.resolve(void files.set(id, rows)), get: id => Promise.resolve(files.get(id)), tidy: () => Promise.resolve() },
    clock,
    entropy: seededEntropy(3),
    log: silentLog,
  })
  return { clock, searches, begin: async (text: string, tenant?: Tenant) => (await searches.start(search(text, tenant)))! }
}

const state = async (searches: LogSearches, { id }: LogQuery): Promise<LogQuery> => (await searches.get(TENANT, id))!

describe('a query that nobody waits for any more', () => {
  test('is ended after an hour', async () => {
    const events = new WaitingEvents(10)
    const { clock, searches, begin } = opened(events)
    const query = await begin('fields @message')
    await clock.advance(millis(HOUR - 1))
    expect(await state(searches, query)).toMatchObject({ status: 'Running' })
    await clock.advance(millis(1))
    await searches.finished(query.id)
    expect(await state(searches, query)).toMatchObject({ status: 'Timeout', finishedAt: START + 49 * HOUR })
    expect(new Set(events.cancelled)).toEqual(new Set([query.id]))
  })

  test('is stopped, its statement with it, and what was found is still there', async () => {
    const events = new WaitingEvents(10)
    const { searches, begin } = opened(events)
    const query = await begin('stats count(*)')
    await expect.poll(() => events.statements.length).toBeGreaterThan(0)
    expect(await searches.stop(query)).toBe(true)
    await searches.finished(query.id)
    expect(events.cancelled).toEqual([query.id])
    expect(events.statements.every(({ tag }) => tag === query.id)).toBe(true)
    const stopped = await state(searches, query)
    expect(stopped).toMatchObject({ status: 'Cancelled', rows: 0 })
    expect(await searches.rows(stopped)).toEqual([])
    expect(await searches.stop(query)).toBe(false)
  })

  test('is asked to end again until it has', async () => {
    const events = new WaitingEvents(10)
    const { clock, searches, begin } = opened(events)
    const query = await begin('stats count(*)')
    await expect.poll(() => events.statements.length).toBeGreaterThan(0)
    events.deaf = true
    await searches.stop(query)
    await clock.advance(millis(120))
    expect(events.cancelled).toHaveLength(3)
    events.deaf = false
    await clock.advance(millis(50))
    await searches.finished(query.id)
    expect(await state(searches, query)).toMatchObject({ status: 'Cancelled' })
  })

  test('also while it waits for its turn', async () => {
    const events = new WaitingEvents(10)
    const { searches, begin } = opened(events)
    const running = [await begin('fields @message'), await begin('fields @message')]
    const waiting = await begin('fields @message')
    expect(await state(searches, waiting)).toMatchObject({ status: 'Scheduled' })
    await searches.stop(waiting)
    await searches.finished(waiting.id)
    expect(await state(searches, waiting)).toMatchObject({ status: 'Cancelled' })
    expect(events.cancelled).not.toContain(running[0]!.id)
    await searches.close()
  })
})

test('an account runs so many at once; others are not held up', async () => {
  const events = new WaitingEvents(10)
  const { searches, begin } = opened(events)
  for (let n = 0; n < 100; n++) await begin('fields @message')
  expect(await searches.start(search('fields @message'))).toBeUndefined()
  expect(await searches.start(search('fields @message', { ...TENANT, account: '222222222222' as AccountId }))).toBeDefined()
  const [first] = await searches.list(TENANT)
  await searches.stop(first!)
  await searches.finished(first!.id)
  expect(await searches.start(search('fields @message'))).toBeDefined()
  await searches.close()
})

test.for<readonly [string, Error, string]>([
  ['takes too much', Object.assign(new Error('Query memory limit exceeded: while executing FUNCTION concat(__table3.f5)'), { kind: 'limit' }), 'The query needs more memory than a query may use'],
  ['is refused by the store', new Error('Unknown expression __table3.f5'), 'The query could not be run; the log of the server says why'],
])('a query that %s fails, and what it tells holds nothing of its statement', async ([, error, reason]) => {
  const events = new WaitingEvents(10)
  const { searches, begin } = opened(events)
  const query = await begin('stats max(a) as m')
  await expect.poll(() => events.statements.length).toBe(1)
  events.statements[0]!.fail(error)
  await searches.finished(query.id)
  expect(await state(searches, query)).toMatchObject({ status: 'Failed', reason, rows: 0 })
})

describe('a query over more events than can be read at once', () => {
  /** The statements' ranges of time, in hours of the day. */
  const rangeOf = ({ parameters }: Statement): readonly number[] => {
    const times = Object.values(parameters).filter(value => typeof value === 'bigint').map(Number).sort((a, b) => a - b)
    return [times[0]!, times.at(-1)! + 1].map(time => (time - START) / HOUR)
  }

  test('of events is answered slice by slice, the newest first, and shows them as they come', async () => {
    const events = new WaitingEvents(48_000_000)
    const { searches, begin } = opened(events)
    const query = await begin('fields @message | filter @message like "x"')
    // The one that began before it was known how much there is.
    await expect.poll(() => events.cancelled).toEqual([query.id])
    const row = (message: string): Row => ({ v1: message, v2: 'pointer' })
    await expect.poll(() => events.statements.length).toBe(2)
    expect(rangeOf(events.statements[1]!)).toEqual([22, 24])
    events.statements[1]!.answer([row('newest')])
    await expect.poll(() => events.statements.length).toBe(3)
    expect(rangeOf(events.statements[2]!)).toEqual([14, 22])
    const between = await state(searches, query)
    expect([between.status, between.rows]).toEqual(['Running', 1])
    expect(await searches.rows(between)).toEqual([[{ field: '@message', value: 'newest' }, { field: '@ptr', value: 'pointer' }]])
    await searches.stop(query)
    await searches.finished(query.id)
    const stopped = await state(searches, query)
    expect([stopped.status, (await searches.rows(stopped))!.length, stopped.statistics.recordsMatched]).toEqual(['Cancelled', 1, 1])
  })

  test('of groups is answered for the newest events, then for all', async () => {
    const events = new WaitingEvents(48_000_000)
    const { searches, begin } = opened(events)
    const query = await begin('stats count(*) as c')
    await expect.poll(() => events.statements.length).toBe(2)
    expect(rangeOf(events.statements[1]!)).toEqual([22, 24])
    events.statements[1]!.answer([{ v1: '4000000', matched: '4000000' }])
    await expect.poll(() => events.statements.length).toBe(3)
    expect(await searches.rows(await state(searches, query))).toEqual([[{ field: 'c', value: '4000000' }]])
    expect(rangeOf(events.statements[2]!)).toEqual([0, 24])
    events.statements[2]!.answer([{ v1: '48000000', matched: '48000000' }])
    await searches.finished(query.id)
    const done = await state(searches, query)
    expect([done.status, await searches.rows(done), done.statistics.recordsMatched]).toEqual(['Complete', [[{ field: 'c', value: '48000000' }]], 48_000_000])
  })
})
