import { ipFamily } from '../../base/ip-network.ts'
import { type Condition, FilterPolicyError, type NumericBound, type NumericOperator, type Scalar, type TextPattern } from './policy.ts'
import type { PolicyCursor, Token } from './policy-cursor.ts'

/** Stars in one pattern. */
const STARS = 3

export const refuse = (cursor: PolicyCursor, reason: string): FilterPolicyError =>
  new FilterPolicyError(`FilterPolicy: ${reason}${cursor.where()}`)

/** Reads one entry of a key's array; `token` is its first token. */
export const readCondition = (cursor: PolicyCursor, token: Token): Condition => {
  if (token === '{') return readMatchExpression(cursor)
  const value = readScalar(cursor, token)
  if (value === undefined) throw refuse(cursor, 'Match value must be String, number, true, false, or null')
  return { kind: 'equals', value }
}

const readMatchExpression = (cursor: PolicyCursor): Condition => {
  if (cursor.next() !== 'name') throw refuse(cursor, 'Match expression name not found')
  const condition = readOperator(cursor, cursor.name())
  closeExpression(cursor)
  return condition
}

const closeExpression = (cursor: PolicyCursor): void => {
  if (cursor.next() !== '}') throw refuse(cursor, 'Only one key allowed in match expression')
}

const readOperator = (cursor: PolicyCursor, operator: string): Condition => {
  switch (operator) {
    case 'prefix':
    case 'suffix':
    case 'equals-ignore-case':
    case 'wildcard':
      return readPattern(cursor, operator, cursor.next())
    case 'numeric':
      return readNumeric(cursor)
    case 'cidr':
      return readCidr(cursor)
    case 'exists':
      return readExists(cursor)
    case 'anything-but':
      return readAnythingBut(cursor)
    default:
      throw refuse(cursor, `Unrecognized match type ${operator}`)
  }
}

const readPattern = (cursor: PolicyCursor, kind: TextPattern['kind'], token: Token): TextPattern => {
  if (token !== 'string') throw refuse(cursor, `${kind} match pattern must be a string`)
  const text = cursor.text()
  if (kind === 'wildcard') checkStars(cursor, text)
  return { kind, text }
}

const checkStars = (cursor: PolicyCursor, text: string): void => {
  const bare = text.replaceAll(/\\./gs, '  ')
  const doubled = bare.indexOf('**')
  if (doubled >= 0) throw refuse(cursor, `Consecutive wildcard characters at pos ${doubled}`)
  if (bare.split('*').length - 1 > STARS) throw refuse(cursor, 'Rule is too complex - try using fewer wildcard characters or fewer rules')
}

const readExists = (cursor: PolicyCursor): Condition => {
  const token = cursor.next()
  if (token !== 'true' && token !== 'false') throw refuse(cursor, 'exists match pattern must be either true or false.')
  return { kind: 'exists', present: token === 'true' }
}

const readAnythingBut = (cursor: PolicyCursor): Condition => {
  const token = cursor.next()
  if (token === '{') return readAnythingButPattern(cursor)
  const values = token === '[' ? readList(cursor, item => readButValue(cursor, item)) : [readButValue(cursor, token)]
  return { kind: 'anything-but', values, patterns: [] }
}

const readButValue = (cursor: PolicyCursor, token: Token): Scalar => {
  if (token !== 'string' && token !== 'number') throw refuse(cursor, 'Inside anything but list, start|null|boolean is not supported.')
  return readScalar(cursor, token) ?? null
}

const readAnythingButPattern = (cursor: PolicyCursor): Condition => {
  if (cursor.next() !== 'name') throw refuse(cursor, 'Match expression name not found')
  const kind = cursor.name()
  if (kind !== 'prefix' && kind !== 'suffix' && kind !== 'wildcard') throw refuse(cursor, `Unsupported anything-but pattern: ${kind}`)
  const token = cursor.next()
  const patterns = token === '[' ? readList(cursor, item => readPattern(cursor, kind, item)) : [readPattern(cursor, kind, token)]
  closeExpression(cursor)
  return { kind: 'anything-but', values: [], patterns }
}

