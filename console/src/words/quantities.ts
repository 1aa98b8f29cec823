interface Scale {
  /** Symbols from the unit itself upwards, each `step` times the one before. */
  readonly symbols: readonly string[]
  readonly step: number
  /** Where in `symbols` the unit stands. */
  readonly at: number
}

const BYTES = ['B', 'kB', 'MB', 'GB', 'TB', 'PB']
const BITS = ['bit', 'kbit', 'Mbit', 'Gbit', 'Tbit', 'Pbit']
const PREFIXES = ['', 'Kilo', 'Mega', 'Giga', 'Tera']

const sizes = (symbols: readonly string[], noun: string): [string, Scale][] =>
  PREFIXES.flatMap((prefix, at): [string, Scale][] => {
    const name = prefix === '' ? noun : `${prefix}${noun.toLowerCase()}`
    return [[name, { symbols, step: 1000, at }], [`${name}/Second`, { symbols: symbols.map(symbol => `${symbol}/s`), step: 1000, at }]]
  })

/** CloudWatch's units that grow by steps; bytes in powers of 1000, as their symbols say. */
const SCALES: ReadonlyMap<string, Scale> = new Map([
  ...sizes(BYTES, 'Bytes'),
  ...sizes(BITS, 'Bits'),
  ['Microseconds', { symbols: ['µs', 'ms', 's'], step: 1000, at: 0 }],
  ['Milliseconds', { symbols: ['µs', 'ms', 's'], step: 1000, at: 1 }],
  ['Seconds', { symbols: ['µs', 'ms', 's'], step: 1000, at: 2 }],
])

const SUFFIXES: Readonly<Record<string, string>> = { 'Percent': '\u00a0%', 'Count/Second': '\u00a0/s' }

/** A value with its unit, short enough for an axis: `78.3 %`, `1.5 GB`, `240 ms`, `12,400`; never broken over two lines. */
export const quantity = (value: number, unit?: string): string => {
  const scale = unit === undefined ? undefined : SCALES.get(unit)
  if (scale === undefined) return `${plain(value)}${(unit !== undefined && SUFFIXES[unit]) || ''}`
  let at = scale.at
  let scaled = value
  while (Math.abs(scaled) >= scale.step && at < scale.symbols.length - 1) [scaled, at] = [scaled / scale.step, at + 1]
  while (scaled !== 0 && Math.abs(scaled) < 1 && at > 0) [scaled, at] = [scaled * scale.step, at - 1]
  return `${plain(scaled)}\u00a0${scale.symbols[at]}`
}

/** A number alone: at most four significant digits below a thousand, grouped above, powers of ten at the far ends. */
const plain = (value: number): string => {
  const size = Math.abs(value)
  if (size !== 0 && (size >= 1e12 || size < 1e-4)) return value.toExponential(2)
  if (size >= 1000) return value.toLocaleString('en', { maximumFractionDigits: 0 })
  return value.toLocaleString('en', { maximumSignificantDigits: 4 })
}
