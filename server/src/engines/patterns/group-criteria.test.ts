import { expect, test } from 'vitest'
import { criteriaOverlap, readGroupCriteria, selectsGroup } from './group-criteria.ts'

test.each<[text: string, selected: readonly string[] | undefined]>([
  ['LogGroupNamePrefix == "/a"', ['/a', '/ab']],
  ['LogGroupNamePrefix = "/ab"', ['/ab']],
  ['LogGroupNamePrefix IN ["/ab", "/c"]', ['/ab', '/c']],
  ['LogGroupName in ["/a"]', ['/a']],
  ['LogGroupName NOT IN ["/a", "/c"]', ['/ab']],
  ['LogGroupNamePrefix NOT  IN ["/a"]', ['/c']],
  ['LogGroupName NOT IN []', ['/a', '/ab', '/c']],
  ['DataSourceName IN ["x"]', undefined],
  ['LogGroupName LIKE "a"', undefined],
  ['LogGroupName IN ["a" "b"]', undefined],
  ['', undefined],
])('%s', (text, selected) => {
  const criteria = readGroupCriteria(text)
  expect(criteria && ['/a', '/ab', '/c'].filter(name => selectsGroup(criteria, name))).toEqual(selected)
})

test.each<[one: string, other: string, overlap: boolean]>([
  ['LogGroupNamePrefix IN ["my-log"]', 'LogGroupNamePrefix IN ["my-log-prod"]', true],
  ['LogGroupNamePrefix IN ["a"]', 'LogGroupNamePrefix IN ["b", "c"]', false],
  ['LogGroupName IN ["a"]', 'LogGroupName IN ["ab"]', false],
  ['LogGroupName IN ["ab"]', 'LogGroupNamePrefix IN ["a"]', true],
  ['LogGroupNamePrefix NOT IN ["/aws/lambda"]', 'LogGroupName IN ["/aws/lambda/function1"]', false],
  ['LogGroupNamePrefix NOT IN ["/aws/lambda"]', 'LogGroupNamePrefix IN ["/aws"]', true],
  ['LogGroupName NOT IN ["a"]', 'LogGroupNamePrefix IN ["a"]', true],
  ['LogGroupName NOT IN ["a"]', 'LogGroupNamePrefix NOT IN ["b"]', true],
])('%s and %s', (one, other, overlap) => {
  const [a, b] = [readGroupCriteria(one)!, readGroupCriteria(other)!]
  expect([criteriaOverlap(a, b), criteriaOverlap(b, a)]).toEqual([overlap, overlap])
})
