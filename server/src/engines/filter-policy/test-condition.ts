import { ipNetwork } from '../../base/ip-network.ts'
import type { Condition, NumericBound, Scalar, TextPattern } from './policy.ts'
import { matchesWildcard } from './wildcard.ts'

/** What a message holds under one key: undefined where the key is missing, several values for an array. */
export type Values = readonly Scalar[] | undefined

export type Test = (values: Values) => boolean

/** Makes a condition into a question, once for all the messages that it will be asked of. */
export const testOf = (condition: Condition): Test => {
  if (condition.kind === 'exists') return values => (values !== undefined) === condition.present
  const holds = scalarTest(condition)
  return values => values?.some(holds) ?? false
}

const scalarTest = (condition: Exclude<Condition, { kind: 'exists' }>): ((value: Scalar) => boolean) => {
  switch (condition.kind) {
    case 'equals':
      return value => value === condition.value
    case 'prefix':
    case 'suffix':
    case 'equals-ignore-case':
    case 'wildcard':
      return value => typeof value === 'string' && matchesPattern(condition, value)
    case 'numeric':
      return value => typeof value === 'number' && condition.bounds.every(bound => within(bound, value))
    case 'cidr': {
      const inside = ipNetwork(condition.address, condition.bits)
      return value => typeof value === 'string' && inside(value)
    }
    case 'anything-but': {
      const { values, patterns } = condition
      if (patterns.length > 0) return value => typeof value === 'string' && !patterns.some(pattern => matchesPattern(pattern, value))
      return value => value !== null && !values.includes(value)
    }
  }
}

const matchesPattern = ({ kind, text }: TextPattern, value: string): boolean => {
  switch (kind) {
    case 'prefix':
      return value.startsWith(text)
    case 'suffix':
      return value.endsWith(text)
    case 'equals-ignore-case':
      return value.toLowerCase() === text.toLowerCase()
    case 'wildcard':
      return matchesWildcard(text, value)
  }
}

const within = ({ operator, value: bound }: NumericBound, value: number): boolean => {
  switch (operator) {
    case '=':
      return value === bound
    case '<':
      return value < bound
    case '<=':
      return value <= bound
    case '>':
      return value > bound
    case '>=':
      return value >= bound
  }
}
