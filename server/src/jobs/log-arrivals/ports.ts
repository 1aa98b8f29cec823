import type { Tenant } from '../../base/tenancy.ts'
import type { EpochMillis } from '../../base/time.ts'
import type { FoldedSamples } from './sample-fold.ts'

/** Takes what log events say of metrics; durable when it resolves. `receivedAt` is when the events came. */
export interface LogMetricSink {
  put(tenant: Tenant, samples: readonly FoldedSamples[], receivedAt: EpochMillis): Promise<void>
}
