import type { Tenant } from '../../base/tenancy.ts'
import { epochSeconds, toSeconds } from '../../base/time.ts'
import { doubled, type SeriesNumber, type SeriesNumbers } from '../../model/metric-columns.ts'
import { metricKey, type MetricFilter, type MetricIdentity, type Unit } from '../../model/metric.ts'
import type { SeriesRow } from '../metrics/point-block.ts'
import { seriesId } from './series-id.ts'
import { SeriesLimitError } from './series-limit-error.ts'

/** A metric and its series, one a unit, in the alphabetical order of the units. The lists are live. */
export interface IndexedMetric {
  readonly metric: MetricIdentity
  readonly units: readonly Unit[]
  readonly series: readonly SeriesNumber[]
}

interface MutableMetric {
  readonly metric: MetricIdentity
  readonly units: Unit[]
  readonly series: SeriesNumber[]
}

interface TenantMetrics {
  readonly byKey: Map<string, MutableMetric>
  /** In ListMetrics' order; undefined after a new metric came, until somebody asks again. */
  sorted: readonly MutableMetric[] | undefined
}

interface SeriesFacts {
  readonly tenant: Tenant
  readonly metric: MetricIdentity
  readonly unit: Unit
}

/** How far `lastSeen` of a series may run ahead of what the store knows of it. */
const PERSIST_EVERY_SECONDS = 3600

/** All series that this process has met: their numbers, ids, and when they last had data. Answers ListMetrics. */
export class SeriesIndex implements SeriesNumbers {
  readonly #tenants = new Map<string, TenantMetrics>()
  readonly #facts: SeriesFacts[] = []
  #ids = new BigUint64Array(256)
  #firstSeen = new Uint32Array(256)
  #lastSeen = new Uint32Array(256)
  /** `lastSeen` as the store has it; 0: it does not know the series. */
  #persisted = new Uint32Array(256)
  readonly #dirty = new Set<SeriesNumber>()
  #limit = Infinity

  /** How many series there are; numbers are 0 … size - 1. */
  get size(): number {
    return this.#facts.length
  }

  /** Bounds how many series there may come to be; those that exist stay. */
  limitTo(series: number): void {
    this.#limit = Math.max(series, this.size)
  }

