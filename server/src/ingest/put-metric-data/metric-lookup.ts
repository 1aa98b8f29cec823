import type { Tenant } from '../../base/tenancy.ts'
import type { SeriesNumber, SeriesNumbers } from '../../model/metric-columns.ts'
import type { MetricProtocol } from '../../model/metric-intake.ts'
import { UNITS, type Dimension } from '../../model/metric.ts'
import { metricOf } from '../../model/metric-names.ts'
import type { CacheEntry, SeriesCache } from './series-cache.ts'
import type { SeriesCaches } from './series-caches.ts'

/** A metric's name and dimensions out of the bytes that a scanner has found them in; undefined when they are not of the plain form. */
export type ReadMetric = (
  bytes: Buffer,
  nameStart: number,
  nameEnd: number,
  dimensionsStart: number,
  dimensionsEnd: number,
) => { readonly name: string; readonly dimensions: readonly Dimension[] } | undefined

/** Finds the series of a datum by the bytes that name it, and learns those that were never met. One for each scanner. */
export class MetricLookup {
  readonly #series: SeriesNumbers
  readonly #caches: SeriesCaches
  readonly #protocol: MetricProtocol
  readonly #read: ReadMetric
  #tenant!: Tenant
  #namespace = ''
  /** Of the tenant and namespace that {@link begin} named. */
  cache!: SeriesCache

  constructor(series: SeriesNumbers, caches: SeriesCaches, protocol: MetricProtocol, read: ReadMetric) {
    this.#series = series
    this.#caches = caches
    this.#protocol = protocol
    this.#read = read
  }

  begin(tenant: Tenant, namespace: string): void {
    this.#tenant = tenant
    this.#namespace = namespace
    this.cache = this.#caches.get(tenant, this.#protocol, namespace)
  }

  /** The series of the metric in these bytes, in a unit (its place in UNITS); -1 when it is not a valid one. */
  find(
    unit: number, bytes: Buffer, nameStart: number, nameEnd: number, dimensionsStart: number, dimensionsEnd: number, leadStart = -1,
  ): SeriesNumber {
    const { cache } = this
    const entry = cache.find(bytes, nameStart, nameEnd, dimensionsStart, dimensionsEnd)
    if (entry >= 0) return this.known(entry, unit)
    const number = this.#learn(unit, bytes, nameStart, nameEnd, dimensionsStart, dimensionsEnd)
    if (number < 0) return -1
    const added = cache.add(bytes, nameStart, nameEnd, dimensionsStart, dimensionsEnd, leadStart)
    cache.setNumber(added, unit, number)
    cache.follow(added)
    return number
  }

  /** The series of a metric that was recognised. */
  known(entry: CacheEntry, unit: number): SeriesNumber {
    const { cache } = this
    cache.follow(entry)
    const known = cache.number(entry, unit)
    if (known >= 0) return known
    const nameStart = cache.offset[entry]!
    const nameEnd = nameStart + cache.nameLength[entry]!
    const dimensionsStart = cache.dimensionsOffset[entry]!
    const number = this.#learn(unit, cache.arena, nameStart, nameEnd, dimensionsStart, dimensionsStart + cache.dimensionsLength[entry]!)
    if (number >= 0) cache.setNumber(entry, unit, number)
    return number
  }

  #learn(unit: number, bytes: Buffer, nameStart: number, nameEnd: number, dimensionsStart: number, dimensionsEnd: number): SeriesNumber {
    const read = this.#read(bytes, nameStart, nameEnd, dimensionsStart, dimensionsEnd)
    const metric = read === undefined ? undefined : metricOf(this.#namespace, read.name, read.dimensions)
    return metric === undefined ? -1 : this.#series.number(this.#tenant, metric, UNITS[unit]!)
  }
}
