import { bandAt } from '../../../engines/bands/band-at.ts'
import { bandSource } from '../../../engines/bands/band-source.ts'
import { compile } from '../../../engines/expressions/compile.ts'
import { ExpressionError } from '../../../engines/expressions/expression-error.ts'
import type { BandNeed, Grid, Inputs, Line, Need, Program } from '../../../engines/expressions/program.ts'
import type { ExpressionAlarm } from '../../../model/alarm.ts'
import type { BandModels, InsightRuleValues } from '../ports.ts'
import type { InsightsLines } from './insights-lines.ts'
import { roomFor, type MetricValues, type Wanted } from './metric-values.ts'

/** What an alarm's queries read, gathered for one evaluation. */
export interface Gathered {
  readonly inputs: Inputs
  /** Limits cut a query's answer short. */
  readonly partial: boolean
}

interface Sources {
  readonly values: MetricValues
  readonly bands: BandModels
  readonly rules: InsightRuleValues
  readonly insights: InsightsLines
}

interface Stored extends Wanted {
  readonly line: Line
}

/** The queries of one alarm, compiled, with the stored metrics that they read. */
export class QueryData {
  readonly program: Program
  readonly #alarm: ExpressionAlarm
  readonly #sources: Sources
  readonly #stored: ReadonlyMap<string, Stored>
  readonly #needs: readonly Need[]

  private constructor(alarm: ExpressionAlarm, program: Program, stored: ReadonlyMap<string, Stored>, sources: Sources) {
    this.program = program
    this.#alarm = alarm
    this.#sources = sources
    this.#stored = stored
    this.#needs = [...new Set(alarm.queries.filter(({ returnData }) => returnData).flatMap(({ id }) => program.needsOf(id)))]
  }

  /** Undefined for queries that make no sense, which no door lets in. `length`: periods of the evaluation range. */
  static of(alarm: ExpressionAlarm, length: number, sources: Sources): QueryData | undefined {
    const stored = new Map<string, Stored>()
    for (const { id, label, stored: queried } of alarm.queries) {
      if (queried === undefined) continue
      const watched = sources.values.open(alarm.tenant, queried)
      if (watched === undefined) return undefined
      const room = roomFor(length)
      stored.set(id, { watched, room, line: { label: label ?? id, values: room.values } })
    }
    const program = compiled(alarm)
    return program && new QueryData(alarm, program, stored, sources)
  }

  /** Its evaluation searches log events. */
  get lengthy(): boolean {
    return this.#needs.some(({ kind }) => kind === 'insight-rule')
  }

  /** Undefined: memory does not hold it all. What it answers is overwritten by the next evaluation. */
  recall(grid: Grid): Inputs | undefined {
    if (this.#needs.some(({ kind }) => kind === 'insights' || kind === 'insight-rule')) return undefined
    for (const { watched, room } of this.#stored.values()) {
      if (!this.#sources.values.recall(watched, grid.start, grid.length, room)) return undefined
    }
    return this.#inputs(grid, new Map())
  }

  async fetch(grid: Grid): Promise<Gathered> {
    const found = new Map<Need, readonly Line[]>()
    let partial = false
    const metrics = this.#sources.values.fetch([...this.#stored.values()], grid.start, grid.length)
    const queries = this.#needs.map(async need => {
      if (need.kind === 'insight-rule') {
        const values = await this.#sources.rules.values(this.#alarm.tenant, need.rule, need.metric, grid)
        if (values !== undefined) found.set(need, [{ label: `${need.rule} ${need.metric}`, values }])
      }
      if (need.kind !== 'insights') return
      const answer = await this.#sources.insights.find(this.#alarm.tenant, need.sql, grid)
      found.set(need, answer.lines)
      partial ||= answer.partial
    })
    await Promise.all([metrics, ...queries])
    return { inputs: this.#inputs(grid, found), partial }
  }

  /** What no alarm may ask for (SEARCH) and what nothing here measures yet is no data. */
  #inputs(grid: Grid, found: ReadonlyMap<Need, readonly Line[]>): Inputs {
    return {
      grid,
      metric: id => this.#stored.get(id)!.line,
      need: need => (need.kind === 'band' ? this.#band(need, grid) : (found.get(need) ?? [])),
    }
  }

  #band({ metric, deviations }: BandNeed, grid: Grid): readonly Line[] {
    const source = bandSource(this.#alarm.queries, metric)
    const model = source && this.#sources.bands.get(this.#alarm.tenant, source, grid.period)
    if (model === undefined) return []
    const { lower, upper } = bandAt(model, grid, deviations)
    return [{ label: `${metric} (expected: lower)`, values: lower }, { label: `${metric} (expected: upper)`, values: upper }]
  }
}

const compiled = (alarm: ExpressionAlarm): Program | undefined => {
  const { queries, period } = alarm
  try {
    return compile(
      queries.filter(({ stored }) => stored !== undefined).map(({ id, label, stored }) => ({ id, period: stored!.period, ...labelled(label) })),
      queries.flatMap(({ id, label, expression, period: own }) =>
        expression === undefined ? [] : [{ id, expression, period: own ?? period, ...labelled(label) }]),
    )
  } catch (error) {
    if (error instanceof ExpressionError) return undefined
    throw error
  }
}

const labelled = (label: string | undefined): { readonly label?: string } => (label === undefined ? {} : { label })
