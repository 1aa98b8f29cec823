import { metricStreamArn } from '../../../base/arn.ts'
import type { Tenant } from '../../../base/tenancy.ts'

/** The streams that the caller must be allowed to act on. */
export const streamResources = (names: readonly (string | undefined)[], tenant: Tenant): readonly string[] =>
  names.length === 0 ? [metricStreamArn(tenant, '*')] : names.map(name => metricStreamArn(tenant, name ?? '*'))
