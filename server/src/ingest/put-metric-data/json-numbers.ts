import type { Datum } from './datum.ts'
import { numberEnd, parseNumber } from './decimal.ts'
import { CLOSE, CLOSE_LIST, COMMA, type JsonCursor, OPEN, OPEN_LIST, UNUSUAL } from './json-cursor.ts'
import { jsonKey } from './json-key.ts'
import { MAX_VALUES } from './limits.ts'

const SAMPLE_COUNT = jsonKey('SampleCount')
const SUM = jsonKey('Sum')
const MINIMUM = jsonKey('Minimum')
const MAXIMUM = jsonKey('Maximum')

let numbers = 0

/** How many numbers the last {@link scanNumbers} found. */
export const numberCount = (): number => numbers

/** A list of numbers; their count is in {@link numberCount} afterwards. */
export const scanNumbers = (cursor: JsonCursor, start: number, into: Float64Array): number => {
  const { bytes } = cursor
  if (start < 0 || bytes[start] !== OPEN_LIST) return UNUSUAL
  let at = cursor.space(start + 1)
  for (let count = 0; count < MAX_VALUES; ) {
    into[count++] = parseNumber(bytes, at)
    at = numberEnd()
    if (at < 0) return UNUSUAL
    at = cursor.space(at)
    if (bytes[at] === COMMA) at = cursor.space(at + 1)
    else if (bytes[at] === CLOSE_LIST) {
      numbers = count
      return at + 1
    } else return UNUSUAL
  }
  return UNUSUAL
}

/** A statistic set. */
export const scanSet = (cursor: JsonCursor, start: number, datum: Datum): number => {
  const { bytes } = cursor
  if (start < 0 || bytes[start] !== OPEN) return UNUSUAL
  let at = cursor.space(start + 1)
  let seen = 0
  for (;;) {
    let bit: number
    switch (bytes[at + 2]) {
      case 0x61: // SampleCount, Maximum
        bit = bytes[at + 1] === 0x53 ? 1 : 2
        at = cursor.member(at, bit === 1 ? SAMPLE_COUNT : MAXIMUM)
        break
      case 0x75: // Sum
        bit = 4
        at = cursor.member(at, SUM)
        break
      default:
        bit = 8
        at = cursor.member(at, MINIMUM)
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
    at = cursor.space(at)
    if (bytes[at] === COMMA) at = cursor.space(at + 1)
    else if (bytes[at] === CLOSE) return seen === 15 ? at + 1 : UNUSUAL
    else return UNUSUAL
  }
}
