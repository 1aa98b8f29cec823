import type { Arn } from '../base/arn.ts'
import type { Tenant } from '../base/tenancy.ts'

/** A Contributor Insights rule. */
export interface InsightRule {
  readonly tenant: Tenant
  readonly arn: Arn
  readonly name: string
  readonly state: 'ENABLED' | 'DISABLED'
  /** `CloudWatchLogRule/1`; `ServiceLogRule/1` for managed rules. */
  readonly schema: string
  /** The rule's JSON, as it came. */
  readonly definition: string
  readonly onTransformedLogs: boolean
  /** Of a rule that was made from one of AWS's templates. */
  readonly managed: { readonly template: string; readonly resourceArn: string } | undefined
}
