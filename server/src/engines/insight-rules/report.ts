/** What a rule found in a range of time. */
export interface RuleReport {
  readonly contributors: number
  readonly total: number
  /** The first ones, in their order. */
  readonly shown: readonly ShownContributor[]
  /** Those in which there was anything, in their order. */
  readonly periods: readonly RulePeriod[]
}

export interface ShownContributor {
  readonly keys: readonly string[]
  readonly total: number
  readonly points: readonly { readonly period: number; readonly value: number }[]
}

/** `period`: how many periods lie between it and the origin. */
export interface RulePeriod {
  readonly period: number
  readonly values: Readonly<Record<RuleMetric, number>>
}

export const RULE_METRICS = ['UniqueContributors', 'MaxContributorValue', 'SampleCount', 'Sum', 'Minimum', 'Maximum', 'Average'] as const
export type RuleMetric = (typeof RULE_METRICS)[number]

export const NOTHING_FOUND: RuleReport = { contributors: 0, total: 0, shown: [], periods: [] }

/** The one row of `compileReport`'s statement. */
export const readReport = (row: Readonly<Record<string, string | null>>): RuleReport => {
  const of = (name: string): unknown => JSON.parse(row[`${name}_of_all`] ?? 'null')
  const maps = new Map(['unique', 'samples', 'sums', 'greatest', 'lowest', 'highest'].map(name => [name, mapOf(of(name))]))
  const at = (name: string, period: number): number => maps.get(name)!.get(period) ?? 0
  return {
    contributors: Number(of('contributors')),
    total: Number(of('total')),
    shown: (of('shown') as readonly ShownRow[]).map(([, keys, total, periods, values]) => ({ keys, total: Number(total), points: pointsOf(periods, values) })),
    periods: [...maps.get('sums')!.keys()].sort((a, b) => a - b).map(period => ({
      period,
      values: {
        UniqueContributors: at('unique', period),
        MaxContributorValue: at('greatest', period),
        SampleCount: at('samples', period),
        Sum: at('sums', period),
        Minimum: at('lowest', period),
        Maximum: at('highest', period),
        // "from all contributors": of what each of them adds up to.
        Average: at('sums', period) / at('unique', period),
      },
    })),
  }
}

type Numbers = readonly (number | string)[]
type ShownRow = readonly [rank: number, keys: readonly string[], total: number | string, periods: Numbers, values: Numbers]

const pointsOf = (periods: Numbers, values: Numbers): ShownContributor['points'] =>
  periods.map((period, index) => ({ period: Number(period), value: Number(values[index]) })).sort((a, b) => a.period - b.period)

/** The engine writes a map as its keys and its values; 64-bit numbers may come as texts. */
const mapOf = (written: unknown): ReadonlyMap<number, number> => {
  const [keys, values] = written as readonly [Numbers, Numbers]
  return new Map(keys.map((key, index) => [Number(key), Number(values[index])]))
}
