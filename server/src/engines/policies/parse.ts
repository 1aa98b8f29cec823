import type { PolicyDocument, PolicyStatement } from '../../model/principal.ts'
import { isCondition } from './operators.ts'

/** A policy, or AWS's text of what is wrong with it (the message of `MalformedPolicyDocument`). */
type ParsedPolicy =
  | { readonly ok: true; readonly document: PolicyDocument }
  | { readonly ok: false; readonly problem: string }

/** JSON text of an identity-based or session policy → what {@link evaluate} works with. */
export const parsePolicy = (text: string): ParsedPolicy => {
  try {
    return { ok: true, document: document(text) }
  } catch (error) {
    if (error instanceof Malformed) return { ok: false, problem: error.message }
    throw error
  }
}

class Malformed extends Error {
  override readonly name = 'Malformed'
}

const syntax = (): Malformed => new Malformed('Syntax errors in policy.')

const TOP = ['Version', 'Id', 'Statement']
const ELEMENTS = ['Sid', 'Effect', 'Action', 'NotAction', 'Resource', 'NotResource', 'Condition', 'Principal', 'NotPrincipal']

const document = (text: string): PolicyDocument => {
  const root = parseJson(text)
  if (!isObject(root) || !Object.keys(root).every(key => TOP.includes(key))) throw syntax()
  const version = root['Version'] ?? '2008-10-17'
  if (version !== '2008-10-17' && version !== '2012-10-17') throw syntax()
  if (root['Id'] !== undefined && typeof root['Id'] !== 'string') throw syntax()
  const given = root['Statement']
  const list: readonly unknown[] = Array.isArray(given) ? given : [given]
  if (list.length === 0) throw syntax()
  const statements = list.map(statement)
  const sids = statements.flatMap(({ sid }) => (sid === undefined || sid === '' ? [] : [sid]))
  if (new Set(sids).size !== sids.length) throw new Malformed('Statement IDs (SID) in a single policy must be unique.')
  return { version, statements }
}

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    throw syntax()
  }
}

const statement = (given: unknown): PolicyStatement => {
  if (!isObject(given) || !Object.keys(given).every(key => ELEMENTS.includes(key))) throw syntax()
  if (given['Principal'] !== undefined || given['NotPrincipal'] !== undefined) throw new Malformed('Policy document should not specify a principal.')
  const { Sid: sid, Effect: effect } = given
  if (effect !== 'Allow' && effect !== 'Deny') throw syntax()
  if (sid !== undefined && typeof sid !== 'string') throw syntax()
  const [actions, notActions, resources, notResources] = (['Action', 'NotAction', 'Resource', 'NotResource'] as const).map(key => texts(given[key]))
  if (actions !== undefined && notActions !== undefined) throw syntax()
  if (resources !== undefined && notResources !== undefined) throw syntax()
  if ((actions ?? notActions ?? []).length === 0) throw new Malformed('Policy statement must contain actions.')
  if ((resources ?? notResources ?? []).length === 0) throw new Malformed('Policy statement must contain resources.')
  ;[...(actions ?? []), ...(notActions ?? [])].forEach(checkAction)
  ;[...(resources ?? []), ...(notResources ?? [])].forEach(checkResource)
  return {
    ...(sid === undefined ? {} : { sid }),
    effect,
    actions: actions ?? [],
    notActions: notActions ?? [],
    resources: resources ?? [],
    notResources: notResources ?? [],
    conditions: conditions(given['Condition']),
  }
}

const checkAction = (action: string): void => {
  const [vendor = '', ...rest] = action.split(':')
  if (action === '*') return
  if (rest.length === 0) throw new Malformed('Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.')
  if (rest.length > 1) throw new Malformed('Actions/Condition can contain only one colon.')
  if (!/^(\*|[a-zA-Z0-9.-]+)$/.test(vendor)) throw new Malformed(`Vendor ${vendor} is not valid`)
}

const PARTITION = /^(aws(-[a-z]+)*|[a-z-]*[*?][a-z*?-]*)$/

/** IAM takes whatever has colons for an ARN, and what it lacks for stars. */
const checkResource = (resource: string): void => {
  if (/^(arn)?\*/.test(resource)) return
  if (!resource.includes(':')) throw new Malformed(`Resource ${resource} must be in ARN format or "*".`)
  const [prefix, partition = '', ...rest] = resource.split(':')
  const known = prefix === 'arn' && PARTITION.test(partition)
  if (prefix === 'arn' && rest.length < 4 && !(known && resource.endsWith('*'))) throw new Malformed('The policy failed legacy parsing')
  if (known) return
  const full = ['arn', partition, ...rest, '*', '*', '*', '*'].slice(0, Math.max(6, rest.length + 2)).join(':')
  throw new Malformed(`Partition "${partition}" is not valid for resource "${full}".`)
}

const conditions = (given: unknown): PolicyStatement['conditions'] => {
  if (given === undefined) return {}
  if (!isObject(given)) throw syntax()
  const entries = Object.entries(given).map(([operator, keys]) => {
    if (!isCondition(operator) || !isObject(keys)) throw syntax()
    return [operator, Object.fromEntries(Object.entries(keys).map(([key, values]) => [key, values === undefined ? [] : scalars(values)]))] as const
  })
  return Object.fromEntries(entries)
}

const texts = (given: unknown): readonly string[] | undefined => {
  if (given === undefined) return undefined
  const list: readonly unknown[] = Array.isArray(given) ? given : [given]
  if (!list.every(item => typeof item === 'string')) throw syntax()
  return list
}

/** Numbers and booleans may stand bare in conditions. */
const scalars = (given: unknown): readonly string[] => {
  const list: readonly unknown[] = Array.isArray(given) ? given : [given]
  return list.map(item => {
    if (typeof item !== 'string' && typeof item !== 'number' && typeof item !== 'boolean') throw syntax()
    return String(item)
  })
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value)
