import { epochSeconds } from '../../../base/time.ts'
import { bandAt } from '../../../engines/bands/band-at.ts'
import { bandSource } from '../../../engines/bands/band-source.ts'
import { compile } from '../../../engines/expressions/compile.ts'
import { ExpressionError } from '../../../engines/expressions/expression-error.ts'
import type { BandNeed, Grid, Inputs, Line, Need, Program } from '../../../engines/expressions/program.ts'
import type { ExpressionAlarm } from '../../../model/alarm.ts'
import type { BandModels, InsightRuleValues } from '../ports.ts'
import type { InsightsLines } from './insights-lines.ts'
import { roomFor, type MetricValues, type Wanted } from './metric-values.ts'
import type { SearchLines } from './search-lines.ts'

/** The evaluation range. Expressions see the grid alone; data are those of the runs that it stands for, where they are others. */
export interface QuerySpan {
  readonly grid: Grid
  readonly runs?: readonly Grid[]
}

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
  readonly searches: SearchLines
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
  recall({ grid, runs = [grid] }: QuerySpan): Inputs | undefined {
    if (this.#needs.some(({ kind }) => LOOKED_FOR.has(kind))) return undefined
    for (const { watched, room } of this.#stored.values()) {
      if (!this.#sources.values.recallRuns(watched, runs, room)) return undefined
    }
    return this.#inputs(grid, runs, new Map())
  }

  async fetch({ grid, runs = [grid] }: QuerySpan): Promise<Gathered> {
    const found = new Map<Need, readonly Line[]>()
    let partial = false
    const metrics = this.#sources.values.fetchRuns([...this.#stored.values()], runs)
    const queries = this.#needs.map(async need => {
      if (need.kind === 'search') {
        const answer = await this.#sources.searches.find(this.#alarm.tenant, need, runs)
        found.set(need, answer.lines)
        partial ||= answer.partial
      }
      if (need.kind === 'insight-rule') {
        const values = await Promise.all(runs.map(run => this.#sources.rules.values(this.#alarm.tenant, need.rule, need.metric, run)))
        if (values.every(part => part !== undefined)) found.set(need, [{ label: `${need.rule} ${need.metric}`, values: joined(values) }])
      }
      if (need.kind !== 'insights') return
      const answer = await this.#sources.insights.find(this.#alarm.tenant, need.sql, newestExact(grid, runs))
      found.set(need, answer.lines)
      partial ||= answer.partial
    })
    await Promise.all([metrics, ...queries])
    return { inputs: this.#inputs(grid, runs, found), partial }
  }

  /** What nothing here measures yet is no data. */
  #inputs(grid: Grid, runs: readonly Grid[], found: ReadonlyMap<Need, readonly Line[]>): Inputs {
    return {
      grid,
      metric: id => this.#stored.get(id)!.line,
      need: need => (need.kind === 'band' ? this.#band(need, grid, runs) : (found.get(need) ?? [])),
    }
  }

  #band({ metric, deviations }: BandNeed, grid: Grid, runs: readonly Grid[]): readonly Line[] {
    const source = bandSource(this.#alarm.queries, metric)
    const model = source && this.#sources.bands.get(this.#alarm.tenant, source, grid.period)
    if (model === undefined) return []
    const bands = runs.map(run => bandAt(model, run, deviations))
    return [
      { label: `${metric} (expected: lower)`, values: joined(bands.map(({ lower }) => lower)) },
      { label: `${metric} (expected: upper)`, values: joined(bands.map(({ upper }) => upper)) },
    ]
  }
}

/** Which metrics these read is found anew for each evaluation. */
const LOOKED_FOR: ReadonlySet<Need['kind']> = new Set(['insights', 'insight-rule', 'search'])

const joined = (parts: readonly Float64Array[]): Float64Array => {
  if (parts.length === 1) return parts[0]!
  const all = new Float64Array(parts.reduce((length, part) => length + part.length, 0))
  let from = 0
  for (const part of parts) {
    all.set(part, from)
    from += part.length
  }
  return all
}

/** Metrics Insights looks at the last hours alone: its grid has the newest periods as they are. */
const newestExact = (grid: Grid, runs: readonly Grid[]): Grid => {
  const { start, period, length } = runs.at(-1)!
  return runs.length === 1 ? grid : { start: epochSeconds(start - (grid.length - length) * period), period, length: grid.length }
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
