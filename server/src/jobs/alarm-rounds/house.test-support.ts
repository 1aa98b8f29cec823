import { ActionPlanner } from '../../engines/alarms/actions.ts'
import { alarmArn } from '../../base/arn.ts'
import { seededEntropy } from '../../base/entropy.ts'
import { silentLog } from '../../base/log.ts'
import { ManualClock } from '../../base/manual-clock.ts'
import { epochMillis, epochSeconds, millis, toSeconds, type EpochMillis, type EpochSeconds } from '../../base/time.ts'
import { metricAlarm, tenant, topic } from '../../engines/alarms/alarm.test-support.ts'
import type { Grid } from '../../engines/expressions/program.ts'
import type { Alarm, AlarmContributor, AlarmRecord, AlarmState, AlarmStateValue, MetricAlarm, Transition } from '../../model/alarm.ts'
import type { BandModel } from '../../model/anomaly-detector.ts'
import type { ActiveMute } from '../../model/mute-rule.ts'
import type { MetricWindows } from '../../model/metric-window.ts'
import type { Bucket, MetricFilter, MetricIdentity, MetricReads, MetricSums, Unit } from '../../model/metric.ts'
import { AlarmEvents, type AlarmEvent } from '../alarm-events.ts'
import { AlarmRounds } from './alarm-rounds.ts'
import type { LogRow, LogSearchRequest, PromqlAnswer } from './ports.ts'

const metric = { namespace: 'App', name: 'Load', dimensions: [] }

/** The metric as one of several hosts reports it. */
export const ofHost = (host: string): MetricIdentity => ({ ...metric, dimensions: [{ name: 'Host', value: host }] })
const hostOf = ({ dimensions }: MetricIdentity): string | undefined => dimensions.find(({ name }) => name === 'Host')?.value

/** A time of the first of March, unless it names its own day. */
const epoch = (clockTime: string): EpochMillis => epochMillis(Date.parse(clockTime.includes('T') ? clockTime : `2025-03-01T${clockTime}Z`))

/** A house with an in-memory store and a clock that is moved by hand; its alarms can be restarted, its disk can be full. */
export class House {
  readonly clock: ManualClock
  readonly records = new Map<string, AlarmRecord>()
  readonly committed: Transition[] = []
  readonly events: AlarmEvent[] = []
  /** What the disk or the store answers instead of doing its work. */
  commitFailure: Error | undefined
  readFailure: Error | undefined
  /** A commit with this alarm in it fails. */
  refuse: string | undefined
  /** Commits wait for it. */
  commitGate: Promise<void> = Promise.resolve()
  commits = 0
  storedReads = 0
  /** How often metrics were listed. */
  lists = 0
  savedUpTo: EpochMillis | undefined
  missingTopics = new Set<string>()
  /** Memory begins here; what is older is in the store alone. */
  memoryFrom = epochSeconds(0)
  /** As they are committed, by their alarm's ARN. */
  readonly contributors = new Map<string, readonly AlarmContributor[]>()
  /** By alarm. */
  readonly mutes = new Map<string, ActiveMute>()
  band: BandModel | undefined
  /** What PromQL queries answer: `up{host=~…}` is not asked, the labels of who is there are. */
  present: (at: EpochSeconds) => readonly string[] = () => []
  /** What Contributor Insights rules count. */
  rule: (name: string, metric: string, grid: Grid) => Float64Array | undefined = () => undefined
  /** What searches of logs answer. */
  logs: (search: LogSearchRequest) => readonly LogRow[] | string = () => []
  readonly searches: LogSearchRequest[] = []
  readonly #points: { at: EpochSeconds; value: number; unit: Unit; host: string | undefined }[] = []
  readonly #entropy = seededEntropy(7)
  #listener: ((change: { readonly arn: string; readonly record: AlarmRecord | undefined }) => void) | undefined
  #rounds: AlarmRounds | undefined

  constructor(start: string) {
    this.clock = new ManualClock(epoch(start))
  }

