/**
 * A policy document as AWS answers it where policies are listed: without blanks, its members in IAM's own order, with the version
 * that holds when none is said, and lists of one as what is in them. What has no such form is answered as it was sent.
 */
export const canonicalPolicy = (document: string): string => {
  const policy = parsed(document)
  if (policy === undefined) return document
  const statements = Array.isArray(policy['Statement']) ? (policy['Statement'] as unknown[]) : [policy['Statement']]
  if (!statements.every(isObject)) return document
  const { Version = '2008-10-17', Id, Statement: _, ...rest } = policy
  return JSON.stringify({ Version, Id, Statement: statements.map(canonicalStatement), ...rest })
}

const canonicalStatement = (statement: Members): Members => {
  const { Sid, Effect, Principal, NotPrincipal, Action, NotAction, Resource, NotResource, Condition, ...rest } = statement
  return {
    Sid,
    Effect,
    Principal: principals(Principal),
    NotPrincipal: principals(NotPrincipal),
    Action: single(Action),
    NotAction: single(NotAction),
    Resource: single(Resource),
    NotResource: single(NotResource),
    Condition,
    ...rest,
  }
}

type Members = Readonly<Record<string, unknown>>

const isObject = (value: unknown): value is Members => typeof value === 'object' && value !== null && !Array.isArray(value)

const principals = (value: unknown): unknown =>
  isObject(value) ? Object.fromEntries(Object.entries(value).map(([kind, names]) => [kind, single(names)])) : value

const single = (value: unknown): unknown => (Array.isArray(value) && value.length === 1 ? (value as unknown[])[0] : value)

const parsed = (document: string): Members | undefined => {
  try {
    const value: unknown = JSON.parse(document)
    return isObject(value) ? value : undefined
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
