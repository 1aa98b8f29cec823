/** One figure that was measured, beside what it has to be. */
export interface Figure {
  readonly name: string
  readonly unit: string
  readonly want: 'at least' | 'at most'
  /** Undefined for a figure that is only shown. */
  readonly goal: number | undefined
  readonly measured: number
}

/** Sets up what it measures, measures it, and leaves nothing behind. */
export interface Benchmark {
  readonly name: string
  run(options: BenchmarkOptions): Promise<readonly Figure[]>
}

export interface BenchmarkOptions {
  /** How long load is put on. */
  readonly seconds: number
  /** Further arguments for the server's Node, e.g. to profile it. */
  readonly nodeArguments: readonly string[]
  /** Where a benchmark that takes minutes to load its data keeps them, and finds them the next time; undefined: nowhere. */
  readonly data: string | undefined
}

export const atLeast = (goal: number, unit: string, name: string, measured: number): Figure => ({ name, unit, want: 'at least', goal, measured })
export const atMost = (goal: number, unit: string, name: string, measured: number): Figure => ({ name, unit, want: 'at most', goal, measured })
export const shown = (unit: string, name: string, measured: number): Figure => ({ name, unit, want: 'at most', goal: undefined, measured })

/** How many times over the goal is met; below 1 it is missed. */
export const ratio = ({ goal, want, measured }: Figure): number | undefined =>
  goal === undefined ? undefined : want === 'at least' ? measured / goal : goal / measured

/** The value below which `fraction` of them lie; `values` in any order. */
export const quantile = (values: readonly number[], fraction: number): number => {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * fraction))] ?? Number.NaN
}

export const median = (values: readonly number[]): number => quantile(values, 0.5)
