import type { Arn } from '../base/arn.ts'
import type { Tenant } from '../base/tenancy.ts'
import type { EpochMillis } from '../base/time.ts'

export type ScheduledRunStatus = 'Running' | 'InvalidQuery' | 'Complete' | 'Failed' | 'Timeout'

/** A query that is run by the clock. */
export interface ScheduledQuery {
  readonly tenant: Tenant
  readonly id: string
  readonly arn: Arn
  readonly name: string
  readonly description: string | undefined
  readonly text: string
  readonly groups: readonly string[]
  /** `cron(…)` or `rate(…)`. */
  readonly schedule: string
  readonly timezone: string | undefined
  /** Seconds before the run at which the range begins, and at which it ends. */
  readonly startOffset: number | undefined
  readonly endOffset: number | undefined
  readonly destination: ScheduledDestination | undefined
  /** Nothing runs before and after; epoch milliseconds. */
  readonly from: number | undefined
  readonly until: number | undefined
  readonly roleArn: string
  readonly enabled: boolean
  readonly createdAt: EpochMillis
  readonly updatedAt: EpochMillis
  readonly triggeredAt: EpochMillis | undefined
  readonly lastStatus: ScheduledRunStatus | undefined
}

interface ScheduledDestination {
  /** `s3://bucket/prefix`. */
  readonly uri: string
  readonly roleArn: string
}

/** What came of a run. */
export interface ScheduledRun {
  readonly at: EpochMillis
  readonly queryId: string | undefined
  readonly status: ScheduledRunStatus
  readonly reason: string | undefined
  readonly delivery: ScheduledDelivery | undefined
}

export interface ScheduledDelivery {
  readonly uri: string
  readonly status: 'COMPLETE' | 'FAILED'
  /** What was written. */
  readonly written: string | undefined
  readonly reason: string | undefined
}
