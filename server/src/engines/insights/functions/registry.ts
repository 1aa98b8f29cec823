import type { InsightsAggregate, InsightsFunction } from './insights-function.ts'
import { strlen } from './strlen.ts'

/** All functions of rows, as the reference page lists them. */
export const FUNCTIONS: readonly InsightsFunction[] = [strlen]

/** All functions of `stats`. */
export const AGGREGATES: readonly InsightsAggregate[] = []

const byName = <Function extends InsightsFunction>(functions: readonly Function[]): ReadonlyMap<string, Function> =>
  new Map(functions.flatMap(one => [one.name, ...(one.aliases ?? [])].map(name => [name.toLowerCase(), one] as const)))

const functions = byName(FUNCTIONS)
const aggregates = byName(AGGREGATES)

export const functionNamed = (name: string): InsightsFunction | undefined => functions.get(name.toLowerCase())
export const aggregateNamed = (name: string): InsightsAggregate | undefined => aggregates.get(name.toLowerCase())
