import { InTurn } from '../../base/in-turn.ts'
import type { Tenant } from '../../base/tenancy.ts'
import { epochMillis, type EpochMillis } from '../../base/time.ts'
import { logGroupArn, parseArn } from '../../base/arn.ts'
import type { LogStreamPage } from '../../model/log-read.ts'
import type { LogGroup, LogStream, LogStreamActivity } from '../../model/log.ts'
import type { LogGroups, LogRemoval } from '../control/log-groups.ts'
import type { LogStreams, TouchedStream } from '../control/log-streams.ts'
import type { SeqSource } from './seq-source.ts'

/** Streams that are kept at hand; those with news that are not written down yet are kept besides. */
const KEPT_STREAMS = 50_000

type Tags = Readonly<Record<string, string>>

/** All log groups, and the streams that are in use, at hand: every request that carries events asks for them. */
export class LogDirectory {
  readonly #groups: LogGroups
  readonly #streams: LogStreams
  readonly #seq: SeqSource
  readonly #turns = new InTurn()
  readonly #byId = new Map<number, LogGroup>()
  readonly #byArn = new Map<string, LogGroup>()
  /** By group and name, those that came first at the front. */
  readonly #known = new Map<string, KnownStream>()
  #touched = new Set<KnownStream>()
  #removals: readonly LogRemoval[] = []

  private constructor(groups: LogGroups, streams: LogStreams, seq: SeqSource) {
    this.#groups = groups
    this.#streams = streams
    this.#seq = seq
  }

  static async open(groups: LogGroups, streams: LogStreams, seq: SeqSource): Promise<LogDirectory> {
    const directory = new LogDirectory(groups, streams, seq)
    for (const group of await groups.all()) directory.#set(group)
    directory.#removals = await groups.removals()
    return directory
  }

  get(tenant: Tenant, name: string): LogGroup | undefined {
    return this.#byArn.get(logGroupArn(tenant, name))
  }

  byId(id: number): LogGroup | undefined {
    return this.#byId.get(id)
  }

  /** The tenant's group by its name or its ARN, with or without `:*`. Another tenant's is not there. */
  find(tenant: Tenant, nameOrArn: string): LogGroup | undefined {
    if (!nameOrArn.startsWith('arn:')) return this.get(tenant, nameOrArn)
    const arn = nameOrArn.endsWith(':*') ? nameOrArn.slice(0, -2) : nameOrArn
    const parts = parseArn(arn)
    return parts?.account === tenant.account && parts.region === tenant.region ? this.#byArn.get(arn) : undefined
  }

  /** By name in code units. */
  list(tenant: Tenant): readonly LogGroup[] {
    const found = [...this.#byId.values()].filter(group => group.tenant.account === tenant.account && group.tenant.region === tenant.region)
    return found.sort((a, b) => (a.name < b.name ? -1 : 1))
  }

  all(): IterableIterator<LogGroup> {
    return this.#byId.values()
  }

  /** Undefined when there is one of that name. */
  create(group: Omit<LogGroup, 'id'>, tags: Tags = {}): Promise<LogGroup | undefined> {
    return this.#turns.run(group.arn, async () => {
      if (this.#byArn.has(group.arn)) return undefined
      const created = await this.#groups.create(group, tags)
      this.#set(created)
      return created
    })
  }

