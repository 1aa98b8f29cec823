import { ExpressionError } from './expression-error.ts'
import type { Syntax } from './grammar/syntax.ts'
import type { BandNeed, ExpressionQuery, Inputs, Line, Need, Program, Shape, StoredQuery } from './program.ts'
import { Run, TooMuch, type Value } from './run.ts'
import { list, scalar, series, type Term } from './term.ts'

export interface Compiled {
  readonly query: ExpressionQuery
  /** Undefined: a Metrics Insights query. */
  readonly syntax: Syntax | undefined
  readonly term: Term
  /** Its place in the program: after all that it refers to. */
  readonly index: number
  /** Ids of metrics and expressions. */
  readonly referred: ReadonlySet<string>
  readonly needs: ReadonlySet<Need>
}

/** What one query uses, directly or through others. */
interface Reach {
  readonly metrics: ReadonlySet<string>
  readonly needs: readonly Need[]
  /** In the program's order, the query itself last. */
  readonly expressions: readonly Compiled[]
}

export class CompiledProgram implements Program {
  readonly #metrics: ReadonlyMap<string, StoredQuery>
  readonly #expressions: ReadonlyMap<string, Compiled>
  readonly #reach = new Map<string, Reach>()

  constructor(metrics: ReadonlyMap<string, StoredQuery>, expressions: ReadonlyMap<string, Compiled>) {
    this.#metrics = metrics
    this.#expressions = expressions
  }

  shapeOf(id: string): Shape {
    return this.#metrics.has(id) ? 'series' : this.#expression(id).term.shape
  }

  requireSeries(id: string): void {
    if (this.shapeOf(id) === 'scalar') throw scalarResult(id)
  }

  metricsOf(id: string): ReadonlySet<string> {
    return this.reach(id).metrics
  }

  needsOf(id: string): readonly Need[] {
    return this.reach(id).needs
  }

  bandOf(id: string): BandNeed | undefined {
    const expression = this.#expressions.get(id)
    if (expression?.syntax?.kind !== 'call' || expression.syntax.name !== 'ANOMALY_DETECTION_BAND') return undefined
    return [...expression.needs].find(need => need.kind === 'band')
  }

  evaluate(id: string, inputs: Inputs): readonly Line[] {
    return this.evaluateAll([id], inputs)[0]!
  }

  evaluateAll(ids: readonly string[], inputs: Inputs): readonly (readonly Line[])[] {
    const run = new Run(inputs)
    return ids.map(id => {
      if (this.#metrics.has(id)) return [run.metric(id)]
      for (const expression of this.reach(id).expressions) run.results[expression.index] ??= compute(expression, run)
      const { index, term } = this.#expression(id)
      const result = resultOf(index, term)
      if (result.shape === 'scalar') throw scalarResult(id)
      return result.shape === 'series' ? [result.at(run)] : result.at(run)
    })
  }

  reach(id: string): Reach {
    let reach = this.#reach.get(id)
    if (reach === undefined) this.#reach.set(id, (reach = this.#explore(id)))
    return reach
  }

  #explore(id: string): Reach {
    const metrics = new Set<string>()
    const found = new Set<Compiled>()
    const waiting = [id]
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      if (this.#metrics.has(next)) metrics.add(next)
      else if (!found.has(this.#expression(next))) {
        found.add(this.#expression(next))
        waiting.push(...this.#expression(next).referred)
      }
    }
    const expressions = [...found].sort((a, b) => a.index - b.index)
    return { metrics, needs: [...new Set(expressions.flatMap(({ needs }) => [...needs]))], expressions }
  }

  #expression(id: string): Compiled {
    const expression = this.#expressions.get(id)
    if (expression === undefined) throw new TypeError(`'${id}' was not compiled`)
    return expression
  }
}

const scalarResult = (id: string): ExpressionError =>
  new ExpressionError(id, 'The result is a scalar, not a time series; TIME_SERIES() makes one of it')

/** What refers to the result of the expression at that place, which is there by the time it is asked for. */
export const resultOf = (index: number, { shape }: Term): Term => {
  // The shape is known beforehand, so these casts hold.
  switch (shape) {
    case 'scalar':
      return scalar(run => run.results[index] as number)
    case 'series':
      return series(run => run.results[index] as Line)
    case 'list':
      return list(run => run.results[index] as readonly Line[])
  }
}

const compute = ({ query: { id, label }, term }: Compiled, run: Run): Value => {
  try {
    if (term.shape === 'scalar') return term.at(run)
    if (term.shape === 'series') return { ...term.at(run), label: label === undefined || label === '' ? id : label }
    const lines = term.at(run)
    return label === undefined || label === '' ? lines : lines.map(line => ({ ...line, label: `${label} ${line.label}` }))
  } catch (error) {
    if (error instanceof TooMuch) throw new ExpressionError(id, error.message)
    throw error
  }
}
