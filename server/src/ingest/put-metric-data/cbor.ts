import type { Tenant } from '../../base/tenancy.ts'
import type { MetricColumns, SeriesNumber, SeriesNumbers } from '../../model/metric-columns.ts'
import type { AdmitPut } from '../../model/metric-intake.ts'
import { MAX_DIMENSIONS } from '../../model/metric-limits.ts'
import { isNamespace, MAX_NAME } from '../../model/metric-names.ts'
import { CborCursor, INDEFINITE } from './cbor-cursor.ts'
import { readCborMetric } from './cbor-metric.ts'
import { cborText } from './cbor-text.ts'
import { Datum, HAS_COUNTS, HAS_SET, HAS_VALUE, HAS_VALUES } from './datum.ts'
import { MAX_DATUMS, MAX_VALUES } from './limits.ts'
import { MetricLookup } from './metric-lookup.ts'
import { sameBytes } from './same-bytes.ts'
import type { SeriesCaches } from './series-caches.ts'
import { unitCodes } from './unit-codes.ts'

const NAMESPACE = cborText('Namespace')
const METRIC_DATA = cborText('MetricData')
const METRIC_NAME = cborText('MetricName')
const DIMENSIONS = cborText('Dimensions')
const TIMESTAMP = cborText('Timestamp')
const VALUE = cborText('Value')
const VALUES = cborText('Values')
const COUNTS = cborText('Counts')
const UNIT = cborText('Unit')
const STORAGE_RESOLUTION = cborText('StorageResolution')
const STATISTIC_VALUES = cborText('StatisticValues')
const SAMPLE_COUNT = cborText('SampleCount')
const SUM = cborText('Sum')
const MINIMUM = cborText('Minimum')
const MAXIMUM = cborText('Maximum')
/** Keys with the same first letter differ in their length, which is in the head. */
const VALUE_HEAD = 0x65
const STATISTIC_VALUES_HEAD = 0x6f

const SEEN_NAME = 16
const SEEN_DIMENSIONS = 32
const SEEN_TIMESTAMP = 64
const SEEN_UNIT = 128
const SEEN_RESOLUTION = 256

/** `c1`: epoch seconds follow (RFC 8949, 3.4.2). */
const TAG_EPOCH = 0xc1

/** A map's head of one byte and the key of the name. */
const LEAD_TO_NAME = 1 + METRIC_NAME.length
/** `fb`: a double follows. */
const DOUBLE = 0xfb

/**
 * Smithy RPC v2 CBOR → columns in one pass, as the scanner for JSON: known members in any order, plain ASCII, whole
 * strings, everything valid; for anything else it answers undefined and the general path decides.
 *
 * The datums of a request mostly differ in their metric, time and value alone. So each datum that was read member by member
 * becomes the mould for those after it: where the expected metric's bytes come next, and after them the mould's, with eight other
 * bytes for its time and its value, two numbers are all that is left to read.
 */
export class CborScanner {
  readonly #lookup: MetricLookup
  readonly #datum = new Datum()
  readonly #cursor = new CborCursor()
  #seen = 0
  #entry = -1
  #nameStart = 0
  #nameEnd = 0
  #dimensionsStart = 0
  #dimensionsEnd = 0
  #unitStart = 0
  #unitLength = 0
  #unit = 0
  /** Where name and dimensions end when they came first, and where the doubles of time and value begin; -1: not so. */
  #leadEnd = -1
  #timeAt = -1
  #valueAt = -1
  /** The mould: where in the body its datum begins, and the part after the dimensions. No length: there is none. */
  #mouldDatum = 0
  #mould = 0
  #mouldLength = 0
  #mouldTime = 0
  #mouldValue = 0
  #mouldResolution = 60

  constructor(series: SeriesNumbers, caches: SeriesCaches) {
    this.#lookup = new MetricLookup(series, caches, 'cbor', readCborMetric)
  }

