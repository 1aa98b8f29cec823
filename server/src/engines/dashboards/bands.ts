/** One answered line, oldest first; times in epoch seconds. */
export interface DataLine {
  /** Of the query that answered it. */
  readonly id: string
  readonly label: string
  readonly timestamps: readonly number[]
  readonly values: readonly number[]
  /** The line is a band, of which `values` are the lower edge. */
  readonly upper?: readonly number[]
}

/** Quiet: the metric itself is what is looked at. */
export const BAND_COLOR = '#95a5a6'

const BAND = /^\s*ANOMALY_DETECTION_BAND\s*\(/

export const isBand = (expression: string | undefined): boolean => BAND.test(expression ?? '')

/** The two lines of each band, its lower and its upper limit, as one. */
export const withBands = <Line extends DataLine>(lines: readonly Line[], isOfBand: (line: Line) => boolean): readonly Line[] => {
  const merged: Line[] = []
  for (const line of lines) {
    const before = merged.at(-1)
    if (before?.id === line.id && before.upper === undefined && isOfBand(line)) merged.splice(-1, 1, between(before, line))
    else merged.push(line)
  }
  return merged
}

const between = <Line extends DataLine>(lower: Line, upper: Line): Line => {
  const values = new Map(upper.timestamps.map((at, index) => [at, upper.values[index]!]))
  const label = lower.label === upper.label ? lower.label : lower.label.replace(': lower)', ')')
  return { ...lower, label, upper: lower.timestamps.map(at => values.get(at) ?? Number.NaN) }
}
