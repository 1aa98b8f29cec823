import { isObject } from '../../base/is-object.ts'
import { invalidParameter } from './faults.ts'

/** https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-language-api-permissions-reference.html; Receive was in every default policy once. */
const ACTIONS: ReadonlySet<string> = new Set(
  [
    'AddPermission', 'DeleteTopic', 'GetDataProtectionPolicy', 'GetTopicAttributes', 'ListSubscriptionsByTopic', 'ListTagsForResource',
    'Publish', 'PutDataProtectionPolicy', 'Receive', 'RemovePermission', 'SetTopicAttributes', 'Subscribe',
  ].map(name => name.toLowerCase()),
)

/** Refuses permissions that a topic's policy cannot give; their names are without `SNS:`, in any case. */
export const checkPermissions = (actions: readonly string[], prefix = ''): void => {
  if (!actions.every(action => ACTIONS.has(action.toLowerCase()))) throw invalidParameter(`${prefix}Policy statement action out of service scope!`)
}

/** Refuses what `Policy` may not be set to: SNS says of most mistakes nothing. */
export const checkTopicPolicy = (text: string, prefix: string): void => {
  const malformed = () => invalidParameter(`${prefix}Policy Error: null`)
  if (text === '') throw invalidParameter(`${prefix}Policy is empty`)
  const policy = policyDocument(text)
  if (policy === undefined || !onlyHas(policy, ['Version', 'Id', 'Statement'])) throw malformed()
  if (!['2008-10-17', '2012-10-17', undefined].includes(policy['Version'] as string | undefined)) throw malformed()
  const given = policy['Statement']
  const statements: readonly unknown[] = Array.isArray(given) ? given : [given]
  if (statements.length === 0) throw malformed()
  for (const statement of statements) {
    const parts = partsOf(statement)
    if (parts === undefined) throw malformed()
    if (parts.resources.length > 1) throw invalidParameter(`${prefix}Policy statement must apply to a single resource!`)
    checkPermissions(parts.actions.map(name => name.replace(/^sns:/i, '')), prefix)
  }
}

/** A topic policy is checked, kept and given back; who may do what is decided by the policies of users. */
export const policyDocument = (text: string): Readonly<Record<string, unknown>> | undefined => {
  try {
    const policy: unknown = JSON.parse(text)
    return isObject(policy) ? policy : undefined
  } catch {
    return undefined
  }
}

const ELEMENTS = ['Sid', 'Effect', 'Principal', 'NotPrincipal', 'Action', 'NotAction', 'Resource', 'NotResource', 'Condition']

interface StatementParts {
  readonly actions: readonly string[]
  readonly resources: readonly string[]
}

/** Undefined where the statement does not have the form of one. */
const partsOf = (statement: unknown): StatementParts | undefined => {
  if (!isObject(statement) || !onlyHas(statement, ELEMENTS)) return undefined
  const { Effect: effect, Condition: condition } = statement
  if (effect !== 'Allow' && effect !== 'Deny') return undefined
  if (!namesSomebody(statement['Principal'] ?? statement['NotPrincipal'])) return undefined
  if (condition !== undefined && !isObject(condition)) return undefined
  const [actions = [], resources] = [texts(statement['Action'] ?? statement['NotAction']), texts(statement['Resource'] ?? [])]
  return actions.length === 0 || resources === undefined ? undefined : { actions, resources }
}

const namesSomebody = (principal: unknown): boolean =>
  principal === '*' ||
  (isObject(principal) &&
    onlyHas(principal, ['AWS', 'Service', 'Federated', 'CanonicalUser']) &&
    Object.keys(principal).length > 0 &&
    Object.values(principal).every(names => (texts(names) ?? []).length > 0))

const texts = (given: unknown): readonly string[] | undefined => {
  const list: readonly unknown[] = Array.isArray(given) ? given : [given]
  return list.every(item => typeof item === 'string') ? list : undefined
}

const onlyHas = (given: object, names: readonly string[]): boolean => Object.keys(given).every(key => names.includes(key))
