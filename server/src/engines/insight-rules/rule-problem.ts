/** What is wrong with a rule, in CloudWatch's sentence. */
export class RuleProblem extends Error {
  override readonly name = 'RuleProblem'
}

/** What CloudWatch has no sentence for that is known: ours says where it is, and what should be there. */
export const ourProblem = (at: string, message: string): RuleProblem => new RuleProblem(`INVALID_RULE_BODY: ${at} ${message}${message.endsWith('.') ? '' : '.'}`)

type Mistake = 'Empty' | 'InvalidSchema' | 'InvalidValueType' | 'MissingKey' | 'UnknownKey'

/** CloudWatch names the key alone, wherever it stands. */
export const mistake = (kind: Mistake, at: string): RuleProblem => new RuleProblem(`INVALID_RULE_BODY: ${kind} encountered at ${keyOf(at)} in the RuleBody.`)

const keyOf = (at: string): string => at.replace(/\[\d+\]$/, '').replace(/^.*\./, '')

export type Members = Readonly<Record<string, unknown>>

export const membersOf = (value: unknown, at: string, known: readonly string[]): Members => {
  if (value === undefined) throw mistake('MissingKey', at)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw at === '' ? unreadable() : mistake('InvalidValueType', at)
  const stray = Object.keys(value).find(name => !known.includes(name))
  if (stray !== undefined) throw mistake('UnknownKey', stray.slice(0, 100))
  return value as Members
}

export const unreadable = (): RuleProblem => new RuleProblem('INVALID_RULE_BODY: The RuleBody could not be parsed.')

const tooMany = (at: string, limit: number): RuleProblem => {
  const [, key] = /^Contribution\.(\w+)$/.exec(at) ?? []
  return key === undefined
    ? ourProblem(at, `must have at most ${limit} members`)
    : new RuleProblem(`RULE_BODY_COMPLEXITY: A RuleBody must have no more than ${limit} "${key}" in the "Contribution".`)
}

export const textOf = (value: unknown, at: string): string => {
  if (value === undefined) throw mistake('MissingKey', at)
  if (typeof value !== 'string') throw mistake('InvalidValueType', at)
  if (value === '') throw mistake('Empty', at)
  return value
}

export const listOf = <Item>(value: unknown, at: string, limits: { min: number; max: number }, item: (value: unknown, at: string) => Item) => {
  if (value === undefined) throw mistake('MissingKey', at)
  if (!Array.isArray(value)) throw mistake('InvalidValueType', at)
  if (value.length < limits.min) throw mistake('Empty', at)
  if (value.length > limits.max) throw tooMany(at, limits.max)
  return value.map((element, place) => item(element, `${at}[${place}]`))
}
