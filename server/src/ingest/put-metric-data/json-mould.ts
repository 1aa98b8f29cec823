import type { MetricColumns } from '../../model/metric-columns.ts'
import { type Datum, HAS_VALUE } from './datum.ts'
import { numberEnd, parseNumber } from './decimal.ts'
import { type JsonCursor, UNUSUAL } from './json-cursor.ts'
import type { MetricLookup } from './metric-lookup.ts'
import { sameBytes } from './same-bytes.ts'

/** Where things stand in a datum; -1: not there. */
export interface DatumPlaces {
  /** Where name and dimensions end when they came first. */
  leadEnd: number
  timeAt: number
  timeEnd: number
  valueAt: number
  valueEnd: number
}

/**
 * The datums of a request mostly differ in their metric, time and value alone. So each datum that was read member by member
 * becomes the mould for those after it: where the expected metric's bytes come next, and around two numbers the mould's own,
 * those numbers are all that is left to read.
 *
 * It is what stands in its datum after the dimensions, in three pieces of the body around its two numbers. No `#tail`:
 * there is no mould. No `#between`: it has no time.
 */
export class JsonMould {
  readonly #cursor: JsonCursor
  readonly #lookup: MetricLookup
  readonly #datum: Datum
  #lead = 0
  #leadLength = 0
  #between = 0
  #betweenLength = 0
  #tail = 0
  #tailLength = 0
  #timeFirst = false
  #unit = 0
  #resolution = 60

  constructor(cursor: JsonCursor, lookup: MetricLookup, datum: Datum) {
    this.#cursor = cursor
    this.#lookup = lookup
    this.#datum = datum
  }

  forget(): void {
    this.#tailLength = 0
  }

  /** A datum out of the mould, from its opening brace; answers the position after its closing one and white space, or that it is none. */
  scan(start: number, receivedAt: number, columns: MetricColumns): number {
    const { cache } = this.#lookup
    const { expected } = cache
    if (this.#tailLength === 0 || expected < 0 || start < 0) return UNUSUAL
    const { view, bytes } = this.#cursor
    const lead = cache.leadLength[expected]!
    if (lead === 0 || !sameBytes(view, start, cache.view, cache.leadOffset[expected]!, lead)) return UNUSUAL
    let at = start + lead
    if (!sameBytes(view, at, view, this.#lead, this.#leadLength)) return UNUSUAL
    let value = parseNumber(bytes, at + this.#leadLength)
    let time = NaN
    at = numberEnd()
    if (this.#betweenLength > 0) {
      if (at < 0 || !sameBytes(view, at, view, this.#between, this.#betweenLength)) return UNUSUAL
      const second = parseNumber(bytes, at + this.#betweenLength)
      at = numberEnd()
      time = this.#timeFirst ? value : second
      if (this.#timeFirst) value = second
    }
    if (at < 0 || !sameBytes(view, at, view, this.#tail, this.#tailLength)) return UNUSUAL
    const datum = this.#datum
    datum.clear()
    datum.has = HAS_VALUE
    datum.unit = this.#unit
    datum.storageResolution = this.#resolution
    datum.timestamp = Math.round(time * 1000)
    datum.value = value
    const series = this.#lookup.known(expected, datum.unit)
    if (series < 0 || !datum.write(columns, series, receivedAt)) return UNUSUAL
    return this.#cursor.space(at + this.#tailLength)
  }

  /** Makes the datum that ends at `end` the mould of the next ones, where it is of the usual form. */
  learn({ leadEnd, timeAt, timeEnd, valueAt, valueEnd }: DatumPlaces, end: number): void {
    this.#tailLength = 0
    if (leadEnd < 0 || valueAt < leadEnd || this.#datum.has !== HAS_VALUE || (timeAt >= 0 && timeAt < leadEnd)) return
    this.#timeFirst = timeAt >= 0 && timeAt < valueAt
    const firstEnd = this.#timeFirst ? timeEnd : valueEnd
    const lastEnd = Math.max(timeEnd, valueEnd)
    this.#lead = leadEnd
    this.#leadLength = (this.#timeFirst ? timeAt : valueAt) - leadEnd
    this.#between = firstEnd
    this.#betweenLength = timeAt < 0 ? 0 : Math.max(timeAt, valueAt) - firstEnd
    this.#tail = lastEnd
    this.#tailLength = end - lastEnd
    this.#unit = this.#datum.unit
    this.#resolution = this.#datum.storageResolution
  }
}
