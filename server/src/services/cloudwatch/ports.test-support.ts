import { accountId, region, type Tenant } from '../../base/tenancy.ts'
import { epochMillis, epochSeconds, type EpochMillis } from '../../base/time.ts'
import { seededEntropy } from '../../base/entropy.ts'
import { ActionPlanner } from '../../engines/alarms/actions.ts'
import type { AlarmContributor, AlarmHistoryItem, AlarmRecord, Transition } from '../../model/alarm.ts'
import {
  metricKey,
  sortDimensions,
  type Bucket,
  type BucketQuery,
  type ManyBucketsQuery,
  type MetricIdentity,
  type MetricReads,
  type MetricSums,
  type SumsQuery,
  type SumsSink,
  type Unit,
  type UnitBuckets,
} from '../../model/metric.ts'
import { windowSlots } from '../../model/metric-window.ts'
import type { MuteRule } from '../../model/mute-rule.ts'
import type { UnitSums, UnitSumsQuery, MetricUnitSums } from '../../model/unit-sums.ts'
import type { Publication } from '../../model/notification.ts'
import { Fault } from '../../wire/fault.ts'
import type { Call, Operation } from '../operation.ts'
import { inMemoryDefinitions } from './definitions.test-support.ts'
import { InMemoryDetectors } from './detectors/in-memory.test-support.ts'
import type { AlarmStore, MetricDirectory, MetricSink, MuteRuleStore, TagStore, TopicDirectory } from './ports.ts'
import { cloudWatch, type CloudWatchPorts } from './service.ts'

export const TENANT: Tenant = { account: accountId('123456789012'), region: region('eu-west-1') }
export const STRANGER: Tenant = { account: accountId('999999999999'), region: region('eu-west-1') }
export const NOW = epochMillis(Date.parse('2026-03-04T12:00:00Z'))

/** Everything CloudWatch's operations need, kept in memory, and short ways of calling and of publishing. */
export class InMemoryCloudWatch {
  readonly alarms = new InMemoryAlarms()
  readonly metrics = new InMemoryMetrics()
  readonly published: unknown[] = []
  readonly missingTopics = new Set<string>()
  now: EpochMillis = NOW

  readonly ports: CloudWatchPorts = {
    alarms: this.alarms,
    muteRules: new InMemoryMuteRules(this.alarms.tags),
    tags: this.alarms.tags,
    ...inMemoryDefinitions(this.alarms.tags),
    directory: this.metrics,
    reads: this.metrics,
    sink: { put: async (_call, input) => void this.published.push(input) } satisfies MetricSink,
    topics: { missing: async arns => new Set(arns.filter(arn => this.missingTopics.has(arn))) } satisfies TopicDirectory,
    planner: new ActionPlanner(seededEntropy(7), (_tenant, name) => `https://tocsin.test/alarms/${name}`),
    bands: undefined,
    detectors: new InMemoryDetectors(),
    checkPromql: query => (query.includes('{{') ? 'unexpected {' : undefined),
    pictures: { draw: async svg => (svg.includes('too much') ? undefined : Buffer.from(svg)) },
  }

  operation(name: string): Operation {
    const found = cloudWatch(this.ports).operations.find(candidate => candidate.name === name)
    if (found === undefined) throw new Error(`no operation ${name}`)
    return found
  }

  call(tenant: Tenant = TENANT): Call {
    return { tenant, principal: { kind: 'root', account: tenant.account, accessKeyId: 'AKIATEST' }, requestId: 'request-1', now: this.now }
  }

  async run<Output = Record<string, unknown>>(name: string, input: object, tenant: Tenant = TENANT): Promise<Output> {
    return (await this.operation(name).run(input as never, this.call(tenant))) as Output
  }

  /** `Code: message` of the refusal; fails when there is none. */
  async refusal(name: string, input: object, tenant: Tenant = TENANT): Promise<string> {
    try {
      await this.run(name, input, tenant)
    } catch (error) {
      if (error instanceof Fault) return `${error.code}: ${error.message}`
      throw error
    }
    throw new Error(`${name} was not refused`)
  }
}

class InMemoryAlarms implements AlarmStore {
  readonly #records = new Map<string, AlarmRecord>()
  readonly #contributors = new Map<string, readonly AlarmContributor[]>()
  readonly items: AlarmHistoryItem[] = []
  readonly publications: Publication[] = []
  readonly #tags = new Map<string, Readonly<Record<string, string>>>()

