import { expect, test } from 'vitest'
import { ManualClock } from '../../base/manual-clock.ts'
import { accountId, region } from '../../base/tenancy.ts'
import { epochMillis, millis } from '../../base/time.ts'
import { logGroupArn } from '../../base/arn.ts'
import { compilePattern } from '../../engines/patterns/compile-pattern.ts'
import { LogLine } from '../../engines/patterns/log-line.ts'
import type { LogArrival, LogGroup } from '../../model/log.ts'
import type { LiveTail, TailRequest, TailUpdate } from './live-tail.ts'
import { LiveTails } from './live-tails.ts'

const START = epochMillis(Date.UTC(2026, 0, 1))
const tenant = { account: accountId('111111111111'), region: region('us-east-1') }
const group = (id: number): LogGroup => ({
  tenant, id, name: `g${id}`, arn: logGroupArn(tenant, `g${id}`), class: 'STANDARD', retentionDays: undefined, kmsKeyId: undefined, deletionProtected: false, bearerTokens: false, createdAt: START,
})

const house = () => {
  const clock = new ManualClock(START)
  const tails = new LiveTails(clock)
  const open = (more: Partial<TailRequest> = {}): LiveTail | undefined => tails.open({ tenant, groups: [group(1)], streams: undefined, pattern: undefined, ...more })
  const say = (messages: readonly string[], stream = 's', id = 1): void => {
    const arrival: LogArrival = { group: group(id), stream, ingestedAt: clock.now(), firstSeq: 0n, timestamps: messages.map(() => clock.now()), messages, hasEntity: false }
    tails.saw(arrival, index => new LogLine(messages[index]!))
  }
  const reader = (tail: LiveTail) => {
    const updates = tail[Symbol.asyncIterator]()
    const second = async (): Promise<TailUpdate | undefined> => {
      const next = updates.next()
      await clock.advance(millis(1_000))
      const { value, done } = await next
      return done === true ? undefined : (value as TailUpdate)
    }
    return { updates, second, messages: async () => (await second())?.events.map(({ message }) => message) }
  }
  return { clock, tails, open, say, reader }
}

test('what came is given once a second, also when it is nothing', async () => {
  const { open, say, reader } = house()
  const { messages, updates } = reader(open()!)
  say(['a', 'b'])
  say(['c'], 's', 2)
  expect(await messages()).toEqual(['a', 'b'])
  expect(await messages()).toEqual([])
  say(['d'])
  expect(await messages()).toEqual(['d'])
  await updates.return(undefined)
})

test('streams and patterns narrow it', async () => {
  const { open, say, reader } = house()
  const byName = reader(open({ streams: { names: ['a', 'b'] } })!)
  const byPrefix = reader(open({ streams: { prefixes: ['web-'] }, pattern: compilePattern('ERROR') })!)
  say(['ERROR 1'], 'a')
  say(['ERROR 2', 'fine'], 'web-1')
  expect(await byName.messages()).toEqual(['ERROR 1'])
  expect(await byPrefix.messages()).toEqual(['ERROR 2'])
})

test('of more than five hundred, or of very long ones, some of all are shown, and it says so', async () => {
  const { open, say, reader } = house()
  const { second } = reader(open()!)
  for (const [count, step] of [[500, 1], [501, 2], [1000, 2], [1001, 4], [100_000, 256]] as const) {
    say(Array.from({ length: count }, (_, n) => `${n}`))
    const { events, sampled } = (await second())!
    expect([events.length, sampled]).toEqual([500, count > 500])
    const shown = events.map(({ message }) => Number(message))
    const gaps = shown.map((number, index) => number - (shown[index - 1] ?? -1))
    expect([Math.max(...gaps) <= step, shown.at(-1)! >= count - step, Math.min(...gaps) > 0]).toEqual([true, true, true])
  }
  say(Array.from({ length: 10 }, (_, n) => String(n).repeat(1_000_000)))
  const long = await second()
  expect([long!.events.map(({ message }) => message[0]), long!.sampled]).toEqual([['0', '4', '8'], true])
  expect((await second())!.sampled).toBe(false)
})

test('an account has fifteen, and another one its own; one that ends makes room', async () => {
  const { open, reader } = house()
  const first = reader(open()!)
  await first.second()
  for (let n = 1; n < 15; n++) open()
  expect(open()).toBeUndefined()
  expect(open({ tenant: { ...tenant, account: accountId('222222222222') } })).toBeDefined()
  await first.updates.return(undefined)
  expect(open()).toBeDefined()
})

test('it ends after three hours, when the server stops, and when nobody reads it', async () => {
  const { open, reader, clock, tails } = house()
  const read = open()!
  const { second } = reader(read)
  for (let n = 1; n < 3 * 3600; n++) await second()
  expect(read.over).toBeUndefined()
  expect(await second()).toBeUndefined()
  expect(read.over).toBe('timeout')
  const forgotten = open()!
  await clock.advance(millis(92_000))
  expect(forgotten.over).toBe('closed')
  const stopped = open()!
  const next = reader(stopped).updates.next()
  tails.close()
  expect((await next).done).toBe(true)
})
