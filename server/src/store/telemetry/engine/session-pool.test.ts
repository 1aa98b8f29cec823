import { describe, expect, test } from 'vitest'
import { SessionPool } from './session-pool.ts'
import type { Statement } from './statement.ts'

const statement = (sql: string): Statement => ({ sql, format: 'Native', database: 'd', settings: new Map(), parameters: new Map() })
const wanted = (): boolean => false

/** Sessions that answer a statement with its text once they are told to. */
const rig = (most: number, queue: number) => {
  const running: { readonly sql: string; readonly finish: () => void }[] = []
  const closed: number[] = []
  let opened = 0
  let failing = false
  const pool = new SessionPool({
    most,
    queue,
    async open() {
      if (failing) throw new Error('no room for a session')
      const number = ++opened
      return {
        run: ({ sql }) => new Promise(resolve => running.push({ sql, finish: () => resolve(Buffer.from(sql)) })),
        close: () => closed.push(number),
      }
    },
  })
  const run = async (sql: string, abandoned = wanted): Promise<string> => Buffer.from(await pool.run(statement(sql), abandoned)).toString()
  return { pool, run, running, closed, opened: () => opened, fail: (now: boolean) => (failing = now) }
}
const turn = (): Promise<void> => new Promise(resolve => setImmediate(resolve))

describe('the sessions of a lane', () => {
  test('are opened when all others are busy, and only then', async () => {
    const { pool, run, running, opened } = rig(3, 8)
    await pool.openFirst()
    for (const sql of ['a', 'b', 'c']) {
      const answer = run(sql)
      await turn()
      running.shift()!.finish()
      expect(await answer).toBe(sql)
    }
    expect(opened()).toBe(1)
    const both = [run('d'), run('e')]
    await turn()
    expect(running.map(({ sql }) => sql)).toEqual(['d', 'e'])
    for (const { finish } of running) finish()
    expect(await Promise.all(both)).toEqual(['d', 'e'])
    expect(opened()).toBe(2)
  })

  test('are at most so many; further statements wait in order, and beyond the queue are refused', async () => {
    const { run, running, opened } = rig(2, 2)
    const answers = ['a', 'b', 'c', 'd'].map(sql => run(sql))
    await turn()
    await expect(run('e')).rejects.toThrow(/Code: 202/)
    expect(running.map(({ sql }) => sql)).toEqual(['a', 'b'])
    for (let index = 0; index < 4; index++) {
      running[index]!.finish()
      await turn()
    }
    expect(running.map(({ sql }) => sql)).toEqual(['a', 'b', 'c', 'd'])
    expect(await Promise.all(answers)).toEqual(['a', 'b', 'c', 'd'])
    expect(opened()).toBe(2)
  })

  test('do not run what was given up while it waited', async () => {
    const { run, running } = rig(1, 2)
    const first = run('a')
    await turn()
    const second = run('b', () => true)
    running[0]!.finish()
    expect(await Promise.all([first, second])).toEqual(['a', ''])
    expect(running.length).toBe(1)
  })

  test('that cannot be opened fail the statement that needed one and the one that counted on it; later ones try again', async () => {
    const { pool, run, running, fail, closed } = rig(1, 2)
    fail(true)
    const answers = await Promise.allSettled([run('a'), run('b')])
    expect(answers.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    fail(false)
    const answer = run('c')
    await turn()
    running[0]!.finish()
    expect(await answer).toBe('c')
    await pool.close()
    expect(closed).toEqual([1])
  })

  test('are closed once nothing runs and nothing waits', async () => {
    const { pool, run, running, closed } = rig(2, 2)
    const answers = ['a', 'b', 'c'].map(sql => run(sql))
    await turn()
    const end = pool.close()
    for (let index = 0; index < 3; index++) {
      expect(closed).toEqual([])
      running[index]!.finish()
      await turn()
    }
    await Promise.all([...answers, end])
    expect(closed.toSorted((left, right) => left - right)).toEqual([1, 2])
  })
})
