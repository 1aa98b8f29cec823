import { CommandError } from './command-error.ts'

const UNITS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 }

/** Epoch milliseconds of a time that is given as ISO 8601 or as how long ago it was; `now` likewise. */
export const momentOf = (flag: '--since' | '--until', text: string, now: number): number => {
  const [, count, unit] = /^(\d{1,9})([smhdw])$/.exec(text) ?? []
  const at = count === undefined || unit === undefined ? (/^\d{4}-\d\d-\d\d/.test(text) ? Date.parse(text) : Number.NaN) : now - Number(count) * UNITS[unit]!
  if (!Number.isNaN(at)) return Math.max(0, at)
  throw new CommandError(`${flag} must be a time such as 2026-01-31T12:00:00Z or how long ago, such as 10m (got ${JSON.stringify(text)})`)
}
