import { expect, test } from 'vitest'
import { GroupCommit } from './group-commit.ts'

test('what arrives together is committed together, and what arrives meanwhile next', async () => {
  const commits: (readonly number[])[] = []
  const group = new GroupCommit<number>(async items => {
    commits.push(items)
    if (commits.length === 1) late = group.add(3)
  })
  let late: Promise<void> | undefined
  await Promise.all([group.add(1), group.add(2)])
  await late
  await group.add(4)
  expect(commits).toEqual([[1, 2], [3], [4]])
})

test('a faulty item fails alone', async () => {
  const done: number[] = []
  const group = new GroupCommit<number>(async items => {
    if (items.includes(2)) throw new Error('two')
    done.push(...items)
  })
  const results = await Promise.allSettled([1, 2, 3].map(item => group.add(item)))
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  expect(done).toEqual([1, 3])
})
