import { isObject } from '../../base/is-object.ts'
import type { PolicyDocument, PolicyStatement } from '../../model/principal.ts'
import { isCondition, isWellWritten, oldReaderTakes } from './operators.ts'

/** A policy, or AWS's text of what is wrong with it (the message of `MalformedPolicyDocument`). */
type ParsedPolicy =
  | { readonly ok: true; readonly document: PolicyDocument }
  | { readonly ok: false; readonly problem: string }

/**
 * JSON text of an identity-based or session policy → what {@link evaluate} works with. One that is kept was checked when it came, by
 * rules that may have become stricter since.
 */
export const parsePolicy = (text: string, from: 'caller' | 'kept' = 'caller'): ParsedPolicy => {
  try {
    return { ok: true, document: document(text, from) }
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

/** IAM looks at the whole document for one kind of mistake after the other, and names the first: the order here is its. */
const document = (text: string, from: 'caller' | 'kept'): PolicyDocument => {
  const root = parseJson(text)
  if (!isObject(root) || !Object.keys(root).every(key => TOP.includes(key))) throw syntax()
  const version = root['Version'] ?? '2008-10-17'
  if (version !== '2008-10-17' && version !== '2012-10-17') throw syntax()
  if (root['Id'] !== undefined && typeof root['Id'] !== 'string') throw syntax()
  const given = root['Statement']
  const list: readonly unknown[] = Array.isArray(given) ? given : [given]
  if (list.length === 0) throw syntax()
  const drafts = list.map(draft)
  if (from === 'caller') checkContent(drafts)
  return { version, statements: drafts.map(statement) }
}

const checkContent = (drafts: readonly Draft[]): void => {
  if (drafts.some(failsLegacyParsing)) throw legacy()
  const problem = resourceProblem(drafts)
  requireParts(drafts)
  if (problem !== undefined) throw new Malformed(problem)
  drafts.flatMap(each => [...(each.actions ?? []), ...(each.notActions ?? [])]).forEach(checkAction)
}

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    throw syntax()
  }
}

/** A statement whose parts are of the right types; what they say is not looked at yet. */
interface Draft {
  readonly sid: string | undefined
  readonly effect: string
  readonly actions: readonly string[] | undefined
  readonly notActions: readonly string[] | undefined
  readonly resources: readonly string[] | undefined
  readonly notResources: readonly string[] | undefined
  readonly conditions: PolicyStatement['conditions']
}

const draft = (given: unknown): Draft => {
  if (!isObject(given) || !Object.keys(given).every(key => ELEMENTS.includes(key))) throw syntax()
  if (given['Principal'] !== undefined || given['NotPrincipal'] !== undefined) throw new Malformed('Policy document should not specify a principal.')
  const { Sid: sid, Effect: effect } = given
  if (typeof effect !== 'string' || !/^(allow|deny)$/i.test(effect)) throw syntax()
  if (sid !== undefined && typeof sid !== 'string') throw syntax()
  const [actions, notActions, resources, notResources] = (['Action', 'NotAction', 'Resource', 'NotResource'] as const).map(key => texts(given[key]))
  if (actions !== undefined && notActions !== undefined) throw syntax()
  if (resources !== undefined && notResources !== undefined) throw syntax()
  return { sid, effect, actions, notActions, resources, notResources, conditions: conditions(given['Condition']) }
}

const legacy = (): Malformed => new Malformed('The policy failed legacy parsing')

/** What an older reader of IAM's does not take: effects in another case, dates, numbers, addresses and ARNs that are none. */
const failsLegacyParsing = ({ effect, conditions: wanted }: Draft): boolean =>
  (effect !== 'Allow' && effect !== 'Deny') ||
  Object.entries(wanted).some(([operator, keys]) => Object.values(keys).flat().some(value => !oldReaderTakes(operator, value)))

const requireParts = (drafts: readonly Draft[]): void => {
  const sids = drafts.flatMap(({ sid }) => (sid === undefined || sid === '' ? [] : [sid]))
  if (sids.some(sid => !/^[0-9A-Za-z]*$/.test(sid))) {
    throw new Malformed('Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*')
  }
  if (new Set(sids).size !== sids.length) throw new Malformed('Statement IDs (SID) in a single policy must be unique.')
  const lacks = (parts: (each: Draft) => readonly string[] | undefined): boolean => drafts.some(each => (parts(each) ?? []).length === 0)
  if (lacks(each => each.actions ?? each.notActions)) throw new Malformed('Policy statement must contain actions.')
  if (lacks(each => each.resources ?? each.notResources)) throw new Malformed('Policy statement must contain resources.')
}

