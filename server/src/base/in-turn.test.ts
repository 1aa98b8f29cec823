import { expect, test } from 'vitest'
import { InTurn } from './in-turn.ts'

test('tasks of one key wait for each other, failed ones too; other keys do not wait', async () => {
  const turns = new InTurn()
  const seen: string[] = []
  let release = (): void => undefined
  const first = turns.run('a', async () => {
    await new Promise<void>(resolve => (release = resolve))
    seen.push('first')
    throw new Error('first failed')
  })
  const second = turns.run('a', async () => seen.push('second'))
  await turns.run('b', async () => seen.push('other'))
  release()
  await expect(first).rejects.toThrow('first failed')
  expect(await second).toBe(3)
  expect(seen).toEqual(['other', 'first', 'second'])
})
