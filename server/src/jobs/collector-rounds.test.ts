import { expect, test } from 'vitest'
import type { Log } from '../base/log.ts'
import { ManualClock } from '../base/manual-clock.ts'
import { epochMillis, millis, type EpochMillis } from '../base/time.ts'
import { CollectorRounds } from './collector-rounds.ts'

const MINUTE = 60_000

/** A collector whose rounds are noted, and held up or broken on demand. */
const collector = (start: number) => {
  const clock = new ManualClock(epochMillis(start))
  const said: string[] = []
  const log: Log = {
    info: (_, text) => said.push(text),
    warn: (_, text) => said.push(text),
    error: (_, text) => said.push(text),
  }
  const state = { at: [] as number[], running: 0, most: 0, gate: Promise.resolve(), failure: undefined as Error | undefined }
  const run = async (at: EpochMillis): Promise<void> => {
    state.at.push(at)
    state.most = Math.max(state.most, ++state.running)
    await state.gate
    state.running--
    if (state.failure !== undefined) throw state.failure
  }
  const rounds = new CollectorRounds({ clock, log, round: { name: 'host', run }, interval: millis(MINUTE) })
  return { clock, said, state, rounds }
}

test('reads at the start, then at every full minute', async () => {
  const { clock, state, rounds } = collector(MINUTE + 25_000)
  await rounds.start()
  await clock.advance(millis(2 * MINUTE))
  expect(state.at).toEqual([MINUTE + 25_000, 2 * MINUTE, 3 * MINUTE])
})

test('a round that hangs has no second beside it, and the next comes when it is over', async () => {
  const { clock, state, rounds } = collector(0)
  await rounds.start()
  const gate = Promise.withResolvers<void>()
  state.gate = gate.promise
  await clock.advance(millis(5 * MINUTE))
  expect(state.at).toEqual([0, MINUTE])
  gate.resolve()
  await clock.advance(millis(1))
  await clock.advance(millis(MINUTE))
  expect(state.at).toEqual([0, MINUTE, 6 * MINUTE])
  expect(state.most).toBe(1)
})

test('stopping waits for the round under way, and no other follows', async () => {
  const { clock, state, rounds } = collector(0)
  const gate = Promise.withResolvers<void>()
  state.gate = gate.promise
  const started = rounds.start()
  let stopped = false
  const stopping = rounds.stop().then(() => {
    stopped = true
  })
  await clock.advance(millis(3 * MINUTE))
  expect(stopped).toBe(false)
  gate.resolve()
  await Promise.all([started, stopping])
  await clock.advance(millis(3 * MINUTE))
  expect(state.at).toEqual([0])
})

test('trouble is said once, and its end', async () => {
  const { clock, said, state, rounds } = collector(0)
  state.failure = new Error('no disk')
  await rounds.start()
  await clock.advance(millis(3 * MINUTE))
  state.failure = undefined
  await clock.advance(millis(2 * MINUTE))
  expect(said).toEqual(['collector failed', 'collector works again'])
})