  /** Appends the rows of all datums to `columns` and answers the namespace; undefined leaves it to the general path. */
  scan(tenant: Tenant, body: Uint8Array, receivedAt: number, columns: MetricColumns, admit: AdmitPut): string | undefined {
    const cursor = this.#cursor
    cursor.start(body)
    this.#unitLength = 0
    this.#mouldLength = 0
    const members = cursor.mapHeader()
    if ((members !== 2 && members !== INDEFINITE) || !cursor.take(NAMESPACE)) return undefined
    const length = cursor.textHeader()
    if (length < 0 || !cursor.isPlain(length)) return undefined
    const namespace = cursor.bytes.toString('latin1', cursor.at, cursor.at + length)
    cursor.at += length
    if (!isNamespace(namespace) || !cursor.take(METRIC_DATA)) return undefined
    admit(namespace)
    this.#lookup.begin(tenant, namespace)
    const datums = cursor.listHeader()
    if (datums > MAX_DATUMS || datums === 0 || datums < INDEFINITE) return undefined
    let done = 0
    while (datums === INDEFINITE ? !cursor.takeBreak() : done < datums) {
      if (++done > MAX_DATUMS) return undefined
      if (!this.#scanAlike(receivedAt, columns) && !this.#scanDatum(receivedAt, columns)) return undefined
    }
    if (done === 0 || (members === INDEFINITE && !cursor.takeBreak())) return undefined
    return cursor.at === cursor.end ? namespace : undefined
  }

  /** A datum out of the mould; false leaves everything as it was. */
  #scanAlike(receivedAt: number, columns: MetricColumns): boolean {
    const { cache } = this.#lookup
    const { expected } = cache
    const length = this.#mouldLength
    if (length === 0 || expected < 0) return false
    const { view, bytes, at, end } = this.#cursor
    const lead = cache.leadLength[expected]!
    const rest = at + lead
    // The first byte says how many members there are.
    if (lead === 0 || rest + length > end || bytes[at] !== bytes[this.#mouldDatum]) return false
    if (!sameBytes(view, at, cache.view, cache.leadOffset[expected]!, lead)) return false
    const mould = this.#mould
    const first = Math.min(this.#mouldTime, this.#mouldValue)
    const second = Math.max(this.#mouldTime, this.#mouldValue)
    if (!sameBytes(view, rest, view, mould, first)) return false
    if (!sameBytes(view, rest + first + 8, view, mould + first + 8, second - first - 8)) return false
    if (!sameBytes(view, rest + second + 8, view, mould + second + 8, length - second - 8)) return false
    const datum = this.#datum
    datum.clear()
    datum.has = HAS_VALUE
    datum.unit = this.#mouldUnit
    datum.storageResolution = this.#mouldResolution
    datum.timestamp = Math.round(view.getFloat64(rest + this.#mouldTime) * 1000)
    datum.value = view.getFloat64(rest + this.#mouldValue)
    if (datum.timestamp !== datum.timestamp) return false
    const series = this.#lookup.known(expected, datum.unit)
    if (series < 0 || !datum.write(columns, series, receivedAt)) return false
    this.#cursor.at = rest + length
    return true
  }

  /** Makes the datum from `start` to the cursor the mould of the next ones, where it is of the usual form. */
  #learnMould(start: number): void {
    const lead = this.#leadEnd
    this.#mouldLength = 0
    if (lead < 0 || this.#nameStart !== start + LEAD_TO_NAME || this.#timeAt < lead || this.#valueAt < lead || this.#datum.has !== HAS_VALUE) return
    this.#mouldDatum = start
    this.#mould = lead
    this.#mouldLength = this.#cursor.at - lead
    this.#mouldTime = this.#timeAt - lead
    this.#mouldValue = this.#valueAt - lead
    this.#mouldUnit = this.#datum.unit
    this.#mouldResolution = this.#datum.storageResolution
  }
  #mouldUnit = 0

  #scanDatum(receivedAt: number, columns: MetricColumns): boolean {
    const cursor = this.#cursor
    const datum = this.#datum
    const start = cursor.at
    datum.clear()
    this.#seen = 0
    this.#entry = -1
    this.#leadEnd = -1
    this.#timeAt = -1
    this.#valueAt = -1
    this.#dimensionsStart = 0
    this.#dimensionsEnd = 0
    const members = cursor.mapHeader()
    if (members < INDEFINITE) return false
    let left = members
    while (members === INDEFINITE ? !cursor.takeBreak() : left > 0) {
      left--
      if (!this.#scanMember()) return false
      // What was recognised together with the name is a member of its own.
      if (this.#together) left--
    }
    if ((this.#seen & SEEN_NAME) === 0 || (members !== INDEFINITE && left !== 0)) return false
    const series = this.#resolve(start)
    if (series < 0 || !datum.write(columns, series, receivedAt)) return false
    this.#learnMould(start)
    return true
  }
  #together = false

  #scanMember(): boolean {
    const cursor = this.#cursor
    const datum = this.#datum
    this.#together = false
    switch (cursor.bytes[cursor.at + 1]) {
      case 0x4d:
        return this.#once(SEEN_NAME) && cursor.take(METRIC_NAME) && this.#scanName()
      case 0x44:
        return this.#once(SEEN_DIMENSIONS) && cursor.take(DIMENSIONS) && this.#scanDimensions()
      case 0x54:
        if (!this.#once(SEEN_TIMESTAMP) || !cursor.take(TIMESTAMP) || cursor.bytes[cursor.at] !== TAG_EPOCH) return false
        cursor.at++
        if (cursor.bytes[cursor.at] === DOUBLE) this.#timeAt = cursor.at + 1
        datum.timestamp = Math.round(cursor.number() * 1000)
        return datum.timestamp === datum.timestamp
      case 0x56:
        if (cursor.bytes[cursor.at] === VALUE_HEAD) {
          if (!this.#has(HAS_VALUE) || !cursor.take(VALUE)) return false
          if (cursor.bytes[cursor.at] === DOUBLE) this.#valueAt = cursor.at + 1
          datum.value = cursor.number()
          return datum.value === datum.value
        }
        if (!this.#has(HAS_VALUES) || !cursor.take(VALUES)) return false
        datum.valueCount = this.#scanNumbers(datum.values)
        return datum.valueCount >= 0
      case 0x43:
        if (!this.#has(HAS_COUNTS) || !cursor.take(COUNTS)) return false
        datum.countCount = this.#scanNumbers(datum.counts)
        return datum.countCount >= 0
      case 0x55:
        return this.#once(SEEN_UNIT) && cursor.take(UNIT) && this.#scanUnit()
      case 0x53:
        if (cursor.bytes[cursor.at] === STATISTIC_VALUES_HEAD) return this.#has(HAS_SET) && cursor.take(STATISTIC_VALUES) && this.#scanSet()
        if (!this.#once(SEEN_RESOLUTION) || !cursor.take(STORAGE_RESOLUTION)) return false
        datum.storageResolution = cursor.number()
        return true
      default:
        return false
    }
  }

  /** The name, whose range includes its head; and the dimensions with it when both are those of the expected metric. */
  #scanName(): boolean {
    const cursor = this.#cursor
    const { cache } = this.#lookup
    const expected = cache.expected
    const start = cursor.at
    if (expected >= 0 && (this.#seen & SEEN_DIMENSIONS) === 0) {
      const offset = cache.offset[expected]!
      const nameLength = cache.nameLength[expected]!
      const dimensionsLength = cache.dimensionsLength[expected]!
      const dimensionsStart = start + nameLength + DIMENSIONS.length
      if (
        dimensionsLength > 0 &&
        sameBytes(cursor.view, start, cache.view, offset, nameLength) &&
        cursor.matches(start + nameLength, DIMENSIONS) &&
        sameBytes(cursor.view, dimensionsStart, cache.view, cache.dimensionsOffset[expected]!, dimensionsLength)
      ) {
        this.#entry = expected
        this.#nameStart = start
        if (this.#seen === SEEN_NAME && this.#datum.has === 0) this.#leadEnd = dimensionsStart + dimensionsLength
        this.#seen |= SEEN_DIMENSIONS
        this.#together = true
        cursor.at = dimensionsStart + dimensionsLength
        return true
      }
    }
    const length = cursor.textHeader()
    if (length < 0 || length > MAX_NAME - 3 || !cursor.isPlain(length)) return false
    cursor.at += length
    this.#nameStart = start
    this.#nameEnd = cursor.at
    return true
  }

  /** Steps over the list; the strings in it are looked at only when these very bytes were never met. */
  #scanDimensions(): boolean {
    const cursor = this.#cursor
    const start = cursor.at
    const count = cursor.listHeader()
    if (count < INDEFINITE || count > MAX_DIMENSIONS) return false
    for (let done = 0; count === INDEFINITE ? !cursor.takeBreak() : done < count; done++) {
      if (done >= MAX_DIMENSIONS) return false
      const members = cursor.mapHeader()
      if (members !== 2 && members !== INDEFINITE) return false
      for (let part = 0; part < 4; part++) {
        const length = cursor.textHeader()
        if (length < 0 || !cursor.isPlain(length)) return false
        cursor.at += length
      }
      if (members === INDEFINITE && !cursor.takeBreak()) return false
    }
    this.#dimensionsStart = start
    this.#dimensionsEnd = cursor.at
    if (this.#seen === (SEEN_NAME | SEEN_DIMENSIONS) && this.#datum.has === 0) this.#leadEnd = cursor.at
    return true
  }

  #resolve(datumStart: number): SeriesNumber {
    const { unit } = this.#datum
    if (this.#entry >= 0) return this.#lookup.known(this.#entry, unit)
    // Of a lead, the bytes up to the name are always the same: a small map's head and the first key.
    const leadStart = this.#leadEnd >= 0 && this.#nameStart === datumStart + LEAD_TO_NAME ? datumStart : -1
    return this.#lookup.find(
      unit, this.#cursor.bytes, this.#nameStart, this.#nameEnd, this.#dimensionsStart, this.#dimensionsEnd, leadStart,
    )
  }

  #scanUnit(): boolean {
    const cursor = this.#cursor
    const start = cursor.at
    const length = this.#unitLength
    if (length > 0 && sameBytes(cursor.view, start, cursor.view, this.#unitStart, length)) {
      this.#datum.unit = this.#unit
      cursor.at = start + length
      return true
    }
    const unit = unitCodes.get(cursor.text() ?? '')
    if (unit === undefined) return false
    this.#unitStart = start
    this.#unitLength = cursor.at - start
    this.#unit = unit
    this.#datum.unit = unit
    return true
  }

  /** How many numbers were read, or -1. */
  #scanNumbers(into: Float64Array): number {
    const cursor = this.#cursor
    const count = cursor.listHeader()
    if (count < INDEFINITE || count > MAX_VALUES) return -1
    let done = 0
    while (count === INDEFINITE ? !cursor.takeBreak() : done < count) {
      if (done >= MAX_VALUES) return -1
      const value = cursor.number()
      if (value !== value) return -1
      into[done++] = value
    }
    return done
  }

  #scanSet(): boolean {
    const cursor = this.#cursor
    const datum = this.#datum
    const members = cursor.mapHeader()
    if (members !== 4 && members !== INDEFINITE) return false
    let seen = 0
    for (let done = 0; done < 4; done++) {
      if (cursor.take(SAMPLE_COUNT)) {
        datum.sampleCount = cursor.number()
        seen |= 1
      } else if (cursor.take(SUM)) {
        datum.sum = cursor.number()
        seen |= 2
      } else if (cursor.take(MINIMUM)) {
        datum.minimum = cursor.number()
        seen |= 4
      } else if (cursor.take(MAXIMUM)) {
        datum.maximum = cursor.number()
        seen |= 8
      } else return false
    }
    return seen === 15 && (members !== INDEFINITE || cursor.takeBreak())
  }

  #once(bit: number): boolean {
    if ((this.#seen & bit) !== 0) return false
    this.#seen |= bit
    return true
  }

  #has(bit: number): boolean {
    if ((this.#datum.has & bit) !== 0) return false
    this.#datum.has |= bit
    return true
  }
}