  async open(): Promise<void> {
    this.#rounds = new AlarmRounds({
      clock: this.clock,
      log: silentLog,
      book: {
        all: () => Promise.resolve([...this.records.values()]),
        onChange: listener => {
          this.#listener = listener
        },
        contributors: () => Promise.resolve(this.contributors),
        tagsOf: arns => Promise.resolve(new Map(arns.map(arn => [arn, { Severity: 'P2' }]))),
        commit: transitions => this.#commit(transitions),
        evaluatedUpTo: () => Promise.resolve(this.savedUpTo),
        setEvaluatedUpTo: upTo => {
          this.savedUpTo = upTo
          return Promise.resolve()
        },
      },
      topics: { missing: arns => Promise.resolve(new Set(arns.filter(arn => this.missingTopics.has(arn)))) },
      mutes: { activeFor: (_, name) => this.mutes.get(name) },
      sources: {
        windows: this.#windows(),
        reads: this.#reads(),
        sums: this.#sums(),
        directory: { list: filter => Promise.resolve(this.#metrics(filter)) },
        bands: { get: () => this.band },
        promql: { instant: (_, query, at) => this.#instant(query, at) },
        logs: { find: (_, search) => this.#find(search) },
        rules: { values: (_, rule, metric, grid) => Promise.resolve(this.rule(rule, metric, grid)) },
      },
      planner: new ActionPlanner(this.#entropy, (_, name) => `https://tocsin.example/alarms/${name}`),
    })
    const hub = new AlarmEvents({ clock: this.clock, entropy: this.#entropy, log: silentLog, activeMute: ({ alarm }) => this.mutes.get(alarm.name), tags: () => Promise.resolve({ Severity: 'P2' }) })
    hub.listen(event => this.events.push(event))
    this.#rounds.onCommitted(change => hub.evaluated(change))
    await this.#rounds.start()
  }

  #find(search: LogSearchRequest): Promise<{ readonly rows: readonly LogRow[] } | { readonly error: string }> {
    this.searches.push(search)
    if (this.readFailure !== undefined) return Promise.reject(this.readFailure)
    const found = this.logs(search)
    return Promise.resolve(typeof found === 'string' ? { error: found } : { rows: found })
  }

  /** A clean stop; `kill` is the other one. */
  async close(): Promise<void> {
    await this.#rounds?.stop()
  }

  /** Moves on to a time of the day. */
  async until(clockTime: string): Promise<void> {
    const by = epoch(clockTime) - this.clock.now()
    if (by < 0) throw new Error(`it is past ${clockTime} already`)
    await this.clock.advance(millis(by))
  }

  /** Sets the clock, as NTP or an operator does. */
  step(clockTime: string): void {
    this.clock.step(epoch(clockTime))
  }

  /** A datapoint at a time of the day, or now. */
  put(value: number, clockTime?: string, unit: Unit = 'None', host?: string): void {
    this.#points.push({ at: clockTime === undefined ? toSeconds(this.clock.now()) : toSeconds(epoch(clockTime)), value, unit, host })
  }

  /** One value for each period from one time up to another. */
  fill(value: number, from: string, to: string, every = 60, host?: string): void {
    for (let at = epoch(from) / 1000; at < epoch(to) / 1000; at += every) this.#points.push({ at: epochSeconds(at), value, unit: 'None', host })
  }

  /** Creates or redefines; a redefined alarm keeps its state. Breaches above 10. */
  alarm(name: string, changes: Partial<MetricAlarm> = {}): void {
    const now = this.clock.now()
    this.define(metricAlarm({ tenant, name, okActions: [topic], alarmActions: [topic], configuredAt: now, metric, threshold: 10, ...changes }))
  }

  /** The same of any kind. */
  define(alarm: Alarm, initial: AlarmStateValue = 'INSUFFICIENT_DATA'): void {
    const { arn } = alarm
    const now = this.clock.now()
    const state: AlarmState = this.records.get(arn)?.state ?? {
      value: initial, reason: 'Unchecked: Initial alarm creation', reasonData: undefined, updatedAt: now, transitionedAt: now,
    }
    this.#change(arn, { alarm, state })
  }

  delete(name: string): void {
    this.#change(alarmArn(tenant, name), undefined)
  }

  /** SetAlarmState. */
  set(name: string, value: AlarmStateValue): void {
    const arn = alarmArn(tenant, name)
    const now = this.clock.now()
    const state: AlarmState = { value, reason: 'testing', reasonData: undefined, updatedAt: now, transitionedAt: now }
    this.#change(arn, { alarm: this.records.get(arn)!.alarm, state })
  }

  state(name: string): AlarmStateValue {
    return this.records.get(alarmArn(tenant, name))!.state.value
  }

  reason(name: string): string {
    return this.records.get(alarmArn(tenant, name))!.state.reason
  }

  /** `12:01:00 cpu ALARM`: every state that was committed, in order. */
  get story(): readonly string[] {
    return this.committed.filter(({ history }) => history.some(({ type }) => type === 'StateUpdate')).map(({ record: { alarm, state } }) => `${new Date(state.updatedAt).toISOString().slice(11, 19)} ${alarm.name} ${state.value}`)
  }

  /** `cpu ALARM`: every message that went out. */
  get sent(): readonly string[] {
    return this.committed.flatMap(({ publications }) => publications.map(({ alarm }) => `${alarm?.name} ${alarm?.state}`))
  }

  #change(arn: string, record: AlarmRecord | undefined): void {
    if (record === undefined) this.records.delete(arn)
    else this.records.set(arn, record)
    this.#listener?.({ arn, record })
  }

  /** The metrics that hosts report. */
  #metrics({ since }: MetricFilter): readonly MetricIdentity[] {
    this.lists++
    const hosts = new Set(this.#points.filter(point => point.host !== undefined && point.at >= toSeconds(since)).map(({ host }) => host!))
    return [...hosts].sort().map(host => ofHost(host))
  }

  async #instant(query: string, at: EpochSeconds): Promise<PromqlAnswer | { readonly error: string }> {
    if (query === 'broken') return { error: 'no such thing' }
    if (this.readFailure !== undefined) throw this.readFailure
    return { series: this.present(at).map(host => ({ host })), partial: false }
  }

  async #commit(transitions: readonly Transition[]): Promise<readonly Transition[]> {
    this.commits++
    await this.commitGate
    if (this.commitFailure !== undefined) throw this.commitFailure
    if (transitions.some(({ record }) => record.alarm.name === this.refuse)) throw new Error('constraint failed')
    const done = transitions.filter(({ record: { alarm }, basedOn }) => {
      const known = this.records.get(alarm.arn)
      return known !== undefined && (basedOn === undefined || (known.state === basedOn && known.alarm === alarm))
    })
    for (const { record, contributors } of done) {
      this.records.set(record.alarm.arn, record)
      if (contributors !== undefined) this.contributors.set(record.alarm.arn, contributors)
    }
    this.committed.push(...done)
    return done
  }

  #bucket(of: MetricIdentity, unit: Unit | undefined, start: number, end: number): Bucket | undefined {
    const host = hostOf(of)
    const values = this.#points.filter(point => point.unit === unit && point.host === host && point.at >= start && point.at < end).map(point => point.value)
    if (values.length === 0) return undefined
    values.sort((a, b) => a - b)
    return {
      start: epochSeconds(start), count: values.length, sum: values.reduce((sum, value) => sum + value, 0), minimum: values[0]!,
      maximum: values.at(-1)!, values, weights: values.map(() => 1),
    }
  }