  /** The series' number, a new one when it was never met. Throws {@link SeriesLimitError}. */
  number(tenant: Tenant, metric: MetricIdentity, unit: Unit): SeriesNumber {
    const key = metricKey(metric)
    const metrics = this.#metricsOf(tenant)
    let indexed = metrics.byKey.get(key)
    const known = indexed?.units.indexOf(unit) ?? -1
    if (known >= 0) return indexed!.series[known]!
    if (this.size >= this.#limit) throw new SeriesLimitError(`there are ${this.size} series already`)
    if (indexed === undefined) {
      indexed = { metric, units: [], series: [] }
      metrics.byKey.set(key, indexed)
      metrics.sorted = undefined
    }
    const number = this.#add(tenant, indexed.metric, unit)
    const place = indexed.units.findIndex(other => other > unit)
    indexed.units.splice(place < 0 ? indexed.units.length : place, 0, unit)
    indexed.series.splice(place < 0 ? indexed.series.length : place, 0, number)
    return number
  }

  find(tenant: Tenant, key: string): IndexedMetric | undefined {
    return this.#tenants.get(tenantKey(tenant))?.byKey.get(key)
  }

  /** The number of a series by its id in the store; undefined for one that was never met. */
  numbersById(): ReadonlyMap<bigint, SeriesNumber> {
    return new Map(this.#facts.map((_, number) => [this.#ids[number]!, number]))
  }

  id(series: SeriesNumber): bigint {
    return this.#ids[series]!
  }

  /** Notes that the series has a datum at `seconds`. */
  touch(series: SeriesNumber, seconds: number): void {
    if (seconds <= this.#lastSeen[series]!) return
    this.#lastSeen[series] = seconds
    if (this.#firstSeen[series] === 0) this.#firstSeen[series] = seconds
    if (seconds - this.#persisted[series]! >= PERSIST_EVERY_SECONDS) this.#dirty.add(series)
  }

  /** Takes over what the store knows. */
  load(row: SeriesRow): void {
    const number = this.number({ account: row.account, region: row.region }, row.metric, row.unit)
    this.#firstSeen[number] = this.#firstSeen[number] === 0 ? row.firstSeen : Math.min(this.#firstSeen[number]!, row.firstSeen)
    this.#lastSeen[number] = Math.max(this.#lastSeen[number]!, row.lastSeen)
    this.#persisted[number] = Math.max(this.#persisted[number]!, row.lastSeen)
  }

  /** The series that the store should hear of. Tell {@link persisted} once it has. */
  unpersisted(): readonly SeriesNumber[] {
    return [...this.#dirty]
  }

  row(series: SeriesNumber): SeriesRow {
    const { tenant, metric, unit } = this.#facts[series]!
    return {
      id: this.#ids[series]!,
      account: tenant.account,
      region: tenant.region,
      metric,
      unit,
      firstSeen: epochSeconds(this.#firstSeen[series]!),
      lastSeen: epochSeconds(this.#lastSeen[series]!),
    }
  }

  persisted(rows: readonly SeriesNumber[]): void {
    for (const series of rows) {
      this.#persisted[series] = this.#lastSeen[series]!
      this.#dirty.delete(series)
    }
  }

  /** Metrics that match and have had data since `filter.since`, by namespace, name and dimensions. */
  list(filter: MetricFilter): Promise<readonly MetricIdentity[]> {
    const metrics = this.#tenants.get(tenantKey(filter.tenant))
    if (metrics === undefined) return Promise.resolve([])
    metrics.sorted ??= [...metrics.byKey.values()].sort((a, b) => compareMetrics(a.metric, b.metric))
    const since = toSeconds(filter.since)
    const found: MetricIdentity[] = []
    for (const { metric, series } of metrics.sorted) {
      if (!matches(metric, filter)) continue
      if (series.some(number => this.#lastSeen[number]! >= since && this.#lastSeen[number]! > 0)) found.push(metric)
    }
    return Promise.resolve(found)
  }

  #metricsOf(tenant: Tenant): TenantMetrics {
    const key = tenantKey(tenant)
    let metrics = this.#tenants.get(key)
    if (metrics === undefined) {
      metrics = { byKey: new Map(), sorted: undefined }
      this.#tenants.set(key, metrics)
    }
    return metrics
  }

  #add(tenant: Tenant, metric: MetricIdentity, unit: Unit): SeriesNumber {
    const number = this.#facts.length
    if (number === this.#ids.length) {
      this.#ids = doubled(this.#ids, BigUint64Array)
      this.#firstSeen = doubled(this.#firstSeen, Uint32Array)
      this.#lastSeen = doubled(this.#lastSeen, Uint32Array)
      this.#persisted = doubled(this.#persisted, Uint32Array)
    }
    this.#facts.push({ tenant, metric, unit })
    this.#ids[number] = seriesId(tenant, metric, unit)
    return number
  }
}

const tenantKey = (tenant: Tenant): string => `${tenant.account} ${tenant.region}`

const matches = (metric: MetricIdentity, filter: MetricFilter): boolean => {
  if (filter.namespace !== undefined && metric.namespace !== filter.namespace) return false
  if (filter.name !== undefined && metric.name !== filter.name) return false
  return filter.dimensions.every(wanted =>
    metric.dimensions.some(({ name, value }) => name === wanted.name && (wanted.value === undefined || value === wanted.value)),
  )
}

const compareMetrics = (a: MetricIdentity, b: MetricIdentity): number => {
  const one = metricKey(a)
  const other = metricKey(b)
  return one < other ? -1 : one > other ? 1 : 0
}
