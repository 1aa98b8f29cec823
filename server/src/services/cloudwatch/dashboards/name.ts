import { dashboardArn } from '../../../base/arn.ts'
import type { Tenant } from '../../../base/tenancy.ts'
import { invalidParameterValue } from '../faults.ts'

const NAME = /^[A-Za-z0-9_-]*$/
const LONGEST = 255

/** The name, if AWS takes it; a limit of its own, not of the model. */
export const dashboardName = (name: string): string => {
  if (name === '') throw invalidParameterValue('The value for field DashboardName must not be empty.')
  if (name.length > LONGEST) throw invalidParameterValue(`The value for field DashboardName must not be longer than ${LONGEST} characters.`)
  if (!NAME.test(name)) {
    throw invalidParameterValue(
      'The value for field DashboardName contains invalid characters. It can only contain alphanumerics, dash (-) and underscore (_).\n',
    )
  }
  return name
}

/** The dashboards that the caller must be allowed to act on. */
export const dashboardResources = (names: readonly (string | undefined)[], tenant: Tenant): readonly string[] =>
  names.length === 0 ? [dashboardArn(tenant.account, '*')] : names.map(name => dashboardArn(tenant.account, name ?? '*'))
