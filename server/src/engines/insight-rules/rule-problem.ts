/** What is wrong with a rule, and where: `Contribution.Keys[0] must be a text`. */
export class RuleProblem extends Error {
  override readonly name = 'RuleProblem'

  /** `at` is empty for the rule as a whole. */
  constructor(at: string, message: string) {
    super(at === '' ? message : `${at} ${message}`)
  }
}

export type Members = Readonly<Record<string, unknown>>

export const membersOf = (value: unknown, at: string, known: readonly string[]): Members => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new RuleProblem(at, 'must be a JSON object')
  const stray = Object.keys(value).find(name => !known.includes(name))
  if (stray !== undefined) throw new RuleProblem(at, `must not have the member ${stray.slice(0, 100)}`.trim())
  return value as Members
}

export const textOf = (value: unknown, at: string): string => {
  if (typeof value !== 'string' || value === '') throw new RuleProblem(at, 'must be a text')
  return value
}

export const listOf = <Item>(value: unknown, at: string, limits: { min: number; max: number }, item: (value: unknown, at: string) => Item) => {
  if (!Array.isArray(value)) throw new RuleProblem(at, 'must be an array')
  if (value.length < limits.min) throw new RuleProblem(at, `must have at least ${limits.min} members`)
  if (value.length > limits.max) throw new RuleProblem(at, `must have at most ${limits.max} members`)
  return value.map((element, place) => item(element, `${at}[${place}]`))
}
