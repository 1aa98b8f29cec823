import { expect, test } from 'vitest'
import { TierLock } from './tier-lock.ts'

const gate = () => Promise.withResolvers<void>()
const turn = (): Promise<void> => new Promise(resolve => setImmediate(resolve))

test('readers run together, the exclusive step alone, and readers that come before it begins do not wait', async () => {
  const lock = new TierLock()
  const log: string[] = []
  const [first, second, alone] = [gate(), gate(), gate()]
  const reader = (name: string, until: Promise<void>) => lock.shared(async () => {
    log.push(`${name} in`)
    await until
    log.push(`${name} out`)
  })
  const one = reader('one', first.promise)
  const step = lock.exclusive(async () => {
    log.push('step in')
    await alone.promise
    log.push('step out')
  })
  await turn()
  const two = reader('two', second.promise)
  first.resolve()
  await turn()
  expect(log).toEqual(['one in', 'two in', 'one out'])
  second.resolve()
  await turn()
  const three = reader('three', Promise.resolve())
  await turn()
  expect(log).toEqual(['one in', 'two in', 'one out', 'two out', 'step in'])
  alone.resolve()
  await Promise.all([one, two, three, step])
  expect(log.slice(5)).toEqual(['step out', 'three in', 'three out'])
})

test('several exclusive steps follow one another, and a failing one lets the next in', async () => {
  const lock = new TierLock()
  let inside = 0
  const step = (fails: boolean) => lock.exclusive(async () => {
    expect(++inside).toBe(1)
    await turn()
    inside--
    if (fails) throw new Error('broken')
  })
  const results = await Promise.allSettled([step(false), step(true), lock.shared(() => turn()), step(false)])
  expect(results.map(result => result.status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled'])
})
