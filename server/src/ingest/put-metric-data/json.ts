import type { Tenant } from '../../base/tenancy.ts'
import type { MetricColumns, SeriesNumber, SeriesNumbers } from '../../model/metric-columns.ts'
import type { AdmitPut } from '../../model/metric-intake.ts'
import { isNamespace, MAX_NAME } from '../../model/metric-names.ts'
import { Datum, HAS_COUNTS, HAS_SET, HAS_VALUE, HAS_VALUES } from './datum.ts'
import { numberEnd, parseNumber } from './decimal.ts'
import { CLOSE, CLOSE_LIST, COMMA, JsonCursor, OPEN, OPEN_LIST, QUOTE, UNUSUAL } from './json-cursor.ts'
import { jsonKey } from './json-key.ts'
import { readJsonMetric } from './json-metric.ts'
import { type DatumPlaces, JsonMould } from './json-mould.ts'
import { numberCount, scanNumbers, scanSet } from './json-numbers.ts'
import { MAX_DATUMS } from './limits.ts'
import { MetricLookup } from './metric-lookup.ts'
import { literalText, sameBytes } from './same-bytes.ts'
import type { SeriesCaches } from './series-caches.ts'
import { unitCodes } from './unit-codes.ts'

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

/** Members met in one datum besides the `HAS_…` ones; a member that comes twice is left to the general path. */
const SEEN_NAME = 16
const SEEN_DIMENSIONS = 32
const SEEN_TIMESTAMP = 64
const SEEN_UNIT = 128
const SEEN_RESOLUTION = 256

/**
 * AWS JSON → columns in one pass over the bytes: no objects, no strings but for metrics that were never met. It is strict
 * and short: known members, plain ASCII strings without escapes, `Namespace` first, everything valid. At the first doubt
 * it answers undefined, and the general path decides what to do or to say.
 */
export class JsonScanner {
  readonly #cursor = new JsonCursor()
  readonly #datum = new Datum()
  readonly #lookup: MetricLookup
  readonly #mould: JsonMould
  /** Of the datum that is being read. */
  readonly #places: DatumPlaces = { leadEnd: -1, timeAt: -1, timeEnd: -1, valueAt: -1, valueEnd: -1 }
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
  #timeStart = 0
  #timeLength = 0
  #time = 0

  constructor(series: SeriesNumbers, caches: SeriesCaches) {
    this.#lookup = new MetricLookup(series, caches, 'json', readJsonMetric)
    this.#mould = new JsonMould(this.#cursor, this.#lookup, this.#datum)
  }

  /** Appends the rows of all datums to `columns` and answers the namespace; undefined leaves it to the general path. */
  scan(tenant: Tenant, body: Uint8Array, receivedAt: number, columns: MetricColumns, admit: AdmitPut): string | undefined {
    const cursor = this.#cursor
    cursor.open(body)
    this.#unitLength = 0
    this.#timeLength = 0
    this.#mould.forget()
    let at = cursor.expect(cursor.space(0), OPEN)
    at = cursor.member(at, NAMESPACE)
    if (at < 0 || cursor.bytes[at] !== QUOTE) return undefined
    const close = cursor.stringEnd(at + 1)
    if (close < 0) return undefined
    const namespace = cursor.bytes.toString('latin1', at + 1, close)
    if (!isNamespace(namespace)) return undefined
    admit(namespace)
    this.#lookup.begin(tenant, namespace)
    at = cursor.member(cursor.expect(cursor.space(close + 1), COMMA), METRIC_DATA)
    at = cursor.expect(at, OPEN_LIST)
    for (let datums = 1; ; datums++) {
      if (datums > MAX_DATUMS) return undefined
      const alike = this.#mould.scan(at, receivedAt, columns)
      at = alike < 0 ? this.#scanDatum(at, receivedAt, columns) : alike
      if (at < 0) return undefined
      if (cursor.bytes[at] === COMMA) at = cursor.space(at + 1)
      else break
    }
    at = cursor.expect(at, CLOSE_LIST)
    at = cursor.expect(at, CLOSE)
    return at === cursor.end ? namespace : undefined
  }

