import { expect, test } from 'vitest'
import { ManualClock } from '../../base/manual-clock.ts'
import { epochMillis, millis } from '../../base/time.ts'
import { Pace } from './pace.ts'

const paced = (state: { fill: number; away?: boolean }) => {
  const clock = new ManualClock(epochMillis(0))
  const pace = new Pace({ clock, fill: () => state.fill, isAway: () => state.away === true })
  /** What was answered, and after how many milliseconds. */
  const ask = async () => {
    let answer: boolean | undefined
    const asked = Promise.resolve(pace.room()).then(room => (answer = room))
    await Promise.resolve()
    for (let waited = 0; waited <= 10_000; waited += 10) {
      if (answer !== undefined) return [answer, waited]
      await clock.advance(millis(10))
    }
    await asked
    return [answer, Infinity]
  }
  return { pace, ask }
}

test('half empty, everybody comes in at once', () => {
  expect(paced({ fill: 0.49 }).pace.room()).toBe(true)
})

test('the fuller, the slower', async () => {
  expect(await paced({ fill: 0.6 }).ask()).toEqual([true, 40])
  expect(await paced({ fill: 0.95 }).ask()).toEqual([true, 180])
})

test('full, senders wait until there is room', async () => {
  const state = { fill: 1.2 }
  const { ask } = paced(state)
  const answer = ask()
  state.fill = 0.99
  expect(await answer).toEqual([true, 50])
})

test('full for too long, or with the store away, they are refused', async () => {
  expect(await paced({ fill: 1 }).ask()).toEqual([false, 5_000])
  expect(await paced({ fill: 1, away: true }).ask()).toEqual([false, 0])
  expect(await paced({ fill: 0.9, away: true }).ask()).toEqual([true, 0])
})
