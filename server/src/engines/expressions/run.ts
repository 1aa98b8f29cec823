import type { Grid, Inputs, Line, Need } from './program.ts'

/** So many series may stand in one list; CloudWatch itself draws 500. */
const LIST_LIMIT = 10_000
/** So many datapoints may one evaluation make (256 MB) … */
const MADE_LIMIT = 32_000_000
/** … and so many may it look at (about half a second): five hundred expressions over five hundred series can ask for more than is good for the others. */
const READ_LIMIT = 200_000_000

/** What an evaluation made of an expression. NaN: a scalar that has no value. */
export type Value = number | Line | readonly Line[]

/** More was asked for than one evaluation may cost. */
export class TooMuch extends Error {
  override readonly name = 'TooMuch'
}

/** One evaluation: the data, what is computed already, and what it has cost. */
export class Run {
  readonly grid: Grid
  /** Results of the program's expressions, by their place in it. */
  readonly results: Value[] = []
  readonly #inputs: Inputs
  readonly #metrics = new Map<string, Line>()
  readonly #needs = new Map<Need, readonly Line[]>()
  #made = 0
  #read = 0

  constructor(inputs: Inputs) {
    this.grid = inputs.grid
    this.#inputs = inputs
  }

  metric(id: string): Line {
    let line = this.#metrics.get(id)
    if (line === undefined) this.#metrics.set(id, (line = this.#inputs.metric(id)))
    return line
  }

  need(need: Need): readonly Line[] {
    let lines = this.#needs.get(need)
    if (lines === undefined) this.#needs.set(need, (lines = this.#inputs.need(need)))
    return lines
  }

  /** Room for the values of one new series; all of them have to be written. */
  column(): Float64Array<ArrayBuffer> {
    this.#made += this.grid.length
    if (this.#made > MADE_LIMIT) throw new TooMuch('the expression makes too many datapoints')
    return new Float64Array(this.grid.length)
  }

  /** Pays for looking at every datapoint of so many series. */
  reading(series: number): void {
    if (series > LIST_LIMIT) throw new TooMuch('the expression makes too many time series')
    this.#read += series * this.grid.length
    if (this.#read > READ_LIMIT) throw new TooMuch('the expression reads too many datapoints')
  }
}
