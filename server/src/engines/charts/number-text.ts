const SUFFIXES = ['', 'k', 'M', 'G', 'T', 'P', 'E']

/** `78.5`, `12.3k`, `1.2M`, `0.0042`: some three or four digits, as numbers in charts are read. */
export const shortNumber = (value: number): string => {
  const size = Math.abs(value)
  if (size === 0) return '0'
  if (size < 1e-4 || size >= 1e21) return exponent(value)
  if (size < 1) return trimmed(value.toPrecision(3))
  // 999.96 is shown as 1k, not as 1000.
  const step = Math.min(SUFFIXES.length - 1, Math.floor(Math.log10(size * 1.0005) / 3 + 1e-9))
  const scaled = value / 1000 ** step
  const digits = Math.abs(scaled) >= 100 ? 1 : 2
  return `${trimmed(scaled.toFixed(digits))}${SUFFIXES[step]}`
}

/** Every digit that there is, in groups of three. */
export const fullNumber = (value: number): string => {
  const size = Math.abs(value)
  return size !== 0 && (size < 1e-9 || size >= 1e21) ? exponent(value) : FULL.format(value)
}

/** A tick's number: so many digits that neighbours a step apart differ, and no more. */
export const tickNumber = (value: number, step: number): string => {
  const size = Math.abs(value)
  if (size < step / 1e6) return '0'
  if (size < 1e-6 || size >= 1e21) return exponent(value)
  const scale = Math.min(SUFFIXES.length - 1, Math.max(0, Math.floor(Math.log10(size) / 3 + 1e-9)))
  const unit = 1000 ** scale
  const digits = Math.max(0, -Math.floor(Math.log10(step / unit) + 1e-9) + (isQuarter(step) ? 1 : 0))
  // 1.000002M says less than 1,000,002.
  if (scale > 0 && digits > 3) return FULL.format(value)
  return `${trimmed((value / unit).toFixed(Math.min(20, digits)))}${SUFFIXES[scale]}`
}

const isQuarter = (step: number): boolean => {
  const lead = step / 10 ** Math.floor(Math.log10(step) + 1e-9)
  return Math.abs(lead - 2.5) < 1e-6
}

const FULL = new Intl.NumberFormat('en-US', { maximumFractionDigits: 12 })

const exponent = (value: number): string => value.toExponential(2).replace(/\.?0+e/, 'e')
const trimmed = (text: string): string => (text.includes('.') ? text.replace(/\.?0+$/, '') : text)
