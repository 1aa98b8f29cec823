import { parseArn } from '../../../base/arn.ts'
import type { Tenant } from '../../../base/tenancy.ts'
import { validationError } from '../../../wire/fault.ts'

/** Services whose ARNs an alarm may act on; whether the thing exists is not asked (as in AWS). */
const ACTION_SERVICES: ReadonlySet<string> = new Set(['sns', 'lambda', 'automate', 'swf', 'autoscaling', 'ssm', 'ssm-incidents', 'aiops'])
/** Of these it is known that their region must be the alarm's. */
const REGIONAL: ReadonlySet<string> = new Set(['sns', 'automate'])

export const checkActions = (arns: readonly string[], tenant: Tenant): readonly string[] => {
  for (const arn of arns) {
    const parts = parseArn(arn)
    // `arn:aws:automate:us-east-1:ec2:stop` has no account, so its fifth element is not one.
    if (parts === undefined || parts.resource === '') throw validationError(`Invalid arn syntax: ${arn}`)
    if (!ACTION_SERVICES.has(parts.service)) throw validationError(`Unsupported AWS vendor ${parts.service}`)
    if (REGIONAL.has(parts.service) && parts.region !== tenant.region) {
      throw validationError(`Invalid region ${parts.region} specified. Only ${tenant.region} is supported.`)
    }
  }
  return arns
}

/** A machine is only moved to other hardware when it is the hardware that fails. */
export const checkRecovery = (arns: readonly string[], namespace: string, metricName: string): void => {
  if (namespace === 'AWS/EC2' && metricName === 'StatusCheckFailed_System') return
  if (arns.some(arn => parseArn(arn)?.service === 'automate' && arn.endsWith(':ec2:recover'))) {
    throw validationError("The EC2 'Recover' action can only be defined on the 'StatusCheckFailed_System' metric and 'AWS/EC2' namespace.")
  }
}
