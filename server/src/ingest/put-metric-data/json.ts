import type { Tenant } from '../../base/tenancy.ts'
import type { MetricColumns, SeriesNumber, SeriesNumbers } from '../../model/metric-columns.ts'
import type { AdmitPut } from '../../model/metric-intake.ts'
import { isNamespace, MAX_NAME } from '../../model/metric-names.ts'
import { Datum, HAS_COUNTS, HAS_SET, HAS_VALUE, HAS_VALUES } from './datum.ts'
import { numberEnd, parseNumber } from './decimal.ts'
import { isKey, jsonKey, type JsonKey } from './json-key.ts'
import { readJsonMetric } from './json-metric.ts'
import { MAX_DATUMS, MAX_VALUES } from './limits.ts'
import { MetricLookup } from './metric-lookup.ts'
import { literalText, sameBytes } from './same-bytes.ts'
import type { SeriesCaches } from './series-caches.ts'
import { unitCodes } from './unit-codes.ts'

const QUOTE = 0x22
const COMMA = 0x2c
const COLON = 0x3a
const OPEN_LIST = 0x5b
const CLOSE_LIST = 0x5d
const OPEN = 0x7b
const CLOSE = 0x7d

const NAMESPACE = jsonKey('Namespace')
const METRIC_DATA = jsonKey('MetricData')
const METRIC_NAME = jsonKey('MetricName')
const DIMENSIONS = jsonKey('Dimensions')
const DIMENSIONS_FOLLOW = literalText('","Dimensions":')
const TIMESTAMP = jsonKey('Timestamp')
const VALUE = jsonKey('Value')
const VALUES = jsonKey('Values')
const COUNTS = jsonKey('Counts')
const UNIT = jsonKey('Unit')
const STORAGE_RESOLUTION = jsonKey('StorageResolution')
const STATISTIC_VALUES = jsonKey('StatisticValues')
const SAMPLE_COUNT = jsonKey('SampleCount')
const SUM = jsonKey('Sum')
const MINIMUM = jsonKey('Minimum')
const MAXIMUM = jsonKey('Maximum')

/** Members met in one datum besides the `HAS_…` ones; a member that comes twice is left to the general path. */
const SEEN_NAME = 16
const SEEN_DIMENSIONS = 32
const SEEN_TIMESTAMP = 64
const SEEN_UNIT = 128
const SEEN_RESOLUTION = 256

/** How a scan ended when the bytes are not of the plain form; never leaves this file. */
const UNUSUAL = -1

/**
 * AWS JSON → columns in one pass over the bytes: no objects, no strings but for metrics that were never met. It is strict
 * and short: known members, plain ASCII strings without escapes, `Namespace` first, everything valid. At the first doubt
 * it answers undefined, and the general path decides what to do or to say.
 *
 * The datums of a request mostly differ in their metric, time and value alone. So each datum that was read member by member
 * becomes the mould for those after it: where the expected metric's bytes come next, and around two numbers the mould's own,
 * those numbers are all that is left to read.
 */
export class JsonScanner {
  readonly #lookup: MetricLookup
  readonly #datum = new Datum()
  #bytes: Buffer = Buffer.alloc(0)
  #view: DataView = new DataView(new ArrayBuffer(0))
  #end = 0
  #seen = 0
  #entry = -1
  #nameStart = 0
  #nameEnd = 0
  #dimensionsStart = 0
  #dimensionsEnd = 0
  /** The unit that was met last, as bytes of an earlier place in this body: most bodies have one or few. */
  #unitStart = 0
  #unitLength = 0
  #unit = 0
  #numbers = 0
  #timeStart = 0
  #timeLength = 0
  #time = 0
  /** Where name and dimensions end when they came first, and where time and value stand; -1: not so. */
  #leadEnd = -1
  #timeAt = -1
  #timeEnd = -1
  #valueAt = -1
  #valueEnd = -1
  /**
   * The mould: what stands in its datum after the dimensions, in three pieces of this body around its two numbers. No `#tail`:
   * there is none. No `#between`: it has no time.
   */
  #lead = 0
  #leadLength = 0
  #between = 0
  #betweenLength = 0
  #tail = 0
  #tailLength = 0
  #timeFirst = false
  #mouldUnit = 0
  #mouldResolution = 60