  #units(of: MetricIdentity, unit: Unit | undefined, start: number, end: number): readonly Unit[] {
    if (of.namespace !== metric.namespace || of.name !== metric.name) return []
    if (unit !== undefined) return [unit]
    const host = hostOf(of)
    return [...new Set(this.#points.filter(point => point.host === host && point.at >= start && point.at < end).map(point => point.unit))].sort()
  }

  #windows(): MetricWindows {
    return {
      open: (owner, of, unit) => ({ tenant: owner, metric: of, unit }),
      covers: start => start >= this.memoryFrom,
      read: (handle, start, period, slots, out) => {
        const unit = this.#units(handle.metric, handle.unit, start, start + slots * period)[0]
        let filled = 0
        for (let slot = 0; slot < slots; slot++) {
          const bucket = unit && this.#bucket(handle.metric, unit, start + slot * period, start + (slot + 1) * period)
          if (bucket !== undefined) filled++
          out.count[slot] = bucket?.count ?? 0
          out.sum[slot] = bucket?.sum ?? 0
          out.minimum[slot] = bucket?.minimum ?? 0
          out.maximum[slot] = bucket?.maximum ?? 0
        }
        return filled
      },
      samples: (handle, start, period) => {
        const bucket = this.#bucket(handle.metric, this.#units(handle.metric, handle.unit, start, start + period)[0], start, start + period)
        return bucket && { values: Float64Array.from(bucket.values!), weights: Float64Array.from(bucket.weights!) }
      },
    }
  }

  #sums(): MetricSums {
    return {
      sumMany: ({ metrics, start, period, slots }, sink) => {
        for (const [place, of] of metrics.entries()) {
          for (let slot = 0; slot < slots; slot++) {
            const bucket = this.#bucket(of, 'None', start + slot * period, start + (slot + 1) * period)
            if (bucket !== undefined) sink.add(place, slot, bucket.count, bucket.sum, bucket.minimum, bucket.maximum)
          }
        }
        return this.readFailure === undefined ? Promise.resolve() : Promise.reject(this.readFailure)
      },
    }
  }

  #reads(): MetricReads {
    return {
      readMany: async ({ metrics, unit, start, end, period }) => {
        this.storedReads++
        if (this.readFailure !== undefined) throw this.readFailure
        return metrics.map(of => this.#units(of, unit, start, end).map(each => {
          const buckets: Bucket[] = []
          for (let at: number = start; at < end; at += period) {
            const bucket = this.#bucket(of, each, at, at + period)
            if (bucket !== undefined) buckets.push(bucket)
          }
          return { unit: each, buckets }
        }))
      },
      read: () => Promise.reject(new Error('alarms read what they need at once')),
    }
  }
}
