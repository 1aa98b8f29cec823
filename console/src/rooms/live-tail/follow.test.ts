import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { AwsError } from '../../aws/aws-error.ts'
import type { ArrivedEvent, TailNews } from '../../aws/live-tail.ts'
import { Tail, type TailSource } from './follow.ts'

const START = Date.UTC(2026, 0, 1)
beforeEach(() => void vi.useFakeTimers({ now: START }))
afterEach(() => void vi.useRealTimers())

const event = (message: string, seconds: number): ArrivedEvent => ({ group: 'g', stream: 's', timestamp: START + seconds * 1000, ingestedAt: START + seconds * 1000, message })
const arrived = (...events: readonly ArrivedEvent[]): TailNews => ({ kind: 'arrived', events, sampled: false })
const [one, two, three, four] = [event('one', 1), event('two', 2), event('three', 3), event('four', 4)]

/** Sessions that tell what is given, each until its end; the last one stays open. */
const watched = (sessions: readonly (readonly TailNews[] | Error)[], looks: readonly (readonly ArrivedEvent[])[]) => {
  const asked: number[] = []
  const seen: string[] = []
  let session = 0
  const source: TailSource = {
    async *begin(signal) {
      const news = sessions[session++]
      if (news instanceof Error) throw news
      yield { kind: 'begun', at: Date.now() }
      yield* news ?? []
      if (session >= sessions.length) await new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('left'))))
    },
    since: async start => {
      asked.push((start - START) / 1000)
      return { events: looks[asked.length - 1] ?? [], cut: false }
    },
  }
  const controller = new AbortController()
  const done = new Tail(source).follow(
    { arrived: events => void seen.push(...events.map(({ message }) => message)), following: state => void seen.push(state ? '<' : '>') }, controller.signal,
  )
  return { asked, seen, done, controller }
}

test('a session that breaks off is begun again, and nothing between is lost or told twice', async () => {
  const { asked, seen, done, controller } = watched(
    // What the look back has found comes in the session as well; `two` came twice, truly.
    [[arrived(two, two)], new AwsError('Unreachable', '', 0), new AwsError('ThrottlingException', '', 400), [arrived(three, four)]],
    [[one], [one, two, two, three]],
  )
  await vi.advanceTimersByTimeAsync(10_000)
  expect(seen).toEqual(['one', '<', 'two', 'two', '>', '>', '>', 'three', '<', 'four'])
  // Ten seconds at first; then half a minute before the last word, for what arrives late.
  expect(asked).toEqual([-10, -30])
  controller.abort()
  await vi.advanceTimersByTimeAsync(1)
  await done
})

test('a session that says nothing any more is given up for another one', async () => {
  const { asked, seen, done, controller } = watched([[arrived(one)]], [])
  await vi.advanceTimersByTimeAsync(40_000)
  expect(asked.length).toBeGreaterThan(1)
  expect(seen.slice(0, 4)).toEqual(['<', 'one', '>', '<'])
  controller.abort()
  await vi.advanceTimersByTimeAsync(1)
  await done
})

test('a refusal that does not pass is told', async () => {
  const { done } = watched([new AwsError('ResourceNotFoundException', 'gone', 400)], [])
  await expect(done).rejects.toMatchObject({ code: 'ResourceNotFoundException' })
})
