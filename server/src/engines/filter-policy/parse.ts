import type { FilterPolicyScope } from '../../model/topic.ts'
import { type Field, type FilterPolicy, FilterPolicyError } from './policy.ts'
import { jsonMistake } from './json-mistake.ts'
import { PolicyCursor } from './policy-cursor.ts'
import { readCondition, readList, refuse } from './read-condition.ts'

/** Keys at the top. AWS's guide has counted nested keys in one edition and not in another: the larger set is accepted. */
const KEYS = 5
/** Product of the numbers of values of all keys, each times how deep its key is nested. */
const COMBINATIONS = 150
const BYTES = 262_144
const DEPTH = 100

/** Throws {@link FilterPolicyError} where SNS would refuse the policy. */
export const validateFilterPolicy = (text: string, scope: FilterPolicyScope): void => {
  const policy = parseFilterPolicy(text)
  if (scope === 'MessageAttributes' && deepest(policy) > 1) {
    throw new FilterPolicyError('Filter policy scope MessageAttributes does not support nested filter policy')
  }
  const keys = Object.keys(JSON.parse(text) as object)
  if (keys.length > KEYS) throw new FilterPolicyError('FilterPolicy: Filter policy can not have more than 5 keys')
  if (combinations(policy, 1) > COMBINATIONS) throw tooComplex()
}

/** Throws {@link FilterPolicyError} when the text is not a policy at all; limits and scope are not looked at. */
export const parseFilterPolicy = (text: string): FilterPolicy => {
  if (Buffer.byteLength(text) > BYTES) throw tooComplex()
  const value = parseJson(text)
  // SNS names positions in the text without its white space.
  const cursor = new PolicyCursor(withoutSpace(text))
  if (cursor.next() !== '{') throw refuse(cursor, 'Filter is not an object')
  return readObject(cursor, value, '', 1)
}

const tooComplex = (): FilterPolicyError => new FilterPolicyError('FilterPolicy: Filter policy is too complex')

/** Strings of well-formed JSON are left as they are. */
const withoutSpace = (text: string): string => text.replaceAll(/("(?:[^"\\]|\\.)*")|\s+/g, (_, kept: string | undefined) => kept ?? '')

/** What SNS says of attributes that are no JSON. */
export const failedToParse = (text: string): string => `failed to parse JSON. ${jsonMistake(text) ?? ''}`.trimEnd()

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    throw new FilterPolicyError(`FilterPolicy: ${failedToParse(text)}`)
  }
}

/** `value` is the object that the cursor has just entered: it tells beforehand what an `$or` holds. */
const readObject = (cursor: PolicyCursor, value: unknown, prefix: string, depth: number): FilterPolicy => {
  if (depth > DEPTH) throw tooComplex()
  const fields: Field[] = []
  const alternatives: (readonly FilterPolicy[])[] = []
  for (let token = cursor.next(); token !== '}'; token = cursor.next()) {
    const name = cursor.name()
    const inner = memberOf(value, name)
    const kind = cursor.next()
    if (kind === '{') {
      const nested = readObject(cursor, inner, `${prefix}${name}.`, depth + 1)
      fields.push(...nested.fields)
      alternatives.push(...nested.alternatives)
    } else if (kind === '[' && name === '$or' && isAlternatives(inner)) {
      let index = 0
      alternatives.push(
        readList(cursor, opening => {
          if (opening !== '{') throw refuse(cursor, 'Match value must be String, number, true, false, or null')
          return readObject(cursor, inner[index++], prefix, depth)
        }),
      )
    } else if (kind === '[') {
      fields.push({ path: `${prefix}${name}`, depth, conditions: readList(cursor, first => readCondition(cursor, first)) })
    } else {
      throw refuse(cursor, `"${name}" must be an object or an array`)
    }
  }
  return { fields, alternatives }
}

const memberOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? (value as Readonly<Record<string, unknown>>)[name] : undefined

const RESERVED = ['prefix', 'suffix', 'equals-ignore-case', 'wildcard', 'anything-but', 'numeric', 'cidr', 'exists']

/** `$or` means "or" only before two or more objects whose keys are no operators; else it is a key like any other. */
const isAlternatives = (value: unknown): value is readonly object[] =>
  Array.isArray(value) && value.length >= 2 && value.every(isAlternative)

const isAlternative = (item: unknown): boolean =>
  typeof item === 'object' && item !== null && !Array.isArray(item) && !RESERVED.some(word => Object.hasOwn(item, word))

const deepest = (policy: FilterPolicy): number =>
  Math.max(0, ...policy.fields.map(({ depth }) => depth), ...policy.alternatives.flat().map(deepest))

const combinations = (policy: FilterPolicy, before: number): number => {
  let product = before
  for (const { conditions, depth } of policy.fields) product *= conditions.length * depth
  for (const choices of policy.alternatives) {
    const base = product
    product = 0
    for (const choice of choices) product += combinations(choice, base)
  }
  return product
}