  /** Changes the group as it is by then; undefined when it is gone. */
  update(id: number, change: (group: LogGroup) => LogGroup): Promise<LogGroup | undefined> {
    return this.#inTurn(id, async group => {
      const changed = change(group)
      await this.#groups.update(changed)
      this.#set(changed)
      return changed
    })
  }

  /** With all that is in it. */
  async delete(id: number): Promise<void> {
    await this.#inTurn(id, async group => {
      await this.#groups.delete(group)
      this.#byId.delete(id)
      this.#byArn.delete(group.arn)
      for (const [key, stream] of this.#known) if (stream.group === id) this.#forget(key, stream)
      this.#removals = await this.#groups.removals()
    })
  }

  /** The tenant's group of that name with that stream in it, made where they are missing. */
  async ensure(tenant: Tenant, name: string, stream: string, now: EpochMillis): Promise<LogGroup> {
    const arn = logGroupArn(tenant, name)
    for (;;) {
      const group = this.#byArn.get(arn) ?? (await this.create({ ...NEW_GROUP, tenant, name, arn, createdAt: now }))
      if (group === undefined) continue
      if ((await this.stream(group.id, stream)) === undefined) await this.createStream(group.id, stream, now)
      if (this.#byId.has(group.id)) return group
    }
  }

  /** True when the stream is known to be there without asking the store. */
  hasStream(group: number, name: string): boolean {
    return this.#known.has(keyOf(group, name))
  }

  async stream(group: number, name: string): Promise<LogStream | undefined> {
    const key = keyOf(group, name)
    const known = this.#known.get(key)
    if (known !== undefined) return known
    return this.#turns.run(key, async () => {
      const stream = await this.#streams.get(group, name)
      // A deletion may have come between.
      if (stream === undefined || !this.#byId.has(group)) return undefined
      return this.#keep(key, stream)
    })
  }

  /** False when there is one of that name, or the group is gone. */
  createStream(group: number, name: string, now: EpochMillis): Promise<boolean> {
    const key = keyOf(group, name)
    return this.#turns.run(key, async () => {
      if (!(await this.#streams.create(group, name, now))) return false
      this.#keep(key, { group, name, createdAt: now, activity: undefined })
      return true
    })
  }

  /** False when it was not there. Its events are not shown from now on, and removed later. */
  deleteStream(group: number, name: string): Promise<boolean> {
    const key = keyOf(group, name)
    return this.#turns.run(key, async () => {
      const known = this.#known.get(key)
      if (known !== undefined) this.#forget(key, known)
      const deleted = await this.#streams.delete(group, name, this.#seq.take(1))
      if (deleted) this.#removals = await this.#groups.removals()
      return deleted
    })
  }

  /** A page of the group's streams, with what happened until now. */
  async streams(group: number, page: LogStreamPage): Promise<readonly LogStream[]> {
    await this.writeDown()
    return this.#streams.page(group, page)
  }

  /** Takes note that a stream got events; written down by {@link writeDown}. */
  touch(group: number, name: string, first: number, last: number, ingested: number): void {
    const stream = this.#known.get(keyOf(group, name))
    if (stream === undefined) return
    const before = stream.activity
    stream.activity = {
      firstEvent: epochMillis(Math.min(first, before?.firstEvent ?? Infinity)),
      lastEvent: epochMillis(Math.max(last, before?.lastEvent ?? 0)),
      lastIngestion: epochMillis(Math.max(ingested, before?.lastIngestion ?? 0)),
    }
    this.#touched.add(stream)
  }

  /** Writes down when streams got their events. */
  async writeDown(): Promise<void> {
    if (this.#touched.size === 0) return
    const touched = this.#touched
    this.#touched = new Set()
    try {
      await this.#streams.touch([...touched] as readonly TouchedStream[])
    } catch (error) {
      for (const stream of touched) this.#touched.add(stream)
      throw error
    }
    this.#trim()
  }

  /** Deleted groups and streams whose events are not removed yet. */
  get removals(): readonly LogRemoval[] {
    return this.#removals
  }

  async removed(removal: LogRemoval): Promise<void> {
    await this.#groups.removed(removal)
    this.#removals = await this.#groups.removals()
  }

  #set(group: LogGroup): void {
    this.#byId.set(group.id, group)
    this.#byArn.set(group.arn, group)
  }

  #inTurn<Result>(id: number, task: (group: LogGroup) => Promise<Result>): Promise<Result | undefined> {
    const arn = this.#byId.get(id)?.arn
    if (arn === undefined) return Promise.resolve(undefined)
    return this.#turns.run(arn, async () => {
      const group = this.#byId.get(id)
      return group === undefined ? undefined : task(group)
    })
  }

  #keep(key: string, stream: LogStream): KnownStream {
    const kept = { ...stream }
    this.#known.set(key, kept)
    this.#trim()
    return kept
  }

  #forget(key: string, stream: KnownStream): void {
    this.#known.delete(key)
    this.#touched.delete(stream)
  }

  #trim(): void {
    if (this.#known.size <= KEPT_STREAMS) return
    for (const [key, stream] of this.#known) {
      if (this.#known.size <= KEPT_STREAMS * 0.9) return
      if (!this.#touched.has(stream)) this.#known.delete(key)
    }
  }
}

interface KnownStream extends Omit<LogStream, 'activity'> {
  activity: LogStreamActivity | undefined
}

const NEW_GROUP = { class: 'STANDARD', retentionDays: undefined, kmsKeyId: undefined, deletionProtected: false, bearerTokens: false } as const

const keyOf = (group: number, name: string): string => `${group}:${name}`
