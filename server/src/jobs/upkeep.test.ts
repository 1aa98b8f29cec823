import { describe, expect, test } from 'vitest'
import { silentLog } from '../base/log.ts'
import { ManualClock } from '../base/manual-clock.ts'
import { epochMillis, millis } from '../base/time.ts'
import { Upkeep, type Chore } from './upkeep.ts'

const story = (chores: readonly Chore[]) => {
  const clock = new ManualClock(epochMillis(0))
  return { clock, upkeep: new Upkeep({ clock, log: silentLog, chores }) }
}

describe('upkeep', () => {
  test('goes on piece by piece while there is more, then rests', async () => {
    let left = 3
    let runs = 0
    const { clock, upkeep } = story([{ name: 'a', run: async () => (runs++, --left > 0) }])
    upkeep.start()
    await clock.advance(millis(3_500))
    expect(runs).toBe(3)
    await clock.advance(millis(60_000))
    expect(runs).toBe(3)
    await clock.advance(millis(600_000))
    expect(runs).toBe(4)
  })

  test('a chore that fails stops neither the others nor the next round', async () => {
    const done: string[] = []
    const { clock, upkeep } = story([
      { name: 'broken', run: async () => Promise.reject(new Error('no')) },
      { name: 'good', run: async () => (done.push('good'), false) },
    ])
    upkeep.start()
    await clock.advance(millis(1_000))
    await clock.advance(millis(600_000))
    expect(done).toEqual(['good', 'good'])
    await upkeep.stop()
    await clock.advance(millis(1_200_000))
    expect(done).toHaveLength(2)
  })
})
