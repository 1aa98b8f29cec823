/** How often a field has a value in events that meet a condition, and in those that do not. */
export interface SeenValue {
  readonly value: string
  /** Undefined: it is no number. Numbers that are alike to three digits are one value. */
  readonly number: Numbers | undefined
  readonly inside: number
  readonly outside: number
}

/** Medians of numbers that count as one value; undefined where there is none. */
interface Numbers {
  readonly inside: number | undefined
  readonly outside: number | undefined
}

interface Totals {
  readonly inside: number
  readonly outside: number
}

export interface Relevance {
  /** 0 to 1. */
  readonly score: number
  /** Of texts: the values whose shares differ most, the largest difference first. */
  readonly contributors: readonly { readonly value: string; readonly conditionPercent: number; readonly baselinePercent: number }[]
  /** Of numbers. */
  readonly conditionalMedian: number | undefined
  readonly baselineMedian: number | undefined
}

/** So many of a field's values must be numbers for it to be one of numbers. */
const MOSTLY = 0.95
const CONTRIBUTORS = 5

/** How much a field's values have to do with the condition. `totals` counts all events, those without the field too. */
export const relevanceOf = (seen: readonly SeenValue[], totals: Totals): Relevance => {
  const numbers = seen.filter(({ number }) => number !== undefined)
  if (countOf(numbers) >= MOSTLY * countOf(seen) && numbers.length > 0) return ofNumbers(numbers, totals)
  const shares = seen.map(({ value, inside, outside }) => ({ value, conditionPercent: percent(inside, totals.inside), baselinePercent: percent(outside, totals.outside) }))
  const difference = (one: (typeof shares)[number]): number => Math.abs(one.conditionPercent - one.baselinePercent)
  return {
    score: association([...seen, missing(seen, totals)]),
    contributors: shares.filter(one => difference(one) > 0).sort((a, b) => difference(b) - difference(a) || (a.value < b.value ? -1 : 1)).slice(0, CONTRIBUTORS),
    conditionalMedian: undefined,
    baselineMedian: undefined,
  }
}

const ofNumbers = (seen: readonly SeenValue[], totals: Totals): Relevance => {
  const ordered = seen.map(one => ({ ...one, at: one.number!.inside ?? one.number!.outside ?? 0 })).sort((a, b) => a.at - b.at)
  const present = { value: '', number: undefined, inside: sum(ordered, 'inside'), outside: sum(ordered, 'outside') }
  return {
    score: Math.max(distance(ordered), association([present, missing(seen, totals)])),
    contributors: [],
    conditionalMedian: median(ordered, 'inside'),
    baselineMedian: median(ordered, 'outside'),
  }
}

/** The largest difference between the two distributions (Kolmogorov and Smirnov's statistic): 0 to 1. */
const distance = (ordered: readonly SeenValue[]): number => {
  const [inside, outside] = [sum(ordered, 'inside'), sum(ordered, 'outside')]
  if (inside === 0 || outside === 0) return 0
  let [a, b, largest] = [0, 0, 0]
  for (const one of ordered) {
    a += one.inside / inside
    b += one.outside / outside
    largest = Math.max(largest, Math.abs(a - b))
  }
  return largest
}

/** Cramér's V with Bergsma's correction: 0 where values say nothing of the condition, also where every event has its own. */
const association = (seen: readonly SeenValue[]): number => {
  const rows = seen.filter(one => one.inside + one.outside > 0)
  const [inside, outside] = [sum(rows, 'inside'), sum(rows, 'outside')]
  const all = inside + outside
  if (rows.length < 2 || inside === 0 || outside === 0 || all < 3) return 0
  const part = (found: number, of: number): number => (found - of) ** 2 / of
  const squares = rows.reduce((total, one) => {
    const share = (one.inside + one.outside) / all
    return total + part(one.inside, inside * share) + part(one.outside, outside * share)
  }, 0)
  const corrected = Math.max(0, squares / all - (rows.length - 1) / (all - 1))
  const sides = 2 - 1 / (all - 1)
  const kinds = rows.length - (rows.length - 1) ** 2 / (all - 1)
  const least = Math.min(sides - 1, kinds - 1)
  return least <= 0 ? 0 : Math.min(1, Math.sqrt(corrected / least))
}

const missing = (seen: readonly SeenValue[], totals: Totals): SeenValue =>
  ({ value: '', number: undefined, inside: Math.max(0, totals.inside - sum(seen, 'inside')), outside: Math.max(0, totals.outside - sum(seen, 'outside')) })

const median = (ordered: readonly SeenValue[], side: 'inside' | 'outside'): number | undefined => {
  const half = sum(ordered, side) / 2
  let found = 0
  for (const [index, one] of ordered.entries()) {
    if (one[side] === 0) continue
    found += one[side]
    if (found > half) return one.number![side]
    const next = found === half ? ordered.slice(index + 1).find(other => other[side] > 0) : undefined
    if (next !== undefined) return (one.number![side]! + next.number![side]!) / 2
  }
  return undefined
}

const sum = (seen: readonly SeenValue[], side: 'inside' | 'outside'): number => seen.reduce((total, one) => total + one[side], 0)
const countOf = (seen: readonly SeenValue[]): number => sum(seen, 'inside') + sum(seen, 'outside')
const percent = (part: number, of: number): number => (of === 0 ? 0 : Math.round((part / of) * 10_000) / 100)
