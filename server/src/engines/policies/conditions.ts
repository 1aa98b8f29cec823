import type { PolicyStatement } from '../../model/principal.ts'
import type { ConditionKeys } from './keys.ts'
import { operatorNamed } from './operators.ts'
import { compilePattern, type Pattern, type Variables } from './pattern.ts'
import { all, type Verdict } from './verdict.ts'

/** All conditions of a statement together. */
export const holds = (conditions: PolicyStatement['conditions'], keys: ConditionKeys, variables: Variables | undefined): Verdict =>
  all(
    Object.entries(conditions).flatMap(([operator, wanted]) =>
      Object.entries(wanted).map(([key, values]) => condition(operator, keys.get(key.toLowerCase()), values, variables)),
    ),
  )

/** `given`: the key's values in the request, empty when absent, undefined when nobody knows such a key. */
const condition = (name: string, given: readonly string[] | undefined, values: readonly string[], variables: Variables | undefined): Verdict => {
  if (given === undefined) return 'unknown'
  if (/^(For(AllValues|AnyValue):)?Null$/.test(name)) return absence(given, values)
  const operator = operatorNamed(name)
  if (operator === undefined) return 'unknown'
  if (given.length === 0) return operator.ifExists || operator.negated || operator.forAll ? 'yes' : 'no'
  const patterns = values.map(value => compilePattern(value, variables))
  const known = patterns.filter((pattern): pattern is Pattern => pattern !== undefined)
  const satisfied = (value: string) => known.some(pattern => operator.test(value, pattern)) !== operator.negated
  if (operator.forAll ? given.every(satisfied) : given.some(satisfied)) {
    // A value that could not be resolved might still have spoilt a `…Not…`.
    return operator.negated && known.length < patterns.length ? 'unknown' : 'yes'
  }
  return !operator.negated && known.length < patterns.length ? 'unknown' : 'no'
}

/** `Null: true` wants the key to be absent, `Null: false` wants it to be there. */
const absence = (given: readonly string[], values: readonly string[]): Verdict => {
  const absent = String(given.length === 0)
  return values.some(value => value.toLowerCase() === absent) ? 'yes' : 'no'
}
