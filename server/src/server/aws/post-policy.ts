import type { EpochMillis } from '../../base/time.ts'
import { Fault } from '../../wire/fault.ts'

/** What a form's policy leaves to who fills it in: fields by their names in lower case, `bucket` among them; how many bytes the file may have. */
export interface PostPolicy {
  readonly least: number
  readonly most: number
}

/** Fields that no condition need speak of. */
const FREE = /^(?:x-amz-signature|signature|file|policy|awsaccesskeyid|x-ignore-.*)$/

/** Throws unless the policy, in base64, allows these fields now. https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTConstructPolicy.html */
export const checkPolicy = (policy: string, fields: ReadonlyMap<string, string>, now: EpochMillis): PostPolicy => {
  const { expiration, conditions } = parsed(policy)
  const until = typeof expiration === 'string' ? Date.parse(expiration) : Number.NaN
  if (Number.isNaN(until)) throw invalid('Invalid Policy: Invalid expiration')
  if (until < now) throw refused('Policy expired.')
  if (!Array.isArray(conditions)) throw invalid('Invalid Policy: Invalid conditions')
  let range: PostPolicy = { least: 0, most: Number.MAX_SAFE_INTEGER }
  const spoken = new Set<string>()
  for (const condition of (conditions as readonly unknown[]).flatMap(spelled)) {
    const [operator, name, value] = condition
    if (operator === 'content-length-range') {
      range = { least: Math.max(range.least, Number(name)), most: Math.min(range.most, Number(value)) }
      continue
    }
    const field = String(name).replace(/^\$/, '').toLowerCase()
    spoken.add(field)
    const given = fields.get(field) ?? ''
    const holds = operator === 'eq' ? given === value : given.startsWith(String(value))
    if (!holds) throw refused(`Policy Condition failed: [${condition.map(part => JSON.stringify(part)).join(', ')}]`)
  }
  const extra = [...fields.keys()].filter(name => !spoken.has(name) && !FREE.test(name) && name !== 'bucket')
  if (extra.length > 0) throw refused(`Extra input fields: ${extra.join(', ')}`)
  return range
}

type Condition = readonly [operator: string, name: unknown, value: unknown]

/** `{"acl": "private"}` says the same as `["eq", "$acl", "private"]`. */
const spelled = (given: unknown): readonly Condition[] => {
  if (Array.isArray(given) && given.length === 3) {
    const [operator, name, value] = given as readonly unknown[]
    const lower = typeof operator === 'string' ? operator.toLowerCase() : ''
    if (lower === 'content-length-range' && [name, value].every(bound => Number.isSafeInteger(Number(bound)) && Number(bound) >= 0)) return [[lower, name, value]]
    if ((lower === 'eq' || lower === 'starts-with') && typeof name === 'string' && name.startsWith('$') && typeof value === 'string') return [[lower, name, value]]
  } else if (typeof given === 'object' && given !== null && !Array.isArray(given)) {
    const entries = Object.entries(given)
    if (entries.every(([, value]) => typeof value === 'string')) return entries.map(([name, value]) => ['eq', `$${name}`, value])
  }
  throw invalid(`Invalid Policy: Invalid condition: ${JSON.stringify(given).slice(0, 200)}`)
}

const parsed = (policy: string): { readonly expiration?: unknown; readonly conditions?: unknown } => {
  try {
    const value: unknown = JSON.parse(Buffer.from(policy, 'base64').toString())
    if (typeof value === 'object' && value !== null) return value
  } catch {
    // Refused with what is no object.
  }
  throw invalid('Invalid Policy: Invalid JSON.')
}

const invalid = (text: string): Fault => new Fault('InvalidPolicyDocument', text)
const refused = (why: string): Fault => new Fault('AccessDenied', `Invalid according to Policy: ${why}`, { status: 403 })
