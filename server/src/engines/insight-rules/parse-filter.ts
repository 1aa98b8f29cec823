import type { RuleFilter } from './rule.ts'
import { listOf, type Members, membersOf, mistake, ourProblem, textOf } from './rule-problem.ts'

/** AWS's limit for `In`, `NotIn` and `StartsWith`. */
const VALUES = { min: 1, max: 10 }
const LISTS = ['In', 'NotIn', 'StartsWith'] as const
const NUMBERS = ['GreaterThan', 'LessThan', 'EqualTo', 'NotEqualTo'] as const
const TESTS = [...LISTS, ...NUMBERS, 'IsPresent']

/** A filter matches one field by one test. */
export const parseFilter = (value: unknown, at: string): RuleFilter => {
  const members = membersOf(value, at, ['Match', ...TESTS])
  const given = TESTS.filter(name => Object.hasOwn(members, name))
  if (given.length !== 1) throw ourProblem(at, `must have exactly one of ${TESTS.join(', ')}`)
  return { match: textOf(members['Match'], `${at}.Match`), test: testOf(members, at) }
}

const testOf = (members: Members, at: string): RuleFilter['test'] => {
  for (const kind of LISTS) {
    if (Object.hasOwn(members, kind)) return { kind, values: listOf(members[kind], `${at}.${kind}`, VALUES, textOf) }
  }
  for (const kind of NUMBERS) {
    if (!Object.hasOwn(members, kind)) continue
    const value = members[kind]
    if (typeof value !== 'number') throw mistake('InvalidValueType', `${at}.${kind}`)
    return { kind, value }
  }
  const present = members['IsPresent']
  if (typeof present !== 'boolean') throw mistake('InvalidValueType', `${at}.IsPresent`)
  return { kind: 'IsPresent', present }
}
