import { Fault } from '../../wire/fault.ts'

/** Bytes from `from` up to `to`, exclusive. */
interface ByteRange {
  readonly from: number
  readonly to: number
}

/** The one range that is asked for; undefined for all of it, also where the header is none, or asks for several, as S3 does. */
export const rangeOf = (header: string | undefined, size: number): ByteRange | undefined => {
  const [, first = '', last = ''] = /^bytes=(\d{0,16})-(\d{0,16})$/.exec(header?.trim() ?? '') ?? []
  if (first === '' && last === '') return undefined
  if (first === '') {
    const from = Math.max(0, size - Number(last))
    if (from === size) throw unsatisfiable(header!, size)
    return { from, to: size }
  }
  const from = Number(first)
  const to = last === '' ? size : Math.min(size, Number(last) + 1)
  if (last !== '' && Number(last) < from) return undefined
  if (from >= size) throw unsatisfiable(header!, size)
  return { from, to }
}

const unsatisfiable = (header: string, size: number): Fault =>
  new Fault('InvalidRange', 'The requested range is not satisfiable', {
    status: 416,
    members: { RangeRequested: header.slice(0, 256), ActualObjectSize: String(size) },
  })
