import { expect, test } from 'vitest'
import { ManualClock } from '../../base/manual-clock.ts'
import { epochMillis, millis, seconds } from '../../base/time.ts'
import { RecentModels } from './recent-models.ts'

const start = () => {
  const clock = new ManualClock(epochMillis(0))
  const recent = new RecentModels(clock)
  let trainings = 0
  const ask = (id = 'a', period = 60) => recent.get(id, seconds(period), async () => void trainings++)
  return { clock, recent, ask, trainings: () => trainings }
}

test('a series is learnt once in five minutes, by whoever asks first', async () => {
  const { clock, ask, trainings } = start()
  await Promise.all([ask(), ask(), ask()])
  await clock.advance(millis(299_000))
  await ask()
  expect(trainings()).toBe(1)
  await ask('a', 300)
  await ask('b')
  expect(trainings()).toBe(3)
  await clock.advance(millis(1_000))
  await ask()
  expect(trainings()).toBe(4)
})

test('what is forgotten, has failed, or is one too many is learnt anew', async () => {
  const { recent, ask, trainings } = start()
  await ask('a')
  await ask('ab')
  recent.forget('a')
  await ask('ab')
  expect(trainings()).toBe(2)
  await ask('a')
  expect(trainings()).toBe(3)
  await expect(recent.get('c', seconds(60), () => Promise.reject(new Error('away')))).rejects.toThrow('away')
  await ask('c')
  expect(trainings()).toBe(4)
  for (let series = 0; series < 200; series++) await ask(`s${series}`)
  await ask('c')
  expect(trainings()).toBe(205)
})
