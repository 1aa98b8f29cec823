import { expect, test } from 'vitest'
import { ManualClock } from '../base/manual-clock.ts'
import { epochMillis, millis } from '../base/time.ts'
import { Refused, Unreachable } from './command-error.ts'
import { tailCommand } from './logs-tail.ts'

const START = Date.UTC(2026, 0, 1)

/** A server whose log group fills, and which is away for some of the looks. */
const tailed = (away: (look: number) => Error | undefined) => {
  const clock = new ManualClock(epochMillis(START))
  const stopping = new AbortController()
  const events: { eventId: string; logStreamName: string; timestamp: number; message: string }[] = []
  const shown: string[] = []
  const notes: string[] = []
  let looks = 0
  const server = {
    async logs<Answer>(_operation: string, input: Readonly<Record<string, unknown>>): Promise<Answer> {
      const failure = away(looks++)
      if (failure !== undefined) throw failure
      return { events: events.filter(({ timestamp }) => timestamp >= Number(input['startTime'])) } as Answer
    },
  }
  const done = tailCommand(
    server, { groups: ['g'], filter: undefined, since: '1m', until: undefined, follow: true, json: false },
    { clock, stopped: stopping.signal, out: async text => void shown.push(...text.trim().split('\n').map(line => line.split('  ').at(-1)!)), look: (_, text) => text, progress: () => undefined, note: text => void notes.push(text) },
  )
  const say = (message: string, secondsAgo = 0) => events.push({ eventId: message, logStreamName: 's', timestamp: clock.now() - secondsAgo * 1000, message })
  return { clock, say, shown, notes, done, stop: () => stopping.abort() }
}

test('following goes on where it was when the server is there again: nothing is lost, nothing comes twice', async () => {
  const gone = new Unreachable('http://127.0.0.1:1 does not answer')
  const { clock, say, shown, notes, done, stop } = tailed(look => (look === 2 ? gone : look >= 3 && look < 12 ? new Refused('500: not yet', { status: 500, code: '', place: undefined }) : undefined))
  say('first')
  await clock.advance(millis(1500))
  say('just before')
  await clock.advance(millis(1000))
  say('meanwhile')
  await clock.advance(millis(90_000))
  say('again')
  await clock.advance(millis(12_000))
  say('late by half a minute', 25)
  await clock.advance(millis(11_000))
  expect(shown).toEqual(['first', 'just before', 'meanwhile', 'again', 'late by half a minute'])
  expect(notes).toEqual(['http://127.0.0.1:1 does not answer\nWaiting for it.', 'Following again.'])
  stop()
  await done
})

test('a refusal ends it', async () => {
  const { clock, done } = tailed(look => (look === 1 ? new Refused('400: no', { status: 400, code: 'AccessDeniedException', place: undefined }) : undefined))
  const refused = expect(done).rejects.toThrow('400: no')
  await clock.advance(millis(0))
  await clock.advance(millis(2000))
  await refused
})
