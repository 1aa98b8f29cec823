import type { Tenant } from '../../base/tenancy.ts'
import type { MetricColumns, SeriesNumber, SeriesNumbers } from '../../model/metric-columns.ts'
import type { AdmitPut } from '../../model/metric-intake.ts'
import { MAX_DIMENSIONS } from '../../model/metric-limits.ts'
import { isNamespace, MAX_NAME } from '../../model/metric-names.ts'
import type { Dimension } from '../../model/metric.ts'
import { Datum, HAS_COUNTS, HAS_SET, HAS_VALUE, HAS_VALUES } from './datum.ts'
import { numberEnd, parseNumber } from './decimal.ts'
import { FormCursor } from './form-cursor.ts'
import { readIsoTime } from './iso-time.ts'
import { MAX_DATUMS, MAX_VALUES } from './limits.ts'
import { MetricLookup, type ReadMetric } from './metric-lookup.ts'
import { type Literal, literalText as key, sameBytes } from './same-bytes.ts'
import type { SeriesCaches } from './series-caches.ts'
import { unitCodes } from './unit-codes.ts'

const ACTION = key('Action=PutMetricData')
const VERSION = key('Version=2010-08-01')
const NAMESPACE = key('Namespace=')
const DATUM = key('MetricData.member.')
const METRIC_NAME = key('MetricName=')
const DIMENSION = key('Dimensions.member.')
const NAME = key('Name=')
const VALUE = key('Value=')
const TIMESTAMP = key('Timestamp=')
const VALUE_MEMBER = key('Values.member.')
const COUNT_MEMBER = key('Counts.member.')
const UNIT = key('Unit=')
const STORAGE_RESOLUTION = key('StorageResolution=')
const SAMPLE_COUNT = key('StatisticValues.SampleCount=')
const SUM = key('StatisticValues.Sum=')
const MINIMUM = key('StatisticValues.Minimum=')
const MAXIMUM = key('StatisticValues.Maximum=')

const SEEN_TIMESTAMP = 64
const SEEN_UNIT = 128
const SEEN_RESOLUTION = 256
const SET_BITS = 15

/**
 * The query protocol's form → columns in one pass; its cost grows with the length of the body and nothing else. It takes
 * forms as the SDKs write them: datums one after the other from 1, name before dimensions, lists counted up. Any other
 * order is left to the general path.
 */
export class QueryScanner {
  readonly #lookup: MetricLookup
  readonly #datum = new Datum()
  readonly #cursor = new FormCursor()
  /** The name, then `0 name 0 value` of each dimension: what the datum's series is looked up by. */
  readonly #identity = Buffer.alloc(64 * 1024)
  readonly #identityView = new DataView(this.#identity.buffer, this.#identity.byteOffset, this.#identity.byteLength)
  #identityLength = 0
  #nameLength = 0
  #namespace = ''
  #seen = 0
  #setSeen = 0
  #dimensions = 0
  /** Between a dimension's name and its value. */
  #halfDimension = false
  #timeText: Literal = { length: 0, view: new DataView(new ArrayBuffer(0)) }
  #time = 0
  #unitText = this.#timeText
  #unit = 0

  constructor(series: SeriesNumbers, caches: SeriesCaches) {
    this.#lookup = new MetricLookup(series, caches, 'query', readIdentity)
  }

