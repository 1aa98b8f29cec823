import type { Tenant } from '../../base/tenancy.ts'
import type { EpochMillis } from '../../base/time.ts'
import type { PutLogs } from '../../model/log-intake.ts'
import type { FilterPattern } from '../../engines/patterns/filter-pattern.ts'
import type { LogDestination } from '../../model/log-filter.ts'
import type { LogBoundary, LogPageRead, LogStreamPage } from '../../model/log-read.ts'
import type { LogGroup, LogStream, StoredLogEvent } from '../../model/log.ts'

/** Log groups and streams. */
export interface LogGroupStore {
  get(tenant: Tenant, name: string): LogGroup | undefined
  byId(id: number): LogGroup | undefined
  /** By name, or by ARN with or without `:*`. Another tenant's group is not there. */
  find(tenant: Tenant, nameOrArn: string): LogGroup | undefined
  /** By name in code units. */
  list(tenant: Tenant): readonly LogGroup[]
  /** Undefined when there is one of that name. */
  create(group: Omit<LogGroup, 'id'>, tags?: Readonly<Record<string, string>>): Promise<LogGroup | undefined>
  /** Undefined when it is gone. */
  update(id: number, change: (group: LogGroup) => LogGroup): Promise<LogGroup | undefined>
  /** With all that is in it. */
  delete(id: number): Promise<void>
  stream(group: number, name: string): Promise<LogStream | undefined>
  streams(group: number, page: LogStreamPage): Promise<readonly LogStream[]>
  /** False when there is one of that name, or the group is gone. */
  createStream(group: number, name: string, now: EpochMillis): Promise<boolean>
  /** False when it was not there. */
  deleteStream(group: number, name: string): Promise<boolean>
}

/** Takes events; durable when it resolves. */
export interface LogSink {
  accept(put: PutLogs): Promise<unknown>
}

/** Reads events; what was accepted before is found. */
export interface LogEventReads {
  page(read: LogPageRead): Promise<readonly StoredLogEvent[]>
  /** Those that `matches` lets through, in the order that was asked for, and where to go on; undefined when all were looked at. */
  search(
    read: LogPageRead,
    matches: (message: string) => boolean,
  ): Promise<{ readonly events: readonly StoredLogEvent[]; readonly next: LogBoundary | undefined }>
  event(group: LogGroup, timestamp: EpochMillis, seq: bigint, unmask: boolean): Promise<StoredLogEvent | undefined>
}

/** What DescribeLogGroups says of groups besides their definition, each by the group's number. */
export interface LogGroupFigures {
  storedBytes(groups: readonly LogGroup[]): Promise<ReadonlyMap<number, number>>
}

/** Tags by ARN. */
export interface LogTags {
  get(tenant: Tenant, arn: string): Promise<Readonly<Record<string, string>>>
  /** Of many at once; what has none is not in the answer. */
  of(tenant: Tenant, arns: readonly string[]): Promise<ReadonlyMap<string, Readonly<Record<string, string>>>>
  /** Adds and overwrites. */
  put(tenant: Tenant, arn: string, tags: Readonly<Record<string, string>>): Promise<void>
  remove(tenant: Tenant, arn: string, keys: readonly string[]): Promise<void>
}

/** Filters of one kind, by their group's number. */
export interface LogFilterStore<Filter> {
  /** By name in code units. */
  of(group: number): readonly Filter[]
  /** Stores what `decide` makes of the group's filters as they are by then; it may refuse by throwing. */
  change(group: number, decide: (filters: readonly Filter[]) => Filter): Promise<void>
  /** False when there was none. */
  delete(group: number, name: string): Promise<boolean>
}

/** How many metric filters a group has. */
export interface MetricFilterLists {
  of(group: number): readonly unknown[]
}

/** Topics of the notification service, as far as subscription filters have to know them. */
export interface LogTopics {
  get(tenant: Tenant, arn: string): Promise<unknown>
}

export interface LogDestinationStore {
  /** Of any tenant. */
  byArn(arn: string): LogDestination | undefined
  /** By name in code units. */
  list(tenant: Tenant): readonly LogDestination[]
  /** Creates with the tags, or overwrites; tags only take effect on creation. */
  put(destination: LogDestination, tags: Readonly<Record<string, string>>): Promise<void>
  /** With its tags. */
  delete(destination: LogDestination): Promise<void>
}

/** Who watches events as they come. */
export interface LogTails {
  /** Undefined when the account has as many as it may have. */
  open(request: {
    readonly tenant: Tenant
    readonly groups: readonly LogGroup[]
    readonly streams: { readonly names: readonly string[] } | { readonly prefixes: readonly string[] } | undefined
    readonly pattern: FilterPattern | undefined
  }): LogTail | undefined
}

/** Gives what came, every second, until it is over. */
export interface LogTail extends AsyncIterable<{ readonly events: readonly WatchedEvent[]; readonly sampled: boolean }> {
  readonly over: 'timeout' | 'closed' | undefined
}

interface WatchedEvent {
  readonly group: LogGroup
  readonly stream: string
  readonly timestamp: EpochMillis
  readonly ingestedAt: EpochMillis
  readonly message: string
}