/** Reads the rest of an array that must not be empty. */
export const readList = <Item>(cursor: PolicyCursor, read: (token: Token) => Item): readonly Item[] => {
  const items: Item[] = []
  for (let token = cursor.next(); token !== ']'; token = cursor.next()) items.push(read(token))
  if (items.length === 0) throw refuse(cursor, 'Empty arrays are not allowed')
  return items
}

const readScalar = (cursor: PolicyCursor, token: Token): Scalar | undefined => {
  switch (token) {
    case 'string':
      return cursor.text()
    case 'number':
      return Number(cursor.text())
    case 'true':
    case 'false':
      return token === 'true'
    case 'null':
      return null
    default:
      return undefined
  }
}

const readCidr = (cursor: PolicyCursor): Condition => {
  // SNS really names the wrong operator here.
  if (cursor.next() !== 'string') throw refuse(cursor, 'prefix match pattern must be a string')
  const [address = '', mask = '', ...more] = cursor.text().split('/')
  if (mask === '' || more.length > 0) throw new FilterPolicyError("FilterPolicy: Malformed CIDR, one '/' required")
  if (!/^-?\d+$/.test(mask)) throw new FilterPolicyError('FilterPolicy: Malformed CIDR, mask bits must be an integer')
  const family = ipFamily(address)
  if (family === undefined) throw new FilterPolicyError(`FilterPolicy: Nonstandard IP address: ${address}`)
  const bits = Number(mask)
  if (bits < 0 || bits > (family === 4 ? 32 : 128)) {
    throw new FilterPolicyError('FilterPolicy: Malformed CIDR, mask bits must not exceed the size of the address')
  }
  return { kind: 'cidr', address, bits }
}

const OPERATORS: ReadonlySet<string> = new Set(['=', '<', '<=', '>', '>='])

const readNumeric = (cursor: PolicyCursor): Condition => {
  if (cursor.next() !== '[') throw refuse(cursor, 'Value of numeric must be an array.')
  const first = cursor.next()
  if (first !== 'string') throw refuse(cursor, `Invalid member in numeric match: ${first === 'number' ? cursor.text() : first}`)
  const operator = cursor.text()
  const value = cursor.next()
  if (!OPERATORS.has(operator)) throw refuse(cursor, `Unrecognized numeric range operator: ${operator}`)
  const lower = readBound(cursor, operator as NumericOperator, value)
  const following = cursor.next()
  if (following === ']') return { kind: 'numeric', bounds: [lower] }
  if (operator !== '>' && operator !== '>=') throw refuse(cursor, 'Too many elements in numeric expression')
  return { kind: 'numeric', bounds: [lower, readUpperBound(cursor, following, lower.value)] }
}

const readUpperBound = (cursor: PolicyCursor, token: Token, bottom: number): NumericBound => {
  if (token !== 'string') throw refuse(cursor, `Bad value in numeric range: ${token === 'number' ? cursor.text() : token}`)
  const operator = cursor.text()
  if (operator !== '<' && operator !== '<=') throw refuse(cursor, `Bad numeric range operator: ${operator}`)
  const upper = readBound(cursor, operator, cursor.next())
  const end = cursor.next()
  if (upper.value <= bottom) throw refuse(cursor, 'Bottom must be less than top')
  if (end !== ']') throw refuse(cursor, 'Too many terms in numeric range expression')
  return upper
}

const readBound = (cursor: PolicyCursor, operator: NumericOperator, token: Token): NumericBound => {
  if (token !== 'number') throw refuse(cursor, `Value of ${operator === '=' ? 'equals' : operator} must be numeric`)
  return { operator, value: Number(cursor.text()) }
}
