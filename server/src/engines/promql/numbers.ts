/** Milliseconds of each unit, in the order in which a duration may name them. */
const UNITS = { y: 365 * 86_400_000, w: 7 * 86_400_000, d: 86_400_000, h: 3_600_000, m: 60_000, s: 1000, ms: 1 } as const
const DURATION = /^(?:(\d+)y)?(?:(\d+)w)?(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m(?!s))?(?:(\d+)s)?(?:(\d+)ms)?$/

/** `1h30m` in milliseconds; undefined: no duration. */
export const durationMillis = (text: string): number | undefined => {
  const parts = text === '' ? null : DURATION.exec(text)
  if (parts === null) return undefined
  return Object.values(UNITS).reduce((sum, unit, index) => sum + unit * Number(parts[index + 1] ?? 0), 0)
}

/** A number as PromQL writes it: `-1.5e3`, `0x1F`, `1_000`, `Inf`, `NaN`, or a duration, which is its seconds. */
export const numberOf = (text: string): number => {
  const sign = text.startsWith('-') ? -1 : 1
  const digits = text.replace(/^[+-]\s*/, '').replaceAll('_', '').toLowerCase()
  if (digits === 'inf') return sign * Infinity
  const duration = durationMillis(digits)
  return sign * (duration === undefined ? Number(digits) : duration / 1000)
}

/** The shortest decimal text that is this number, without an exponent; how `count_values` and the query API write values. */
export const decimalText = (value: number): string => {
  if (Number.isNaN(value)) return 'NaN'
  if (!Number.isFinite(value)) return value > 0 ? '+Inf' : '-Inf'
  if (Object.is(value, -0)) return '-0'
  const text = String(value)
  const [, sign, whole, fraction = '', exponent] = /^(-?)(\d+)(?:\.(\d+))?e([+-]\d+)$/.exec(text) ?? []
  if (exponent === undefined) return text
  const shift = Number(exponent)
  return shift > 0 ? `${sign}${whole}${fraction.padEnd(shift, '0')}` : `${sign}0.${'0'.repeat(-shift - 1)}${whole}${fraction}`
}
