import type { OutgoingHttp } from '../../base/outgoing.ts'
import type { Tenant } from '../../base/tenancy.ts'
import type { EpochMillis } from '../../base/time.ts'
import type { MetricFilter, MetricIdentity, MetricReads } from '../../model/metric.ts'
import type { MetricStream } from '../../model/metric-stream.ts'

/** A stream, and the instant up to which its receiver has everything. */
export interface RunningStream {
  readonly stream: MetricStream
  readonly sentUpTo: EpochMillis
}

export interface RunningStreams {
  running(): Promise<readonly RunningStream[]>
  setSentUpTo(tenant: Tenant, name: string, at: EpochMillis): Promise<void>
}

/** What streams are made of and where they go. */
export interface StreamParts {
  readonly streams: RunningStreams
  readonly tags: { get(tenant: Tenant, arn: string): Promise<Readonly<Record<string, string>>> }
  readonly directory: { list(filter: MetricFilter): Promise<readonly MetricIdentity[]> }
  readonly reads: Pick<MetricReads, 'readMany'>
  readonly http: OutgoingHttp
}
