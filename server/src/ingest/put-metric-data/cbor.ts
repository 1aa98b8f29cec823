import type { Tenant } from '../../base/tenancy.ts'
import type { MetricColumns, SeriesNumbers } from '../../model/metric-columns.ts'
import { UNITS, type Dimension } from '../../model/metric.ts'
import { CborCursor, INDEFINITE } from './cbor-cursor.ts'
import { Datum, HAS_COUNTS, HAS_SET, HAS_VALUE, HAS_VALUES } from './datum.ts'
import { MAX_DATUMS, MAX_DIMENSIONS, MAX_VALUES } from './limits.ts'
import { isNamespace, MAX_NAME, metricOf } from './names.ts'
import { type Literal, literal, sameBytes } from './same-bytes.ts'
import type { SeriesCache } from './series-cache.ts'
import type { SeriesCaches } from './series-caches.ts'
import { unitCodes } from './unit-codes.ts'

/** A text item: its head and its characters. */
const item = (characters: string): Literal => literal(0x60 + characters.length, ...new TextEncoder().encode(characters))
const NAMESPACE = item('Namespace')
const METRIC_DATA = item('MetricData')
const METRIC_NAME = item('MetricName')
const DIMENSIONS = item('Dimensions')
const TIMESTAMP = item('Timestamp')
const VALUE = item('Value')
const VALUES = item('Values')
const COUNTS = item('Counts')
const UNIT = item('Unit')
const STORAGE_RESOLUTION = item('StorageResolution')
const STATISTIC_VALUES = item('StatisticValues')
const SAMPLE_COUNT = item('SampleCount')
const SUM = item('Sum')
const MINIMUM = item('Minimum')
const MAXIMUM = item('Maximum')
const NAME = item('Name')
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

/**
 * Smithy RPC v2 CBOR → columns in one pass, as the scanner for JSON: known members in any order, plain ASCII, whole
 * strings, everything valid; for anything else it answers undefined and the general path decides.
 */
export class CborScanner {
  readonly #series: SeriesNumbers
  readonly #caches: SeriesCaches
  readonly #datum = new Datum()
  readonly #cursor = new CborCursor()
  #tenant!: Tenant
  #namespace = ''
  #cache!: SeriesCache
  #seen = 0
  #entry = -1
  #nameStart = 0
  #nameEnd = 0
  #dimensionsStart = 0
  #dimensionsEnd = 0
  #unitStart = 0
  #unitLength = 0
  #unit = 0

  constructor(series: SeriesNumbers, caches: SeriesCaches) {
    this.#series = series
    this.#caches = caches
  }

  /** Appends the rows of all datums to `columns` and answers the namespace; undefined leaves it to the general path. */
  scan(tenant: Tenant, body: Uint8Array, receivedAt: number, columns: MetricColumns): string | undefined {
    const cursor = this.#cursor
    cursor.start(body)
    this.#tenant = tenant
    this.#unitLength = 0
    const members = cursor.mapHeader()
    if ((members !== 2 && members !== INDEFINITE) || !cursor.take(NAMESPACE)) return undefined
    const length = cursor.textHeader()
    if (length < 0 || !cursor.isPlain(length)) return undefined
    this.#namespace = cursor.bytes.toString('latin1', cursor.at, cursor.at + length)
    cursor.at += length
    if (!isNamespace(this.#namespace) || !cursor.take(METRIC_DATA)) return undefined
    this.#cache = this.#caches.get(tenant, 'cbor', this.#namespace)
    const datums = cursor.listHeader()
    if (datums > MAX_DATUMS || datums === 0 || datums < INDEFINITE) return undefined
    let done = 0
    while (datums === INDEFINITE ? !cursor.takeBreak() : done < datums) {
      if (++done > MAX_DATUMS || !this.#scanDatum(receivedAt, columns)) return undefined
    }
    if (done === 0 || (members === INDEFINITE && !cursor.takeBreak())) return undefined
    return cursor.at === cursor.end ? this.#namespace : undefined
  }

  #scanDatum(receivedAt: number, columns: MetricColumns): boolean {
    const cursor = this.#cursor
    const datum = this.#datum
    datum.clear()
    this.#seen = 0
    this.#entry = -1
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
    const series = this.#resolve()
    return series >= 0 && datum.write(columns, series, receivedAt)
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
        datum.timestamp = Math.round(cursor.number() * 1000)
        return datum.timestamp === datum.timestamp
      case 0x56:
        if (cursor.bytes[cursor.at] === VALUE_HEAD) {
          if (!this.#has(HAS_VALUE) || !cursor.take(VALUE)) return false
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
    const cache = this.#cache
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
        sameBytes(cursor.view, dimensionsStart, cache.view, offset + nameLength, dimensionsLength)
      ) {
        this.#entry = expected
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
    return true
  }

  #resolve(): number {
    const cache = this.#cache
    const { bytes } = this.#cursor
    const unit = this.#datum.unit
    let entry = this.#entry
    if (entry < 0) {
      entry = cache.find(bytes, this.#nameStart, this.#nameEnd, this.#dimensionsStart, this.#dimensionsEnd)
      if (entry < 0) {
        const number = this.#learn(unit, bytes, this.#nameStart, this.#nameEnd, this.#dimensionsStart, this.#dimensionsEnd)
        if (number < 0) return -1
        entry = cache.add(bytes, this.#nameStart, this.#nameEnd, this.#dimensionsStart, this.#dimensionsEnd)
        cache.setNumber(entry, unit, number)
      }
    }
    cache.follow(entry)
    const known = cache.number(entry, unit)
    if (known >= 0) return known
    const dimensionsStart = cache.offset[entry]! + cache.nameLength[entry]!
    const number = this.#learn(unit, cache.arena, cache.offset[entry]!, dimensionsStart, dimensionsStart, dimensionsStart + cache.dimensionsLength[entry]!)
    if (number >= 0) cache.setNumber(entry, unit, number)
    return number
  }

  #learn(unit: number, bytes: Buffer, nameStart: number, nameEnd: number, dimensionsStart: number, dimensionsEnd: number): number {
    const reader = new CborCursor()
    reader.start(bytes.subarray(nameStart, nameEnd))
    const name = reader.text()
    const dimensions = dimensionsStart === dimensionsEnd ? [] : readDimensions(bytes.subarray(dimensionsStart, dimensionsEnd))
    if (name === undefined || dimensions === undefined) return -1
    const metric = metricOf(this.#namespace, name, dimensions)
    return metric === undefined ? -1 : this.#series.number(this.#tenant, metric, UNITS[unit]!)
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

/** Name and value in either order, twice two texts a dimension, as the scanner has already seen. */
const readDimensions = (bytes: Buffer): Dimension[] | undefined => {
  const cursor = new CborCursor()
  cursor.start(bytes)
  const dimensions: Dimension[] = []
  const count = cursor.listHeader()
  while (count === INDEFINITE ? !cursor.takeBreak() : dimensions.length < count) {
    const members = cursor.mapHeader()
    const nameFirst = cursor.take(NAME)
    if (!nameFirst && !cursor.take(VALUE)) return undefined
    const first = cursor.text()
    if (!cursor.take(nameFirst ? VALUE : NAME)) return undefined
    const second = cursor.text()
    if (first === undefined || second === undefined || (members === INDEFINITE && !cursor.takeBreak())) return undefined
    dimensions.push(nameFirst ? { name: first, value: second } : { name: second, value: first })
  }
  return dimensions
}
