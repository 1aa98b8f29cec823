import type { Tenant } from '../../../base/tenancy.ts'
import type { EpochMillis } from '../../../base/time.ts'
import type { MetricStream } from '../../../model/metric-stream.ts'

export interface MetricStreamStore {
  get(tenant: Tenant, name: string): Promise<MetricStream | undefined>
  /** By name in code units. */
  list(tenant: Tenant): Promise<readonly MetricStream[]>
  /** Creates with the tags, or overwrites all but the state, the creation and what was sent already. */
  put(stream: MetricStream, tags: Readonly<Record<string, string>>): Promise<void>
  /** What is started is sent from `now` on. Unknown names, and those in that state already, are passed over. */
  switch(tenant: Tenant, names: readonly string[], state: MetricStream['state'], now: EpochMillis): Promise<void>
  delete(tenant: Tenant, name: string): Promise<void>
}
