import { inRange, isRange } from './address.ts'
import { literalOf, matches, matchesParts, type Pattern } from './pattern.ts'

/** True when one value of the request satisfies one value of the policy. */
type Test = (given: string, wanted: Pattern) => boolean

interface Operator {
  readonly test: Test
  /** `…Not…`: none of the policy's values may match, and an absent key satisfies it. */
  readonly negated: boolean
}

/** `ForAllValues:StringEqualsIfExists` → its parts; undefined when there is no such operator. */
export const operatorNamed = (name: string): (Operator & { readonly ifExists: boolean; readonly forAll: boolean }) | undefined => {
  const [, set, base = '', ifExists] = /^(ForAllValues:|ForAnyValue:)?(.*?)(IfExists)?$/.exec(name) ?? []
  const operator = OPERATORS.get(base)
  return operator === undefined ? undefined : { ...operator, ifExists: ifExists !== undefined, forAll: set === 'ForAllValues:' }
}

/** Names that IAM accepts in a policy: those above, `Null`, and `BinaryEquals`, for which no key exists here. */
export const isCondition = (name: string): boolean => operatorNamed(name) !== undefined || /^(Null|BinaryEquals(IfExists)?)$/.test(withoutSet(name))

const withoutSet = (name: string): string => name.replace(/^For(AllValues|AnyValue):/, '')

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/

/** Whether IAM's grammar has such values for this operator: where bytes are compared, they stand in Base64. */
export const isWellWritten = (name: string, value: string): boolean => !withoutSet(name).startsWith('Binary') || BASE64.test(value)

/** Whether the older one of IAM's two readers takes a value for this operator. */
export const oldReaderTakes = (name: string, value: string): boolean => {
  const [, kind] = /^(?:Not)?(Date|Numeric|IpAddress|Arn)/.exec(withoutSet(name)) ?? []
  switch (kind) {
    case 'Date':
      return isPolicyDate(value)
    case 'Numeric':
      return value.includes('${') || /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(value)
    case 'IpAddress':
      return value.includes('${') || isRange(value)
    case 'Arn':
      // A variable is no ARN, though one may come of it.
      return value.endsWith('*') || value.split(':').length >= 6
    default:
      return true
  }
}

const DATE = /^(-?\d{1,9})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?:t(?:(\d{1,2})(?::(\d{1,2})(?::(\d{1,2})(?:\.\d{1,9})?)?)?(?:z|[+-]\d{2}(?::?\d{2})?)?)?)?$/i
const YEARS = { first: -292_275_054, last: 292_278_993 }
const SECONDS = 2n ** 63n - 1n

/** ISO 8601 down to the year alone, or seconds since the epoch; what stands in variables is not known yet. */
const isPolicyDate = (text: string): boolean => {
  if (text.includes('${')) return true
  if (/^\d+$/.test(text)) return BigInt(text) <= SECONDS
  const found = DATE.exec(text)
  if (found === null) return false
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = found.slice(1).map(part => (part === undefined ? undefined : Number(part)))
  return (
    year >= YEARS.first && year <= YEARS.last && month >= 1 && month <= 12 && day >= 1 && day <= 31 && hour <= 23 && minute <= 59 && second <= 59
  )
}

const string: Test = (given, wanted) => given === literalOf(wanted)
const ignoreCase: Test = (given, wanted) => given.toLowerCase() === literalOf(wanted).toLowerCase()

const numeric =
  (compare: (given: number, wanted: number) => boolean): Test =>
  (given, wanted) => {
    const [left, right] = [given, literalOf(wanted)].map(text => (text.trim() === '' ? Number.NaN : Number(text)))
    return left !== undefined && right !== undefined && compare(left, right)
  }

const date =
  (compare: (given: number, wanted: number) => boolean): Test =>
  (given, wanted) =>
    compare(instant(given), instant(literalOf(wanted)))

/** ISO 8601, or seconds since the epoch. NaN, which compares to nothing, for anything else. */
const instant = (text: string): number => {
  if (/^\d{5,}(\.\d+)?$/.test(text)) return Number(text) * 1000
  return /^\d{4}-\d{2}-\d{2}/.test(text) ? Date.parse(text) : Number.NaN
}

const bool: Test = (given, wanted) => given.toLowerCase() === literalOf(wanted).toLowerCase()

const address: Test = (given, wanted) => inRange(given, literalOf(wanted))

/** The six parts of an ARN match one by one. */
export const arn: Test = (given, wanted) => {
  const [parts, patterns] = [given.split(':'), splitPattern(wanted)]
  if (patterns.length < 6 || parts.length < 6) return matchesParts(wanted, given)
  const resource = parts.slice(5).join(':')
  return patterns.every((pattern, index) => matches(pattern, index < 5 ? (parts[index] ?? '') : resource))
}

/** At the first five colons; the sixth part may hold more of them. */
const splitPattern = (pattern: Pattern): readonly Pattern[] => {
  const parts: Pattern[number][][] = [[]]
  for (const token of pattern) {
    if ('wildcard' in token) {
      parts.at(-1)?.push(token)
      continue
    }
    token.literal.split(':').forEach((text, index) => {
      if (index > 0 && parts.length < 6) parts.push([])
      else if (index > 0) parts.at(-1)?.push({ literal: ':' })
      if (text !== '') parts.at(-1)?.push({ literal: text })
    })
  }
  return parts
}

const pair = (positive: string, negative: string, test: Test): readonly (readonly [string, Operator])[] => [
  [positive, { test, negated: false }],
  [negative, { test, negated: true }],
]
const single = (name: string, test: Test): readonly [string, Operator] => [name, { test, negated: false }]

const OPERATORS: ReadonlyMap<string, Operator> = new Map([
  ...pair('StringEquals', 'StringNotEquals', string),
  ...pair('StringEqualsIgnoreCase', 'StringNotEqualsIgnoreCase', ignoreCase),
  ...pair('StringLike', 'StringNotLike', (given, wanted) => matches(wanted, given)),
  ...pair('NumericEquals', 'NumericNotEquals', numeric((given, wanted) => given === wanted)),
  single('NumericLessThan', numeric((given, wanted) => given < wanted)),
  single('NumericLessThanEquals', numeric((given, wanted) => given <= wanted)),
  single('NumericGreaterThan', numeric((given, wanted) => given > wanted)),
  single('NumericGreaterThanEquals', numeric((given, wanted) => given >= wanted)),
  ...pair('DateEquals', 'DateNotEquals', date((given, wanted) => given === wanted)),
  single('DateLessThan', date((given, wanted) => given < wanted)),
  single('DateLessThanEquals', date((given, wanted) => given <= wanted)),
  single('DateGreaterThan', date((given, wanted) => given > wanted)),
  single('DateGreaterThanEquals', date((given, wanted) => given >= wanted)),
  single('Bool', bool),
  ...pair('IpAddress', 'NotIpAddress', address),
  ...pair('ArnEquals', 'ArnNotEquals', arn),
  ...pair('ArnLike', 'ArnNotLike', arn),
])