const statement = ({ sid, effect, actions = [], notActions = [], resources = [], notResources = [], conditions: wanted }: Draft): PolicyStatement =>
  ({ ...(sid === undefined ? {} : { sid }), effect: effect === 'Deny' ? 'Deny' : 'Allow', actions, notActions, resources, notResources, conditions: wanted })

const checkAction = (action: string): void => {
  const [vendor = '', ...rest] = action.split(':')
  if (action === '*') return
  if (rest.length === 0) throw new Malformed('Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.')
  if (rest.length > 1) throw new Malformed('Actions/Condition can contain only one colon.')
  if (action !== '*:*' && /[*?]/.test(vendor)) throw new Malformed('Action vendors (e.g., aws, ec2, etc.) must not contain wildcards.')
  if (!/^(\*|[a-zA-Z0-9.-]+)$/.test(vendor)) throw new Malformed(`Vendor ${vendor} is not valid`)
}

/** What is wrong with the resources. Up to the first one that is wrong, they must also pass legacy parsing. */
const resourceProblem = (drafts: readonly Draft[]): string | undefined => {
  for (const { resources = [], notResources = [] } of drafts) {
    const given = [...resources, ...notResources]
    const problem = given.map(problemOf).find(found => found !== undefined)
    if (problem !== undefined) return problem
    if (given.some(failsLegacyArn)) throw legacy()
  }
  return undefined
}

/** Parts may be missing at the end of an ARN, but not when some before them are empty. */
const failsLegacyArn = (resource: string): boolean => {
  if (isWildcard(resource)) return false
  const parts = resource.split(':')
  return parts[2] === '' || (parts.length < 6 && resource.includes('::') && !resource.endsWith('*'))
}

const isWildcard = (resource: string): boolean => /^(arn)?\*/.test(resource)

const PARTITION = /^(aws(-[a-z]+)*|[a-z-]*[*?][a-z*?-]*)$/
const IAM_KINDS = [
  'user', 'federated-user', 'role', 'group', 'instance-profile', 'mfa', 'server-certificate', 'policy', 'sms-mfa', 'saml-provider',
  'oidc-provider', 'report', 'access-report',
]

/** IAM takes whatever has colons for an ARN, and what it lacks for stars. */
const problemOf = (resource: string): string | undefined => {
  if (isWildcard(resource)) return undefined
  if (!resource.includes(':')) return `Resource ${resource} must be in ARN format or "*".`
  const [, partition = '', ...rest] = resource.split(':')
  if (!PARTITION.test(partition)) {
    const full = ['arn', partition, ...rest, '*', '*', '*', '*'].slice(0, Math.max(6, rest.length + 2)).join(':')
    return `Partition "${partition}" is not valid for resource "${full}".`
  }
  const [service, region = '', account = '', path] = rest
  if (service === undefined && partition.endsWith('*')) return undefined
  if (service === undefined || /[*?]/.test(service)) return 'Resource vendor must be fully qualified and cannot contain regexes.'
  if (path === undefined) return undefined
  // Access points, jobs and the like, whose names hold a slash, do have a region and an account.
  const isBucket = service === 's3' && !path.includes('/')
  if ((isBucket && names(region)) || (service === 's3' && region !== '' && account === '')) return `Resource ${resource} can not contain region information.`
  if (isBucket && names(account)) return `Resource ${resource} cannot contain an account id.`
  if (service === 'route53' && names(region)) return `Resource ${resource} can not contain region information.`
  if (service !== 'iam') return undefined
  if (region !== '') return `IAM resource ${resource} cannot contain region information.`
  return isIamPath(path) ? undefined : `IAM resource path must either be "*", root, or start with ${IAM_KINDS.map(kind => `${kind}/`).join(', ')}.`
}

/** Whether a part of an ARN says something, which a wildcard alone does not. */
const names = (part: string): boolean => !/^[*?]*$/.test(part)

/** A pattern that may mean one of the kinds is taken. */
const isIamPath = (path: string): boolean => path === 'root' || /^[^/]*[*?$]/.test(path) || IAM_KINDS.some(kind => path.startsWith(`${kind}/`))

const conditions = (given: unknown): PolicyStatement['conditions'] => {
  if (given === undefined) return {}
  if (!isObject(given)) throw syntax()
  const entries = Object.entries(given).flatMap(([operator, keys]) => {
    if (!isObject(keys)) throw syntax()
    // Without a key, an operator asks for nothing, and may have any name.
    if (Object.keys(keys).length === 0) return []
    if (!isCondition(operator)) throw syntax()
    const wanted = Object.entries(keys).map(([key, values]) => [key, values === undefined ? [] : scalars(values)] as const)
    if (wanted.some(([, values]) => values.some(value => !isWellWritten(operator, value)))) throw syntax()
    return [[operator, Object.fromEntries(wanted)] as const]
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