  /** One datum, from its opening brace; answers the position after its closing one and white space. */
  #scanDatum(start: number, receivedAt: number, columns: MetricColumns): number {
    const cursor = this.#cursor
    const { bytes } = cursor
    const datum = this.#datum
    datum.clear()
    this.#seen = 0
    this.#entry = -1
    this.#dimensionsStart = 0
    this.#dimensionsEnd = 0
    this.#places.leadEnd = -1
    this.#places.timeAt = -1
    this.#places.timeEnd = -1
    this.#places.valueAt = -1
    let at = cursor.expect(start, OPEN)
    if (at < 0) return UNUSUAL
    for (;;) {
      at = this.#scanMember(at)
      if (at < 0) return UNUSUAL
      if (at < cursor.end && bytes[at]! <= 0x20) at = cursor.space(at)
      if (bytes[at] === COMMA) {
        at++
        if (at < cursor.end && bytes[at]! <= 0x20) at = cursor.space(at)
      } else if (bytes[at] === CLOSE) break
      else return UNUSUAL
    }
    if ((this.#seen & SEEN_NAME) === 0) return UNUSUAL
    const series = this.#resolve(start)
    if (series < 0 || !datum.write(columns, series, receivedAt)) return UNUSUAL
    this.#mould.learn(this.#places, at + 1)
    return cursor.space(at + 1)
  }

  /** One member of a datum, from its key's opening quote to the end of its value. */
  #scanMember(start: number): number {
    const cursor = this.#cursor
    const { bytes } = cursor
    const datum = this.#datum
    // The second letter of the key after the quote tells the members apart, but for Values and Value.
    switch (bytes[start + 1]) {
      case 0x4d: // MetricName
        return this.#scanName(this.#once(cursor.member(start, METRIC_NAME), SEEN_NAME))
      case 0x44: // Dimensions
        return this.#scanDimensions(this.#once(cursor.member(start, DIMENSIONS), SEEN_DIMENSIONS))
      case 0x54: { // Timestamp
        const at = this.#once(cursor.member(start, TIMESTAMP), SEEN_TIMESTAMP)
        return at < 0 ? UNUSUAL : this.#scanTimestamp(at)
      }
      case 0x56: // Value, Values
        if (bytes[start + 6] === QUOTE) {
          const at = this.#has(cursor.member(start, VALUE), HAS_VALUE)
          if (at < 0) return UNUSUAL
          datum.value = parseNumber(bytes, at)
          this.#places.valueAt = at
          this.#places.valueEnd = numberEnd()
          return this.#places.valueEnd
        }
        start = scanNumbers(cursor, this.#has(cursor.member(start, VALUES), HAS_VALUES), datum.values)
        datum.valueCount = numberCount()
        return start
      case 0x43: // Counts
        start = scanNumbers(cursor, this.#has(cursor.member(start, COUNTS), HAS_COUNTS), datum.counts)
        datum.countCount = numberCount()
        return start
      case 0x55: // Unit
        return this.#scanUnit(this.#once(cursor.member(start, UNIT), SEEN_UNIT))
      case 0x53: { // StorageResolution, StatisticValues
        if (bytes[start + 4] !== 0x72) return scanSet(cursor, this.#has(cursor.member(start, STATISTIC_VALUES), HAS_SET), datum)
        const at = this.#once(cursor.member(start, STORAGE_RESOLUTION), SEEN_RESOLUTION)
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
    this.#places.timeAt = at
    this.#places.timeEnd = this.#readTimestamp(at)
    return this.#places.timeEnd
  }

  #readTimestamp(at: number): number {
    const cursor = this.#cursor
    const length = this.#timeLength
    const after = cursor.bytes[at + length]
    if (length > 0 && (after === COMMA || after === CLOSE) && sameBytes(cursor.view, at, cursor.view, this.#timeStart, length)) {
      this.#datum.timestamp = this.#time
      return at + length
    }
    // To whole milliseconds, as the SDK's own decoder rounds.
    this.#time = Math.round(parseNumber(cursor.bytes, at) * 1000)
    this.#datum.timestamp = this.#time
    const end = numberEnd()
    this.#timeStart = at
    this.#timeLength = Math.max(0, end - at)
    return end
  }

  /** The name; and the dimensions with it, when both are those of the metric that is expected here. */
  #scanName(at: number): number {
    const cursor = this.#cursor
    if (at < 0 || cursor.bytes[at] !== QUOTE) return UNUSUAL
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
        sameBytes(cursor.view, start, cache.view, offset, nameLength) &&
        sameBytes(cursor.view, nameEnd, DIMENSIONS_FOLLOW.view, 0, DIMENSIONS_FOLLOW.length)
      ) {
        const dimensionsStart = nameEnd + DIMENSIONS_FOLLOW.length
        if (sameBytes(cursor.view, dimensionsStart, cache.view, cache.dimensionsOffset[expected]!, dimensionsLength)) {
          this.#entry = expected
          if (this.#seen === SEEN_NAME && this.#datum.has === 0) this.#places.leadEnd = dimensionsStart + dimensionsLength
          this.#seen |= SEEN_DIMENSIONS
          return dimensionsStart + dimensionsLength
        }
      }
    }
    const close = cursor.stringEnd(start)
    if (close < 0 || close - start > MAX_NAME) return UNUSUAL
    this.#nameStart = start
    this.#nameEnd = close
    return close + 1
  }

  /** Finds the end of the list; what is in it is looked at only when these very bytes were never met. */
  #scanDimensions(start: number): number {
    const cursor = this.#cursor
    if (start < 0 || cursor.bytes[start] !== OPEN_LIST) return UNUSUAL
    const { bytes } = cursor
    let at = start + 1
    for (; at < cursor.end; at++) {
      const byte = bytes[at]!
      if (byte === QUOTE) {
        at = cursor.stringEnd(at + 1)
        if (at < 0) return UNUSUAL
      } else if (byte === CLOSE_LIST) {
        this.#dimensionsStart = start
        this.#dimensionsEnd = at + 1
        if (this.#seen === (SEEN_NAME | SEEN_DIMENSIONS) && this.#datum.has === 0) this.#places.leadEnd = at + 1
        return at + 1
      } else if (byte === OPEN_LIST) return UNUSUAL
    }
    return UNUSUAL
  }

  #resolve(datumStart: number): SeriesNumber {
    const { unit } = this.#datum
    if (this.#entry >= 0) return this.#lookup.known(this.#entry, unit)
    const leadStart = this.#places.leadEnd >= 0 ? datumStart : -1
    return this.#lookup.find(unit, this.#cursor.bytes, this.#nameStart, this.#nameEnd, this.#dimensionsStart, this.#dimensionsEnd, leadStart)
  }

  #scanUnit(at: number): number {
    const cursor = this.#cursor
    if (at < 0 || cursor.bytes[at] !== QUOTE) return UNUSUAL
    const start = at + 1
    const length = this.#unitLength
    if (length > 0 && cursor.bytes[start + length] === QUOTE && sameBytes(cursor.view, start, cursor.view, this.#unitStart, length)) {
      this.#datum.unit = this.#unit
      return start + length + 1
    }
    const close = cursor.stringEnd(start)
    if (close < 0) return UNUSUAL
    const unit = unitCodes.get(cursor.bytes.toString('latin1', start, close))
    if (unit === undefined) return UNUSUAL
    this.#unitStart = start
    this.#unitLength = close - start
    this.#unit = unit
    this.#datum.unit = unit
    return close + 1
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
}
