import { parseArn } from '../../base/arn.ts'
import { principalArn, type PolicyDocument, type PolicyStatement, type Principal } from '../../model/principal.ts'
import { holds } from './conditions.ts'
import { conditionKeys, type ConditionKeys, type RequestFacts } from './keys.ts'
import { arn } from './operators.ts'
import { compilePattern, matches, matchesParts, type Variables } from './pattern.ts'
import { all, any, not, type Verdict } from './verdict.ts'

interface Denial {
  readonly allowed: false
  /** `explicit`: a Deny statement said so; `implicit`: nothing allowed it. */
  readonly reason: 'explicit' | 'implicit'
  readonly policy: 'identity-based' | 'session'
  /** AWS's text for it. */
  readonly message: string
}

type Decision = { readonly allowed: true } | Denial

const ALLOWED: Decision = { allowed: true }

/**
 * May the caller do this to all of these? Nothing is allowed unless a statement says so, and a Deny beats any Allow.
 * `action` is `cloudwatch:PutMetricAlarm`, `resources` are ARNs, or `*` where the operation has none.
 */
export const evaluate = (principal: Principal, action: string, resources: readonly string[], facts: RequestFacts): Decision => {
  for (const resource of resources) {
    const decision = decide(principal, action, resource, facts)
    if (!decision.allowed) return decision
  }
  return ALLOWED
}

const decide = (principal: Principal, action: string, resource: string, facts: RequestFacts): Decision => {
  const deny = (reason: Denial['reason'], policy: Denial['policy']): Denial => ({
    allowed: false,
    reason,
    policy,
    message: denialText(principal, action, resource, reason, policy),
  })
  if (principal.kind === 'system') return ALLOWED
  if (principal.kind === 'anonymous' || isForeign(principal, resource)) return deny('implicit', 'identity-based')
  if (principal.kind === 'root') return ALLOWED
  const keys = conditionKeys(principal, facts)
  if (principal.kind === 'user') {
    const outcome = judge(principal.policies, action, resource, keys)
    return outcome === 'allow' ? ALLOWED : deny(outcome, 'identity-based')
  }
  // A session can do what its issuer can, and no more than its own policy lets through.
  const issuer = decide(principal.issuer, action, resource, facts)
  if (!issuer.allowed) return deny(issuer.reason, issuer.policy)
  const outcome = principal.session === undefined ? 'allow' : judge([principal.session], action, resource, keys)
  return outcome === 'allow' ? ALLOWED : deny(outcome, 'session')
}

/** Nobody reaches into another account, whatever his policies say. */
const isForeign = (principal: Principal, resource: string): boolean => {
  const account = parseArn(resource)?.account ?? ''
  return /^\d{12}$/.test(account) && account !== principal.account
}

const judge = (policies: readonly PolicyDocument[], action: string, resource: string, keys: ConditionKeys): 'allow' | 'explicit' | 'implicit' => {
  let allowed = false
  for (const { version, statements } of policies) {
    // Variables came with the version of 2012; before it, `${` was just text.
    const variables = version === '2012-10-17' ? (name: string) => keys.get(name.toLowerCase())?.[0] : undefined
    for (const statement of statements) {
      const verdict = applies(statement, action, resource, keys, variables)
      if (statement.effect === 'Deny' && verdict !== 'no') return 'explicit'
      if (statement.effect === 'Allow' && verdict === 'yes') allowed = true
    }
  }
  return allowed ? 'allow' : 'implicit'
}

const applies = (statement: PolicyStatement, action: string, resource: string, keys: ConditionKeys, variables: Variables | undefined): Verdict => {
  const { actions, notActions, resources, notResources, conditions } = statement
  const named = actions.length > 0 ? actions.some(isAction(action)) : !notActions.some(isAction(action))
  if (!named) return 'no'
  const reaches = (patterns: readonly string[]) => any(patterns.map(pattern => onResource(pattern, resource, variables)))
  return all([resources.length > 0 ? reaches(resources) : not(reaches(notResources)), holds(conditions, keys, variables)])
}

/** Actions are the same in any case, and have no variables. */
const isAction =
  (action: string) =>
  (pattern: string): boolean =>
    pattern === '*' || matches(compilePattern(pattern.toLowerCase(), undefined) ?? [], action.toLowerCase())

const onResource = (pattern: string, resource: string, variables: Variables | undefined): Verdict => {
  if (pattern === '*') return 'yes'
  const compiled = compilePattern(pattern, variables)
  if (compiled === undefined) return 'unknown'
  return arn(resource, compiled) || matchesParts(compiled, resource) ? 'yes' : 'no'
}

/** IAM calls users by their names, and all of them by the path that they are under. */
const shown = (resource: string): string => {
  const [, users, name] = /^(arn:[^:]*:iam::\d*:user\/)(.*)$/s.exec(resource) ?? []
  if (users === undefined) return resource
  return name === '*' ? users : `user ${name}`
}

const denialText = (principal: Principal, action: string, resource: string, reason: Denial['reason'], policy: Denial['policy']): string => {
  const where = resource === '*' ? '' : ` on resource: ${shown(resource)}`
  const article = policy === 'session' ? 'a' : 'an'
  const why = reason === 'explicit' ? `with an explicit deny in ${article} ${policy} policy` : `because no ${policy} policy allows the ${action} action`
  return `User: ${principalArn(principal)} is not authorized to perform: ${action}${where} ${why}`
}
