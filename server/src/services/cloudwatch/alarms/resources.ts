import { alarmArn } from '../../../base/arn.ts'
import type { Tenant } from '../../../base/tenancy.ts'

/** The alarms that the caller must be allowed to act on; all of them where the request names none. */
export const alarmResources = (names: readonly (string | undefined)[] | undefined, tenant: Tenant): readonly string[] => {
  const named = (names ?? []).filter(name => name !== undefined)
  return named.length === 0 ? [alarmArn(tenant, '*')] : named.map(name => alarmArn(tenant, name))
}
