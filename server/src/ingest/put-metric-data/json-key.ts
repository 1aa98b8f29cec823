/**
 * A member's key as most encoders write it, `"Name":` with its quotes and colon, compared in two or three reads of the
 * memory: as doubles, since ASCII never reads as NaN or 0. Keys are 7 to 20 bytes long.
 */
export interface JsonKey {
  readonly bytes: Uint8Array
  readonly length: number
  readonly first: number
  readonly middle: number
  readonly last: number
}

export const jsonKey = (name: string): JsonKey => {
  const bytes = new TextEncoder().encode(`"${name}":`)
  const view = new DataView(bytes.buffer)
  const { length } = bytes
  if (length < 8) return { bytes, length, first: view.getInt32(0, true), middle: 0, last: view.getInt32(length - 4, true) }
  const middle = length > 16 ? view.getInt32(8, true) : 0
  return { bytes, length, first: view.getFloat64(0, true), middle, last: view.getFloat64(length - 8, true) }
}

/** Whether the key, with its colon, is what stands at `at`. */
export const isKey = (view: DataView, at: number, key: JsonKey): boolean => {
  const { length } = key
  if (at + length > view.byteLength) return false
  if (length < 8) return view.getInt32(at, true) === key.first && view.getInt32(at + length - 4, true) === key.last
  if (view.getFloat64(at, true) !== key.first || view.getFloat64(at + length - 8, true) !== key.last) return false
  return length <= 16 || view.getInt32(at + 8, true) === key.middle
}
