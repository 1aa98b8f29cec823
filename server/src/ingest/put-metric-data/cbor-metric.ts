import type { Dimension } from '../../model/metric.ts'
import { CborCursor, INDEFINITE } from './cbor-cursor.ts'
import { cborText } from './cbor-text.ts'
import type { ReadMetric } from './metric-lookup.ts'

const NAME = cborText('Name')
const VALUE = cborText('Value')

/** A name with its head, and a list of dimensions, as CBOR. */
export const readCborMetric: ReadMetric = (bytes, nameStart, nameEnd, dimensionsStart, dimensionsEnd) => {
  const cursor = new CborCursor()
  cursor.start(bytes.subarray(nameStart, nameEnd))
  const name = cursor.text()
  const dimensions = dimensionsStart === dimensionsEnd ? [] : readDimensions(bytes.subarray(dimensionsStart, dimensionsEnd))
  return name === undefined || dimensions === undefined ? undefined : { name, dimensions }
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
