/** A number with its CloudWatch unit, as people write it: `78%`, `1.5 GB/s`, `250 ms` (also of 0.25 seconds), `12,345`. */
export const quantity = (value: number, unit: string | undefined, digits: 'short' | 'full' = 'short'): string => {
  if (!Number.isFinite(value)) return String(value)
  if (unit === undefined || unit === 'None' || unit === 'Count') return number(value, digits)
  if (unit === 'Percent') return `${number(value, digits)}%`
  const [base = '', per] = unit.split('/')
  const suffix = per === undefined ? '' : '/s'
  if (base === 'Count') return `${number(value, digits)}${suffix}`
  const time = TIMES[base]
  if (base === 'Seconds' && value !== 0 && Math.abs(value) < 1) return `${number(value * 1000, digits)} ms${suffix}`
  if (time !== undefined) return `${number(value, digits)} ${time}${suffix}`
  const size = /^(Kilo|Mega|Giga|Tera|)(bytes|bits)$/i.exec(base)
  if (size === null) return `${number(value, digits)} ${unit}`
  const [, prefix = '', what = ''] = size
  const plain = value * 1000 ** UNIT_PREFIXES.indexOf(prefix.toLowerCase())
  return scaled(plain, what.toLowerCase() === 'bytes' ? 'B' : 'bit', digits) + suffix
}

const TIMES: Readonly<Record<string, string>> = { Seconds: 's', Milliseconds: 'ms', Microseconds: 'µs' }
const UNIT_PREFIXES = ['', 'kilo', 'mega', 'giga', 'tera']
const PREFIXES = ['', 'k', 'M', 'G', 'T', 'P', 'E']

/** Decimal prefixes, as CloudWatch's own units (a kilobyte is 1000 bytes). */
const scaled = (value: number, symbol: string, digits: 'short' | 'full'): string => {
  const step = value === 0 ? 0 : Math.min(PREFIXES.length - 1, Math.max(0, Math.floor(Math.log10(Math.abs(value)) / 3 + 1e-9)))
  return `${number(value / 1000 ** step, digits)} ${PREFIXES[step] ?? ''}${symbol}`
}

const number = (value: number, digits: 'short' | 'full'): string => {
  const size = Math.abs(value)
  if (size !== 0 && (size >= 1e15 || size < 1e-6)) return value.toExponential(2).replace(/\.?0+e/, 'e')
  if (digits === 'full') return FULL.format(value)
  return (size >= 100 ? COARSE : size >= 1 ? MIDDLE : FINE).format(value)
}

const FULL = new Intl.NumberFormat('en-US', { maximumFractionDigits: 12 })
const COARSE = new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 })
const MIDDLE = new Intl.NumberFormat('en-US', { maximumFractionDigits: 2 })
const FINE = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 3 })
