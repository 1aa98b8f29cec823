import type { Tenant } from '../../base/tenancy.ts'
import type { EpochMillis } from '../../base/time.ts'
import type { LogSubscriptionFilter } from '../../model/log-filter.ts'
import type { LogArrival, LogGroup } from '../../model/log.ts'
import type { DirectMessage, Publication } from '../../model/notification.ts'
import type { OnceMark } from '../../model/once-mark.ts'
import type { FoldedSamples } from './sample-fold.ts'

/** Takes what log events say of metrics; durable when it resolves. `receivedAt` is when the events came. What is marked is taken once. */
export interface LogMetricSink {
  put(tenant: Tenant, samples: readonly FoldedSamples[], receivedAt: EpochMillis, mark?: OnceMark): Promise<void>
}

/** Filters of one kind, by their group's number. */
export interface LogFilterSource<Filter> {
  of(group: number): readonly Filter[]
  /** Stores what `decide` makes of the group's filters as they are by then, if anything. */
  change(group: number, decide: (filters: readonly Filter[]) => Filter | undefined): Promise<void>
  /** Forgets those of groups that are gone. */
  keepOnly(isThere: (group: number) => boolean): void
}

/** The outbox: what it took is delivered, or seen to have failed. What is marked is taken once. */
export interface LogOutbox {
  forward(publications: readonly Publication[], direct: readonly DirectMessage[], mark?: OnceMark): Promise<void>
}

/** Where the destinations lead that have a name. */
export interface NamedDestinations {
  byArn(arn: string): { readonly targetArn: string } | undefined
}

/** What accounts have set for all their log groups, or many of them. */
export interface AccountPolicies {
  subscription(group: LogGroup): LogSubscriptionFilter | undefined
  /** Whether metrics are made of the embedded metric format. */
  extractsMetrics(group: LogGroup): boolean
}

/** What transformers make of messages. */
export interface LogTransforms {
  /** Undefined where the group has none. */
  transformOf(arrival: LogArrival): ((message: string) => string | undefined) | undefined
}