  /** Appends the rows of all datums to `columns` and answers the namespace; undefined leaves it to the general path. */
  scan(tenant: Tenant, body: Uint8Array, receivedAt: number, columns: MetricColumns, admit: AdmitPut): string | undefined {
    const cursor = this.#cursor
    cursor.start(body)
    if (!this.#scanHead()) return undefined
    admit(this.#namespace)
    this.#lookup.begin(tenant, this.#namespace)
    let current = 0
    for (;;) {
      if (!cursor.take(DATUM)) return undefined
      const number = cursor.index()
      if (number !== current) {
        if (number !== current + 1 || number > MAX_DATUMS || (current > 0 && !this.#finishDatum(receivedAt, columns))) return undefined
        current = number
        this.#beginDatum()
      }
      if (!this.#scanField()) return undefined
      if (cursor.done) break
      if (!cursor.next()) return undefined
    }
    return this.#finishDatum(receivedAt, columns) ? this.#namespace : undefined
  }

  /** `Action`, `Version` and `Namespace`, in any order but before the first datum. */
  #scanHead(): boolean {
    const cursor = this.#cursor
    let [action, version, namespace] = [false, false, false]
    while (!action || !version || !namespace) {
      if (!action && cursor.take(ACTION)) action = true
      else if (!version && cursor.take(VERSION)) version = true
      else if (!namespace && cursor.take(NAMESPACE)) {
        if (!cursor.decode()) return false
        namespace = true
        this.#namespace = cursor.text()
      } else return false
      if (!cursor.next()) return false
    }
    return isNamespace(this.#namespace)
  }

  #beginDatum(): void {
    this.#datum.clear()
    this.#identityLength = 0
    this.#nameLength = 0
    this.#seen = 0
    this.#setSeen = 0
    this.#dimensions = 0
    this.#halfDimension = false
  }

  /** One `field=value` of a datum; the prefix with its number is read already. */
  #scanField(): boolean {
    const cursor = this.#cursor
    const datum = this.#datum
    switch (cursor.peek()) {
      case 0x4d: // MetricName
        return this.#nameLength === 0 && cursor.take(METRIC_NAME) && this.#scanName()
      case 0x44: // Dimensions
        return cursor.take(DIMENSION) && this.#scanDimension()
      case 0x54: // Timestamp
        return this.#once(SEEN_TIMESTAMP) && cursor.take(TIMESTAMP) && cursor.decode() && this.#readTime()
      case 0x56: // Value, Values
        if (cursor.take(VALUE)) {
          if ((datum.has & HAS_VALUE) !== 0) return false
          datum.has |= HAS_VALUE
          datum.value = this.#number()
          return datum.value === datum.value
        }
        datum.has |= HAS_VALUES
        if (!cursor.take(VALUE_MEMBER) || cursor.listIndex() !== datum.valueCount + 1) return false
        return this.#pushNumber(datum.values, datum.valueCount++)
      case 0x43: // Counts
        datum.has |= HAS_COUNTS
        if (!cursor.take(COUNT_MEMBER) || cursor.listIndex() !== datum.countCount + 1) return false
        return this.#pushNumber(datum.counts, datum.countCount++)
      case 0x55: // Unit
        return this.#once(SEEN_UNIT) && cursor.take(UNIT) && cursor.decode() && this.#readUnit()
      case 0x53: // StorageResolution, StatisticValues
        if (!cursor.take(STORAGE_RESOLUTION)) return this.#scanSetMember()
        datum.storageResolution = this.#number()
        return this.#once(SEEN_RESOLUTION)
      default:
        return false
    }
  }

  #scanName(): boolean {
    const cursor = this.#cursor
    if (!cursor.decode() || cursor.length === 0 || cursor.length > MAX_NAME || this.#identityLength > 0) return false
    this.#append()
    this.#nameLength = this.#identityLength
    return true
  }

  #scanDimension(): boolean {
    const cursor = this.#cursor
    if (this.#nameLength === 0) return false
    const number = cursor.index()
    if (number > MAX_DIMENSIONS) return false
    if (this.#halfDimension) {
      if (number !== this.#dimensions || !cursor.take(VALUE)) return false
    } else {
      if (number !== this.#dimensions + 1 || !cursor.take(NAME)) return false
      this.#dimensions = number
    }
    this.#halfDimension = !this.#halfDimension
    if (!cursor.decode() || this.#identityLength + cursor.length >= this.#identity.length) return false
    this.#identity[this.#identityLength++] = 0
    this.#append()
    return true
  }

  #append(): void {
    const { decoded, length } = this.#cursor
    decoded.copy(this.#identity, this.#identityLength, 0, length)
    this.#identityLength += length
  }

  #scanSetMember(): boolean {
    const cursor = this.#cursor
    const datum = this.#datum
    datum.has |= HAS_SET
    const bit = cursor.take(SAMPLE_COUNT) ? 1 : cursor.take(SUM) ? 2 : cursor.take(MINIMUM) ? 4 : cursor.take(MAXIMUM) ? 8 : 0
    if (bit === 0 || (this.#setSeen & bit) !== 0) return false
    this.#setSeen |= bit
    const value = this.#number()
    if (bit === 1) datum.sampleCount = value
    else if (bit === 2) datum.sum = value
    else if (bit === 4) datum.minimum = value
    else datum.maximum = value
    return value === value
  }

  #finishDatum(receivedAt: number, columns: MetricColumns): boolean {
    if (this.#nameLength === 0 || this.#halfDimension || (this.#setSeen !== 0 && this.#setSeen !== SET_BITS)) return false
    const series = this.#resolve()
    return series >= 0 && this.#datum.write(columns, series, receivedAt)
  }

  #resolve(): SeriesNumber {
    const { unit } = this.#datum
    const { cache } = this.#lookup
    const expected = cache.expected
    const length = this.#identityLength
    if (
      expected >= 0 &&
      cache.nameLength[expected] === this.#nameLength &&
      cache.dimensionsLength[expected] === length - this.#nameLength &&
      sameBytes(this.#identityView, 0, cache.view, cache.offset[expected]!, length)
    ) {
      return this.#lookup.known(expected, unit)
    }
    return this.#lookup.find(unit, this.#identity, 0, this.#nameLength, this.#nameLength, length)
  }

  /** Most forms repeat one time for every datum: it is read once. */
  #readTime(): boolean {
    if (!this.#cursor.equals(this.#timeText)) {
      const time = readIsoTime(this.#cursor.decoded, this.#cursor.length)
      if (time === undefined) return false
      this.#time = time
      this.#timeText = this.#cursor.copy()
    }
    this.#datum.timestamp = this.#time
    return true
  }

  /** Most forms have one unit, or few. */
  #readUnit(): boolean {
    if (!this.#cursor.equals(this.#unitText)) {
      const unit = unitCodes.get(this.#cursor.text())
      if (unit === undefined) return false
      this.#unit = unit
      this.#unitText = this.#cursor.copy()
    }
    this.#datum.unit = this.#unit
    return true
  }

  #pushNumber(into: Float64Array, at: number): boolean {
    if (at >= MAX_VALUES) return false
    const value = this.#number()
    into[at] = value
    return value === value
  }

  /** The number that stands next, or NaN when it is anything more or less than one. */
  #number(): number {
    const cursor = this.#cursor
    if (!cursor.decode()) return NaN
    // The memory behind the text ends with a zero, at which a number ends.
    const value = parseNumber(cursor.decoded, 0)
    return numberEnd() === cursor.length ? value : NaN
  }

  #once(bit: number): boolean {
    if ((this.#seen & bit) !== 0) return false
    this.#seen |= bit
    return true
  }
}

/** What the scanner has gathered: the name, then `0 name 0 value` of each dimension. */
const readIdentity: ReadMetric = (bytes, nameStart, nameEnd, dimensionsStart, dimensionsEnd) => {
  const parts = bytes.toString('latin1', dimensionsStart, dimensionsEnd).split('\0')
  const dimensions: Dimension[] = []
  for (let part = 1; part < parts.length; part += 2) dimensions.push({ name: parts[part]!, value: parts[part + 1]! })
  return { name: bytes.toString('latin1', nameStart, nameEnd), dimensions }
}
