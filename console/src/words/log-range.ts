import type { Range } from './ranges.ts'

const UNITS: Readonly<Record<string, number>> = { m: 60, h: 3600, d: 86_400 }
const HOUR: Range = { kind: 'last', seconds: 3600 }

/** The range that an address carries: `range=15m`, or `start` and `end` in epoch seconds; without one the last hour. */
export const rangeIn = (address: URLSearchParams): Range => {
  const [, count, unit] = /^(\d{1,6})([mhd])$/.exec(address.get('range') ?? '') ?? []
  if (count !== undefined && unit !== undefined && Number(count) > 0) return { kind: 'last', seconds: Number(count) * (UNITS[unit] ?? 60) }
  const [start, end] = [Number(address.get('start') ?? Number.NaN), Number(address.get('end') ?? Number.NaN)]
  return start >= 0 && end > start ? { kind: 'between', start, end } : HOUR
}

/** What an address carries for it; an empty text is left out. */
export const rangeOut = (range: Range): { readonly range: string; readonly start: string; readonly end: string } => {
  if (range.kind === 'between') return { range: '', start: String(range.start), end: String(range.end) }
  const [unit, size] = Object.entries(UNITS).findLast(([, seconds]) => range.seconds % seconds === 0) ?? ['m', 60]
  return { range: `${Math.ceil(range.seconds / size)}${unit}`, start: '', end: '' }
}
