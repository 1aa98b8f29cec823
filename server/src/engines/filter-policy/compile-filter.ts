import type { Publication } from '../../model/notification.ts'
import type { FilterPolicyScope } from '../../model/topic.ts'
import { parseFilterPolicy } from './parse.ts'
import type { FilterPolicy } from './policy.ts'
import { attributesSubject, bodySubject, type Subject } from './subject.ts'
import { testOf } from './test-condition.ts'

/** Makes a policy (JSON text that passed `validateFilterPolicy`) into a question to ask of every publication. */
export const compileFilter = (policy: string, scope: FilterPolicyScope): ((publication: Publication) => boolean) => {
  const parsed = parseFilterPolicy(policy)
  if (parsed.fields.length === 0 && parsed.alternatives.length === 0) return () => true
  const matches = compile(parsed)
  if (scope === 'MessageAttributes') return publication => matches(attributesSubject(publication))
  const longest = longestPath(parsed)
  return publication => {
    const subject = bodySubject(publication, longest)
    return subject !== undefined && matches(subject)
  }
}

const compile = ({ fields, alternatives }: FilterPolicy): ((subject: Subject) => boolean) => {
  const required = fields.map(({ path, conditions }) => ({ path, tests: conditions.map(testOf) }))
  const choices = alternatives.map(list => list.map(compile))
  return subject =>
    required.every(({ path, tests }) => tests.some(test => test(subject.get(path)))) &&
    choices.every(list => list.some(choice => choice(subject)))
}

const longestPath = ({ fields, alternatives }: FilterPolicy): number =>
  Math.max(0, ...fields.map(({ path }) => path.length), ...alternatives.flat().map(longestPath))