  readonly tags: TagStore = {
    get: async (_tenant, arn) => this.#tags.get(arn) ?? {},
    put: async (_tenant, arn, tags) => void this.#tags.set(arn, { ...this.#tags.get(arn), ...tags }),
    remove: async (_tenant, arn, keys) => {
      const left = Object.entries(this.#tags.get(arn) ?? {}).filter(([key]) => !keys.includes(key))
      this.#tags.set(arn, Object.fromEntries(left))
    },
  }

  async get(tenant: Tenant, name: string): Promise<AlarmRecord | undefined> {
    return (await this.list(tenant)).find(({ alarm }) => alarm.name === name)
  }

  async list(tenant: Tenant): Promise<readonly AlarmRecord[]> {
    return [...this.#records.values()]
      .filter(({ alarm }) => alarm.tenant.account === tenant.account && alarm.tenant.region === tenant.region)
      .sort((a, b) => (a.alarm.name < b.alarm.name ? -1 : 1))
  }

  async put(record: AlarmRecord, history: AlarmHistoryItem, tags: Readonly<Record<string, string>>): Promise<void> {
    const stored = this.#records.get(record.alarm.arn)
    this.#records.set(record.alarm.arn, { alarm: record.alarm, state: stored?.state ?? record.state })
    if (stored === undefined) this.#tags.set(record.alarm.arn, tags)
    this.items.push(history)
  }

  async delete(tenant: Tenant, names: readonly string[], history: readonly AlarmHistoryItem[]): Promise<void> {
    for (const { alarm } of await this.list(tenant)) {
      if (!names.includes(alarm.name)) continue
      this.#records.delete(alarm.arn)
      this.#tags.delete(alarm.arn)
    }
    this.items.push(...history)
  }

  async commit(transitions: readonly Transition[]): Promise<readonly Transition[]> {
    for (const { record, history, publications, contributors } of transitions) {
      if (contributors !== undefined) this.#contributors.set(record.alarm.arn, contributors)
      this.#records.set(record.alarm.arn, record)
      this.items.push(...history)
      this.publications.push(...publications)
    }
    return transitions
  }

  async contributors(_tenant: Tenant, arn: string): Promise<readonly AlarmContributor[]> {
    return this.#contributors.get(arn) ?? []
  }

  async history(query: Parameters<AlarmStore['history']>[0]): Promise<readonly AlarmHistoryItem[]> {
    const found = this.items.filter(
      item =>
        item.tenant.account === query.tenant.account &&
        (query.alarmName === undefined || query.alarmName === item.alarmName) &&
        (query.alarmTypes.length === 0 || query.alarmTypes.includes(item.alarmType)) &&
        (query.type === undefined || query.type === item.type) &&
        (query.contributorId === undefined || query.contributorId === item.contributor?.id) &&
        (query.from === undefined || item.at >= query.from) &&
        (query.to === undefined || item.at <= query.to),
    )
    const ordered = query.newestFirst ? found.toReversed() : found
    return ordered.slice(query.offset, query.offset + query.limit)
  }
}

class InMemoryMuteRules implements MuteRuleStore {
  readonly #rules = new Map<string, MuteRule>()
  readonly #tags: TagStore

  constructor(tags: TagStore) {
    this.#tags = tags
  }

  async get(tenant: Tenant, name: string): Promise<MuteRule | undefined> {
    return (await this.list(tenant)).find(rule => rule.name === name)
  }

  async list(tenant: Tenant): Promise<readonly MuteRule[]> {
    return [...this.#rules.values()]
      .filter(rule => rule.tenant.account === tenant.account && rule.tenant.region === tenant.region)
      .sort((a, b) => (a.name < b.name ? -1 : 1))
  }

  async put(rule: MuteRule, tags: Readonly<Record<string, string>>): Promise<void> {
    if (!this.#rules.has(rule.arn)) await this.#tags.put(rule.tenant, rule.arn, tags)
    this.#rules.set(rule.arn, rule)
  }

  async delete(tenant: Tenant, name: string): Promise<void> {
    const rule = await this.get(tenant, name)
    if (rule !== undefined) this.#rules.delete(rule.arn)
  }
}

interface Sample {
  readonly tenant: Tenant
  readonly metric: MetricIdentity
  readonly at: number
  readonly value: number
  readonly unit: Unit
}

/** Samples as they were published; buckets are made when asked for. */
class InMemoryMetrics implements MetricDirectory, MetricReads, MetricSums, MetricUnitSums {
  readonly #samples: Sample[] = []
  readonly queries: BucketQuery[] = []

  /** `secondsAgo` counts back from {@link NOW}. */
  add(
    name: string,
    secondsAgo: number,
    value: number,
    options: { unit?: Unit; dimensions?: Readonly<Record<string, string>>; namespace?: string; tenant?: Tenant } = {},
  ): this {
    const dimensions = Object.entries(options.dimensions ?? {}).map(([key, text]) => ({ name: key, value: text }))
    this.#samples.push({
      tenant: options.tenant ?? TENANT,
      metric: { namespace: options.namespace ?? 'App', name, dimensions: sortDimensions(dimensions) },
      at: NOW / 1000 - secondsAgo,
      value,
      unit: options.unit ?? 'None',
    })
    return this
  }

  async list(filter: Parameters<MetricDirectory['list']>[0]): Promise<readonly MetricIdentity[]> {
    const found = this.#samples.filter(
      ({ tenant, metric, at }) =>
        tenant.account === filter.tenant.account &&
        (filter.namespace === undefined || filter.namespace === metric.namespace) &&
        (filter.name === undefined || filter.name === metric.name) &&
        at * 1000 >= filter.since &&
        filter.dimensions.every(wanted =>
          metric.dimensions.some(({ name, value }) => name === wanted.name && (wanted.value === undefined || wanted.value === value)),
        ),
    )
    const byKey = new Map(found.map(({ metric }) => [metricKey(metric), metric]))
    return [...byKey.keys()].sort().map(key => byKey.get(key)!)
  }

  readMany(query: ManyBucketsQuery): Promise<readonly (readonly UnitBuckets[])[]> {
    return Promise.all(query.metrics.map(metric => this.read({ ...query, metric })))
  }

  async sumMany({ tenant, metrics, start, period, slots }: SumsQuery, sink: SumsSink): Promise<void> {
    const range = { start, end: epochSeconds(start + period * slots), period, origin: start, samples: false }
    for (const [place, units] of (await this.readMany({ tenant, metrics, unit: undefined, ...range })).entries()) {
      for (const { start: at, count, sum, minimum, maximum } of units.flatMap(({ buckets }) => buckets)) {
        sink.add(place, (at - start) / period, count, sum, minimum, maximum)
      }
    }
  }

  async unitSums({ tenant, metrics, unit: only, start, end, period }: UnitSumsQuery): Promise<readonly (readonly UnitSums[])[]> {
    const answers = await this.readMany({ tenant, metrics, unit: only, start, end, period, origin: start, samples: false })
    return answers.map(units => units.map(({ unit, buckets: found }) => {
      const columns = { unit, ...windowSlots(Math.ceil((end - start) / period)) }
      for (const bucket of found) {
        const slot = (bucket.start - start) / period
        for (const name of ['count', 'sum', 'minimum', 'maximum'] as const) columns[name][slot] = bucket[name]
      }
      return columns
    }))
  }

  async read(query: BucketQuery): Promise<readonly UnitBuckets[]> {
    this.queries.push(query)
    const wanted = this.#samples.filter(
      ({ tenant, metric, at, unit }) =>
        tenant.account === query.tenant.account &&
        metricKey(metric) === metricKey(query.metric) &&
        at >= query.start &&
        at < query.end &&
        (query.unit === undefined || query.unit === unit),
    )
    const units = [...new Set(wanted.map(({ unit }) => unit))].sort()
    return units.map(unit => ({ unit, buckets: buckets(wanted.filter(sample => sample.unit === unit), query) }))
  }
}

const buckets = (samples: readonly Sample[], { origin, period }: BucketQuery): readonly Bucket[] => {
  const startOf = ({ at }: Sample): number => origin + Math.floor((at - origin) / period) * period
  const starts = [...new Set(samples.map(startOf))].sort((a, b) => a - b)
  return starts.map(start => {
    const values = samples.filter(sample => startOf(sample) === start).map(({ value }) => value).sort((a, b) => a - b)
    return {
      start: epochSeconds(start),
      count: values.length,
      sum: values.reduce((total, value) => total + value, 0),
      minimum: values[0]!,
      maximum: values.at(-1)!,
      ...(values[0]! < 0 ? {} : { values, weights: values.map(() => 1) }),
    }
  })
}
