import type { Line } from './program.ts'
import type { Run } from './run.ts'

/** A checked piece of an expression, ready to be evaluated any number of times. */
export type Term = ScalarTerm | SeriesTerm | ListTerm

export interface ScalarTerm {
  readonly shape: 'scalar'
  /** NaN: no value. */
  at(run: Run): number
}

export interface SeriesTerm {
  readonly shape: 'series'
  at(run: Run): Line
}

export interface ListTerm {
  readonly shape: 'list'
  at(run: Run): readonly Line[]
}

/** Makes the values of a series out of those of another, slot by slot; NaN is no datapoint. */
export type Kernel = (values: Float64Array, out: Float64Array, run: Run) => void

export const scalar = (at: ScalarTerm['at']): ScalarTerm => ({ shape: 'scalar', at })
export const list = (at: ListTerm['at']): ListTerm => ({ shape: 'list', at })
export const series = (at: SeriesTerm['at']): SeriesTerm => ({ shape: 'series', at })

/** A series that is nobody's metric: what it is called is how it was written. */
export const made = (label: string, fill: (out: Float64Array, run: Run) => void): SeriesTerm =>
  series(run => {
    const values = run.column()
    fill(values, run)
    return { label, values }
  })

/** Applies a kernel to a series, or to every series of a list. They keep their names. */
export const mapped = (term: SeriesTerm | ListTerm, kernel: Kernel): SeriesTerm | ListTerm => prepared(term, () => kernel)

/** As `mapped`, by a kernel that is made anew for each evaluation, once for all series. */
export const prepared = (term: SeriesTerm | ListTerm, prepare: (run: Run) => Kernel): SeriesTerm | ListTerm => {
  if (term.shape === 'series') return series(run => applied(term.at(run), prepare(run), run))
  return list(run => {
    const kernel = prepare(run)
    return term.at(run).map(line => applied(line, kernel, run))
  })
}

const applied = (line: Line, kernel: Kernel, run: Run): Line => {
  const values = run.column()
  kernel(line.values, values, run)
  return { ...line, values }
}

/** What FIRST of nothing is. */
export const emptyLine = (label: string, run: Run): Line => ({ label, values: run.column().fill(NaN) })

/** NaN for what is no datapoint (±∞, NaN); never −0. */
export const datapoint = (value: number): number => (Number.isFinite(value) ? value + 0 : NaN)
