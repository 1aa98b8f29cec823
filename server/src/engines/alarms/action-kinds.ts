import { parseArn } from '../../base/arn.ts'
import type { Tenant } from '../../base/tenancy.ts'

/** What an action's ARN asks for. Topics are published to; everything else is handed to whoever can run it. */
export type ActionKind = 'topic' | 'function' | 'runbook' | 'ops-item' | 'incident' | 'investigation' | 'instance' | 'scaling-policy'

/** Undefined: not an ARN, or one that no alarm can act on. */
export const actionKind = (arn: string): ActionKind | undefined => {
  const parts = parseArn(arn)
  switch (parts?.service) {
    case 'sns':
      return 'topic'
    case 'lambda':
      return 'function'
    case 'ssm':
      return parts.resource.startsWith('opsitem:') ? 'ops-item' : 'runbook'
    case 'ssm-incidents':
      return 'incident'
    case 'aiops':
      return 'investigation'
    case 'automate':
    case 'swf':
      return 'instance'
    case 'autoscaling':
      return 'scaling-policy'
    default:
      return undefined
  }
}

/** Those that run for each contributor of an alarm that watches several series; the others run for the alarm as a whole. */
export const runsPerContributor = (kind: ActionKind | undefined): boolean => kind === 'topic' || kind === 'function' || kind === 'runbook'

/**
 * Why an action cannot run here; undefined: it can. The texts go into the history of alarms, so they say what is missing.
 * What gains an executor (runbooks, incidents) leaves this list.
 */
export const obstacleTo = (arn: string, tenant: Tenant, missingTopics: ReadonlySet<string>): string | undefined => {
  const parts = parseArn(arn)
  if (parts === undefined) return `Invalid parameter: ${arn} is not an ARN`
  const kind = actionKind(arn)
  switch (kind) {
    case 'topic':
      // Topics of other accounts would need their policy's consent; until policies are asked, nothing crosses tenants.
      if (parts.account !== tenant.account || parts.region !== tenant.region) {
        return `CloudWatch Alarms is not authorized to perform: SNS:Publish on resource: ${arn}`
      }
      return missingTopics.has(arn) ? 'Topic does not exist' : undefined
    case 'runbook':
    case 'ops-item':
    case 'incident':
    case 'investigation':
    case 'function':
    case 'instance':
    case 'scaling-policy':
    case undefined:
      return `This server cannot run actions of the service ${parts.service}`
  }
}