  constructor(series: SeriesNumbers, caches: SeriesCaches) {
    this.#lookup = new MetricLookup(series, caches, 'json', readJsonMetric)
  }

  /** Appends the rows of all datums to `columns` and answers the namespace; undefined leaves it to the general path. */
  scan(tenant: Tenant, body: Uint8Array, receivedAt: number, columns: MetricColumns, admit: AdmitPut): string | undefined {
    this.#bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength)
    this.#view = new DataView(body.buffer, body.byteOffset, body.byteLength)
    this.#end = body.byteLength
    this.#unitLength = 0
    this.#timeLength = 0
    this.#tailLength = 0
    let at = this.#expect(this.#space(0), OPEN)
    at = this.#member(at, NAMESPACE)
    if (at < 0 || this.#bytes[at] !== QUOTE) return undefined
    const close = this.#stringEnd(at + 1)
    if (close < 0) return undefined
    const namespace = this.#bytes.toString('latin1', at + 1, close)
    if (!isNamespace(namespace)) return undefined
    admit(namespace)
    this.#lookup.begin(tenant, namespace)
    at = this.#member(this.#expect(this.#space(close + 1), COMMA), METRIC_DATA)
    at = this.#expect(at, OPEN_LIST)
    for (let datums = 1; ; datums++) {
      if (datums > MAX_DATUMS) return undefined
      const alike = this.#scanAlike(at, receivedAt, columns)
      at = alike < 0 ? this.#scanDatum(at, receivedAt, columns) : alike
      if (at < 0) return undefined
      if (this.#bytes[at] === COMMA) at = this.#space(at + 1)
      else break
    }
    at = this.#expect(at, CLOSE_LIST)
    at = this.#expect(at, CLOSE)
    return at === this.#end ? namespace : undefined
  }

  /** A datum out of the mould, from its opening brace; answers the position after its closing one and white space, or that it is none. */
  #scanAlike(start: number, receivedAt: number, columns: MetricColumns): number {
    const { cache } = this.#lookup
    const { expected } = cache
    if (this.#tailLength === 0 || expected < 0 || start < 0) return UNUSUAL
    const view = this.#view
    const bytes = this.#bytes
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
    datum.unit = this.#mouldUnit
    datum.storageResolution = this.#mouldResolution
    datum.timestamp = Math.round(time * 1000)
    datum.value = value
    const series = this.#lookup.known(expected, datum.unit)
    if (series < 0 || !datum.write(columns, series, receivedAt)) return UNUSUAL
    return this.#space(at + this.#tailLength)
  }

  /** Makes the datum that ends at `end` the mould of the next ones, where it is of the usual form. */
  #learnMould(end: number): void {
    const lead = this.#leadEnd
    const timeAt = this.#timeAt
    const valueAt = this.#valueAt
    this.#tailLength = 0
    if (lead < 0 || valueAt < lead || this.#datum.has !== HAS_VALUE || (timeAt >= 0 && timeAt < lead)) return
    this.#timeFirst = timeAt >= 0 && timeAt < valueAt
    const firstEnd = this.#timeFirst ? this.#timeEnd : this.#valueEnd
    const lastEnd = Math.max(this.#timeEnd, this.#valueEnd)
    this.#lead = lead
    this.#leadLength = (this.#timeFirst ? timeAt : valueAt) - lead
    this.#between = firstEnd
    this.#betweenLength = timeAt < 0 ? 0 : Math.max(timeAt, valueAt) - firstEnd
    this.#tail = lastEnd
    this.#tailLength = end - lastEnd
    this.#mouldUnit = this.#datum.unit
    this.#mouldResolution = this.#datum.storageResolution
  }

  /** One datum, from its opening brace; answers the position after its closing one and white space. */
  #scanDatum(start: number, receivedAt: number, columns: MetricColumns): number {
    const bytes = this.#bytes
    const datum = this.#datum
    datum.clear()
    this.#seen = 0
    this.#entry = -1
    this.#dimensionsStart = 0
    this.#dimensionsEnd = 0
    this.#leadEnd = -1
    this.#timeAt = -1
    this.#timeEnd = -1
    this.#valueAt = -1
    let at = this.#expect(start, OPEN)
    if (at < 0) return UNUSUAL
    for (;;) {
      at = this.#scanMember(at)
      if (at < 0) return UNUSUAL
      if (at < this.#end && bytes[at]! <= 0x20) at = this.#space(at)
      if (bytes[at] === COMMA) {
        at++
        if (at < this.#end && bytes[at]! <= 0x20) at = this.#space(at)
      } else if (bytes[at] === CLOSE) break
      else return UNUSUAL
    }
    if ((this.#seen & SEEN_NAME) === 0) return UNUSUAL
    const series = this.#resolve(start)
    if (series < 0 || !datum.write(columns, series, receivedAt)) return UNUSUAL
    this.#learnMould(at + 1)
    return this.#space(at + 1)
  }

  /** One member of a datum, from its key's opening quote to the end of its value. */
  #scanMember(start: number): number {
    const bytes = this.#bytes
    const datum = this.#datum
    // The second letter of the key after the quote tells the members apart, but for Values and Value.
    switch (bytes[start + 1]) {
      case 0x4d: // MetricName
        return this.#scanName(this.#once(this.#member(start, METRIC_NAME), SEEN_NAME))
      case 0x44: // Dimensions
        return this.#scanDimensions(this.#once(this.#member(start, DIMENSIONS), SEEN_DIMENSIONS))
      case 0x54: { // Timestamp
        const at = this.#once(this.#member(start, TIMESTAMP), SEEN_TIMESTAMP)
        return at < 0 ? UNUSUAL : this.#scanTimestamp(at)
      }
      case 0x56: // Value, Values
        if (bytes[start + 6] === QUOTE) {
          const at = this.#has(this.#member(start, VALUE), HAS_VALUE)
          if (at < 0) return UNUSUAL
          datum.value = parseNumber(bytes, at)
          this.#valueAt = at
          this.#valueEnd = numberEnd()
          return this.#valueEnd
        }
        start = this.#scanNumbers(this.#has(this.#member(start, VALUES), HAS_VALUES), datum.values)
        datum.valueCount = this.#numbers
        return start
      case 0x43: // Counts
        start = this.#scanNumbers(this.#has(this.#member(start, COUNTS), HAS_COUNTS), datum.counts)
        datum.countCount = this.#numbers
        return start
      case 0x55: // Unit
        return this.#scanUnit(this.#once(this.#member(start, UNIT), SEEN_UNIT))
      case 0x53: { // StorageResolution, StatisticValues
        if (bytes[start + 4] !== 0x72) return this.#scanSet(this.#has(this.#member(start, STATISTIC_VALUES), HAS_SET))
        const at = this.#once(this.#member(start, STORAGE_RESOLUTION), SEEN_RESOLUTION)
        if (at < 0) return UNUSUAL
        datum.storageResolution = parseNumber(bytes, at)
        return numberEnd()
      }
      default:
        return UNUSUAL
    }
  }

  /** Epoch seconds with a fraction. Most requests have one time for all, or few: a repeated one is not read again. */
  #scanTimestamp(at: number): number {
    this.#timeAt = at
    this.#timeEnd = this.#readTimestamp(at)
    return this.#timeEnd
  }

  #readTimestamp(at: number): number {
    const length = this.#timeLength
    const after = this.#bytes[at + length]
    if (length > 0 && (after === COMMA || after === CLOSE) && sameBytes(this.#view, at, this.#view, this.#timeStart, length)) {
      this.#datum.timestamp = this.#time
      return at + length
    }
    // To whole milliseconds, as the SDK's own decoder rounds.
    this.#time = Math.round(parseNumber(this.#bytes, at) * 1000)
    this.#datum.timestamp = this.#time
    const end = numberEnd()
    this.#timeStart = at
    this.#timeLength = Math.max(0, end - at)
    return end
  }

  /** The name; and the dimensions with it, when both are those of the metric that is expected here. */
  #scanName(at: number): number {
    if (at < 0 || this.#bytes[at] !== QUOTE) return UNUSUAL
    const start = at + 1
    const { cache } = this.#lookup
    const expected = cache.expected
    if (expected >= 0 && (this.#seen & SEEN_DIMENSIONS) === 0) {
      const offset = cache.offset[expected]!
      const nameLength = cache.nameLength[expected]!
      const dimensionsLength = cache.dimensionsLength[expected]!
      const nameEnd = start + nameLength
      if (
        dimensionsLength > 0 &&
        sameBytes(this.#view, start, cache.view, offset, nameLength) &&
        sameBytes(this.#view, nameEnd, DIMENSIONS_FOLLOW.view, 0, DIMENSIONS_FOLLOW.length)
      ) {
        const dimensionsStart = nameEnd + DIMENSIONS_FOLLOW.length
        if (sameBytes(this.#view, dimensionsStart, cache.view, cache.dimensionsOffset[expected]!, dimensionsLength)) {
          this.#entry = expected
          if (this.#seen === SEEN_NAME && this.#datum.has === 0) this.#leadEnd = dimensionsStart + dimensionsLength
          this.#seen |= SEEN_DIMENSIONS
          return dimensionsStart + dimensionsLength
        }
      }
    }
    const close = this.#stringEnd(start)
    if (close < 0 || close - start > MAX_NAME) return UNUSUAL
    this.#nameStart = start
    this.#nameEnd = close
    return close + 1
  }

  /** Finds the end of the list; what is in it is looked at only when these very bytes were never met. */
  #scanDimensions(start: number): number {
    if (start < 0 || this.#bytes[start] !== OPEN_LIST) return UNUSUAL
    const bytes = this.#bytes
    let at = start + 1
    for (; at < this.#end; at++) {
      const byte = bytes[at]!
      if (byte === QUOTE) {
        at = this.#stringEnd(at + 1)
        if (at < 0) return UNUSUAL
      } else if (byte === CLOSE_LIST) {
        this.#dimensionsStart = start
        this.#dimensionsEnd = at + 1
        if (this.#seen === (SEEN_NAME | SEEN_DIMENSIONS) && this.#datum.has === 0) this.#leadEnd = at + 1
        return at + 1
      } else if (byte === OPEN_LIST) return UNUSUAL
    }
    return UNUSUAL
  }

  #resolve(datumStart: number): SeriesNumber {
    const { unit } = this.#datum
    if (this.#entry >= 0) return this.#lookup.known(this.#entry, unit)
    const leadStart = this.#leadEnd >= 0 ? datumStart : -1
    return this.#lookup.find(unit, this.#bytes, this.#nameStart, this.#nameEnd, this.#dimensionsStart, this.#dimensionsEnd, leadStart)
  }

  #scanUnit(at: number): number {
    if (at < 0 || this.#bytes[at] !== QUOTE) return UNUSUAL
    const start = at + 1
    const length = this.#unitLength
    if (length > 0 && this.#bytes[start + length] === QUOTE && sameBytes(this.#view, start, this.#view, this.#unitStart, length)) {
      this.#datum.unit = this.#unit
      return start + length + 1
    }
    const close = this.#stringEnd(start)
    if (close < 0) return UNUSUAL
    const unit = unitCodes.get(this.#bytes.toString('latin1', start, close))
    if (unit === undefined) return UNUSUAL
    this.#unitStart = start
    this.#unitLength = close - start
    this.#unit = unit
    this.#datum.unit = unit
    return close + 1
  }

  /** A list of numbers; their count is in `#numbers` afterwards. */
  #scanNumbers(start: number, into: Float64Array): number {
    if (start < 0 || this.#bytes[start] !== OPEN_LIST) return UNUSUAL
    let at = this.#space(start + 1)
    for (let count = 0; count < MAX_VALUES; ) {
      into[count++] = parseNumber(this.#bytes, at)
      at = numberEnd()
      if (at < 0) return UNUSUAL
      at = this.#space(at)
      if (this.#bytes[at] === COMMA) at = this.#space(at + 1)
      else if (this.#bytes[at] === CLOSE_LIST) {
        this.#numbers = count
        return at + 1
      } else return UNUSUAL
    }
    return UNUSUAL
  }

  #scanSet(start: number): number {
    if (start < 0 || this.#bytes[start] !== OPEN) return UNUSUAL
    const datum = this.#datum
    const bytes = this.#bytes
    let at = this.#space(start + 1)
    let seen = 0
    for (;;) {
      let bit: number
      switch (bytes[at + 2]) {
        case 0x61: // SampleCount, Maximum
          bit = bytes[at + 1] === 0x53 ? 1 : 2
          at = this.#member(at, bit === 1 ? SAMPLE_COUNT : MAXIMUM)
          break
        case 0x75: // Sum
          bit = 4
          at = this.#member(at, SUM)
          break
        default:
          bit = 8
          at = this.#member(at, MINIMUM)
      }
      if (at < 0 || (seen & bit) !== 0) return UNUSUAL
      seen |= bit
      const value = parseNumber(bytes, at)
      at = numberEnd()
      if (at < 0) return UNUSUAL
      if (bit === 1) datum.sampleCount = value
      else if (bit === 2) datum.maximum = value
      else if (bit === 4) datum.sum = value
      else datum.minimum = value
      at = this.#space(at)
      if (bytes[at] === COMMA) at = this.#space(at + 1)
      else if (bytes[at] === CLOSE) return seen === 15 ? at + 1 : UNUSUAL
      else return UNUSUAL
    }
  }

  #once(at: number, bit: number): number {
    if ((this.#seen & bit) !== 0) return UNUSUAL
    this.#seen |= bit
    return at
  }

  #has(at: number, bit: number): number {
    if ((this.#datum.has & bit) !== 0) return UNUSUAL
    this.#datum.has |= bit
    return at
  }

  /** The key at `at`, its colon and white space around it; answers where the value begins. */
  #member(at: number, key: JsonKey): number {
    if (at < 0) return UNUSUAL
    const bytes = this.#bytes
    const after = at + key.length
    if (isKey(this.#view, at, key) && after < this.#end && bytes[after]! > 0x20) return after
    // White space before or after the colon, or another key.
    const colon = key.length - 1
    for (let i = 0; i < colon; i++) if (bytes[at + i] !== key.bytes[i]) return UNUSUAL
    return this.#expect(this.#space(at + colon), COLON)
  }

  /** `byte` and the white space after it. */
  #expect(at: number, byte: number): number {
    return at >= 0 && this.#bytes[at] === byte ? this.#space(at + 1) : UNUSUAL
  }

  #space(at: number): number {
    if (at < 0) return at
    const bytes = this.#bytes
    for (; at < this.#end; at++) {
      const byte = bytes[at]!
      if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) break
    }
    return at
  }

  /** The closing quote of a string of printable ASCII without escapes. */
  #stringEnd(at: number): number {
    const bytes = this.#bytes
    for (; at < this.#end; at++) {
      const byte = bytes[at]!
      if (byte === QUOTE) return at
      if (byte < 0x20 || byte > 0x7e || byte === 0x5c) return UNUSUAL
    }
    return UNUSUAL
  }
}
