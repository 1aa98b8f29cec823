import fc from 'fast-check'

/**
 * A second, slow evaluator, written from the documentation's prose over maps from instants to values. It shares no code with
 * the first, which is checked against it: expressions are drawn together with what they should yield.
 */
export type Points = ReadonlyMap<number, number>
type Result = number | undefined | Points | readonly Points[]

export interface World {
  readonly length: number
  readonly period: number
  readonly start: number
  /** Of m1, m2, m3. */
  readonly metrics: readonly Points[]
}

export interface Drawn<Kind extends Result = Result> {
  readonly text: string
  readonly yields: (world: World) => Kind
}
type Scalar = Drawn<number | undefined>
type Series = Drawn<Points>
type List = Drawn<readonly Points[]>

const instants = (world: World): readonly number[] => Array.from({ length: world.length }, (_, k) => k)
const keep = (value: number | undefined): value is number => value !== undefined && Number.isFinite(value)
const build = (world: World, of: (k: number) => number | undefined): Points =>
  new Map(instants(world).flatMap(k => {
    const value = of(k)
    return keep(value) ? [[k, value === 0 ? 0 : value] as const] : []
  }))
const number = (value: number | undefined): number | undefined => (keep(value) ? value : undefined)

const BINARY: Readonly<Record<string, (a: number, b: number) => number>> = {
  '+': (a, b) => a + b, '-': (a, b) => a - b, '*': (a, b) => a * b, '/': (a, b) => a / b, '^': (a, b) => Math.pow(a, b),
  '==': (a, b) => Number(a === b), '!=': (a, b) => Number(a !== b), '<': (a, b) => Number(a < b), '<=': (a, b) => Number(a <= b),
  '>': (a, b) => Number(a > b), '>=': (a, b) => Number(a >= b),
  AND: (a, b) => Number(a !== 0 && b !== 0), '&&': (a, b) => Number(a !== 0 && b !== 0),
  OR: (a, b) => Number(a !== 0 || b !== 0), '||': (a, b) => Number(a !== 0 || b !== 0),
}
const joinSeries = (world: World, op: string, a: Points, b: Points): Points =>
  build(world, k => (a.has(k) || b.has(k) ? BINARY[op]!(a.get(k) ?? 0, b.get(k) ?? 0) : undefined))
const withScalar = (world: World, op: string, a: Points, b: number | undefined, swapped: boolean): Points =>
  build(world, k => (a.has(k) && b !== undefined ? (swapped ? BINARY[op]!(b, a.get(k)!) : BINARY[op]!(a.get(k)!, b)) : undefined))

const STATISTICS: Readonly<Record<string, (values: readonly number[]) => number | undefined>> = {
  SUM: values => (values.length === 0 ? undefined : values.reduce((a, b) => a + b, 0)),
  AVG: values => (values.length === 0 ? undefined : values.reduce((a, b) => a + b, 0) / values.length),
  MIN: values => (values.length === 0 ? undefined : Math.min(...values)),
  MAX: values => (values.length === 0 ? undefined : Math.max(...values)),
  STDDEV: values => {
    const mean = values.reduce((a, b) => a + b, 0) / values.length
    return values.length === 0 ? undefined : Math.sqrt(values.reduce((a, b) => a + (b - mean) ** 2, 0) / values.length)
  },
  DATAPOINT_COUNT: values => values.length,
}
const across = (world: World, name: string, lists: readonly Points[]): Points =>
  build(world, k => {
    const there = lists.flatMap(points => (points.has(k) ? [points.get(k)!] : []))
    if (there.length === 0) return undefined
    return STATISTICS[name]!(name === 'AVG' ? lists.map(points => points.get(k) ?? 0) : there)
  })

const before = (points: Points, k: number): number | undefined => [...points.keys()].filter(other => other < k).toSorted((a, b) => b - a)[0]
const after = (points: Points, k: number): number | undefined => [...points.keys()].filter(other => other > k).toSorted((a, b) => a - b)[0]
const UNARY: Readonly<Record<string, (points: Points, k: number, world: World) => number | undefined>> = {
  ABS: (points, k) => (points.has(k) ? Math.abs(points.get(k)!) : undefined),
  CEIL: (points, k) => (points.has(k) ? Math.ceil(points.get(k)!) : undefined),
  FLOOR: (points, k) => (points.has(k) ? Math.floor(points.get(k)!) : undefined),
  LOG: (points, k) => (points.has(k) ? Math.log(points.get(k)!) : undefined),
  LOG10: (points, k) => (points.has(k) ? Math.log10(points.get(k)!) : undefined),
  DIFF: (points, k) => (points.has(k) && before(points, k) !== undefined ? points.get(k)! - points.get(before(points, k)!)! : undefined),
  DIFF_TIME: (points, k, { period }) => (points.has(k) && before(points, k) !== undefined ? (k - before(points, k)!) * period : undefined),
  RATE: (points, k, world) => {
    const [rise, time] = [UNARY['DIFF']!(points, k, world), UNARY['DIFF_TIME']!(points, k, world)]
    return rise === undefined ? undefined : rise / time!
  },
  RUNNING_SUM: (points, k) => (points.has(k) ? [...points].reduce((sum, [at, value]) => (at <= k ? sum + value : sum), 0) : undefined),
}
const FILLINGS: Readonly<Record<string, (points: Points, k: number) => number | undefined>> = {
  REPEAT: (points, k) => points.get(before(points, k) ?? -1),
  LINEAR: (points, k) => {
    const [left, right] = [before(points, k), after(points, k)]
    if (left === undefined || right === undefined) return undefined
    return points.get(left)! + ((points.get(right)! - points.get(left)!) / (right - left)) * (k - left)
  },
}
const TIMES: Readonly<Record<string, (date: Date) => number>> = {
  MINUTE: date => date.getUTCMinutes(), HOUR: date => date.getUTCHours(), DAY: date => date.getUTCDay() || 7, DATE: date => date.getUTCDate(),
  MONTH: date => date.getUTCMonth() + 1, YEAR: date => date.getUTCFullYear(), EPOCH: date => date.getTime() / 1000,
}
const scalarOf = (name: string, points: Points): number | undefined => number(STATISTICS[name]!([...points.values()]))
const ordered = (list: readonly Points[], name: string, order: string): readonly Points[] => {
  const ranked = list.filter(points => points.size > 0).toSorted((a, b) => (scalarOf(name, a)! - scalarOf(name, b)!) * (order === 'ASC' ? 1 : -1))
  return [...ranked, ...list.filter(points => points.size === 0)]
}

const pick = (record: Readonly<Record<string, unknown>>): fc.Arbitrary<string> => fc.constantFrom(...Object.keys(record))

/** Expressions of a shape each. Deep ones are rare, so that most are readable when they fail. */
export const expressions = fc.letrec<{ scalar: Scalar; series: Series; list: List }>(tie => ({
  scalar: fc.oneof(
    { maxDepth: 4, depthIdentifier: 'expression' },
    fc.constantFrom(-2, -1, 0, 0.5, 1, 2, 3).map((value): Scalar => ({ text: value < 0 ? `(${value})` : `${value}`, yields: () => value })),
    fc.tuple(pick(STATISTICS), tie('series')).map(([name, of]): Scalar => ({ text: `${name}(${of.text})`, yields: world => scalarOf(name, of.yields(world)) })),
    tie('list').map((of): Scalar => ({ text: `METRIC_COUNT(${of.text})`, yields: world => of.yields(world).length })),
    fc.tuple(tie('scalar'), pick(BINARY), tie('scalar')).map(([a, op, b]): Scalar => ({
      text: `(${a.text} ${op} ${b.text})`,
      yields: world => {
        const [left, right] = [a.yields(world), b.yields(world)]
        return left === undefined || right === undefined ? undefined : number(BINARY[op]!(left, right))
      },
    })),
  ),
  series: fc.oneof(
    { maxDepth: 4, depthIdentifier: 'expression' },
    fc.nat(2).map((index): Series => ({ text: `m${index + 1}`, yields: world => world.metrics[index]! })),
    tie('series').map((of): Series => ({ text: `(-${of.text})`, yields: world => build(world, k => (of.yields(world).has(k) ? -of.yields(world).get(k)! : undefined)) })),
    fc.tuple(tie('series'), pick(BINARY), tie('series')).map(([a, op, b]): Series => ({
      text: `(${a.text} ${op} ${b.text})`, yields: world => joinSeries(world, op, a.yields(world), b.yields(world)),
    })),
    fc.tuple(tie('series'), pick(BINARY), tie('scalar'), fc.boolean()).map(([a, op, b, swapped]): Series => ({
      text: swapped ? `(${b.text} ${op} ${a.text})` : `(${a.text} ${op} ${b.text})`,
      yields: world => withScalar(world, op, a.yields(world), b.yields(world), swapped),
    })),
    fc.tuple(pick(UNARY), tie('series')).map(([name, of]): Series => ({
      text: `${name}(${of.text})`,
      yields: world => {
        const points = of.yields(world)
        return build(world, k => UNARY[name]!(points, k, world))
      },
    })),
    fc.tuple(pick(STATISTICS), tie('list')).map(([name, of]): Series => ({ text: `${name}(${of.text})`, yields: world => across(world, name, of.yields(world)) })),
    fc.tuple(tie('series'), pick(FILLINGS)).map(([of, filling]): Series => ({
      text: `FILL(${of.text}, ${filling})`,
      yields: world => {
        const points = of.yields(world)
        return build(world, k => points.get(k) ?? FILLINGS[filling]!(points, k))
      },
    })),
    fc.tuple(tie('series'), tie('series')).map(([of, filling]): Series => ({
      text: `FILL(${of.text}, ${filling.text})`, yields: world => build(world, k => of.yields(world).get(k) ?? filling.yields(world).get(k)),
    })),
    fc.tuple(tie('series'), tie('scalar')).map(([of, filling]): Series => ({
      text: `FILL(${of.text}, ${filling.text})`, yields: world => build(world, k => of.yields(world).get(k) ?? filling.yields(world)),
    })),
    fc.tuple(tie('series'), tie('series'), tie('series')).map(([test, a, b]): Series => ({
      text: `IF(${test.text}, ${a.text}, ${b.text})`,
      yields: world => {
        const [condition, then, otherwise] = [test.yields(world), a.yields(world), b.yields(world)]
        return build(world, k => (condition.has(k) ? ((condition.get(k) !== 0 ? then : otherwise).get(k) ?? 0) : undefined))
      },
    })),
    fc.tuple(tie('series'), tie('scalar'), tie('series')).map(([test, a, b]): Series => ({
      text: `IF(${test.text}, ${a.text}, ${b.text})`,
      yields: world => {
        const condition = test.yields(world)
        return build(world, k => (condition.has(k) ? (condition.get(k) !== 0 ? a.yields(world) : b.yields(world).get(k)) : undefined))
      },
    })),
    fc.tuple(tie('series'), tie('series')).map(([test, a]): Series => ({
      text: `IF(${test.text}, ${a.text})`,
      yields: world => {
        const condition = test.yields(world)
        return build(world, k => (condition.has(k) && condition.get(k) !== 0 ? (a.yields(world).get(k) ?? 0) : undefined))
      },
    })),
    fc.tuple(tie('scalar'), tie('series'), tie('series')).map(([test, a, b]): Series => ({
      text: `IF(${test.text}, ${a.text}, ${b.text})`,
      yields: world => {
        const condition = test.yields(world)
        return condition === undefined ? new Map() : condition !== 0 ? a.yields(world) : b.yields(world)
      },
    })),
    fc.tuple(pick(TIMES), tie('series')).map(([name, of]): Series => ({
      text: `${name}(${of.text})`, yields: world => build(world, k => TIMES[name]!(new Date((world.start + k * world.period) * 1000))),
    })),
    tie('scalar').map((of): Series => ({ text: `TIME_SERIES(${of.text})`, yields: world => build(world, () => of.yields(world)) })),
    tie('list').map((of): Series => ({ text: `FIRST(${of.text})`, yields: world => of.yields(world)[0] ?? new Map() })),
    tie('list').map((of): Series => ({ text: `LAST(${of.text})`, yields: world => of.yields(world).at(-1) ?? new Map() })),
  ),
  list: fc.oneof(
    { maxDepth: 4, depthIdentifier: 'expression' },
    fc.constant<List>({ text: 'METRICS()', yields: world => world.metrics }),
    fc.array(tie('series'), { minLength: 1, maxLength: 3 }).map((items): List => ({
      text: `[${items.map(({ text }) => text).join(', ')}]`, yields: world => items.map(item => item.yields(world)),
    })),
    fc.tuple(tie('list'), tie('list')).map(([a, b]): List => ({ text: `[${a.text}, ${b.text}]`, yields: world => [...a.yields(world), ...b.yields(world)] })),
    fc.tuple(tie('list'), pick(BINARY), tie('series')).map(([a, op, b]): List => ({
      text: `(${a.text} ${op} ${b.text})`, yields: world => a.yields(world).map(points => joinSeries(world, op, points, b.yields(world))),
    })),
    fc.tuple(tie('series'), pick(BINARY), tie('list')).map(([a, op, b]): List => ({
      text: `(${a.text} ${op} ${b.text})`, yields: world => b.yields(world).map(points => joinSeries(world, op, a.yields(world), points)),
    })),
    fc.tuple(tie('list'), pick(BINARY), tie('scalar')).map(([a, op, b]): List => ({
      text: `(${a.text} ${op} ${b.text})`, yields: world => a.yields(world).map(points => withScalar(world, op, points, b.yields(world), false)),
    })),
    fc.tuple(pick(UNARY), tie('list')).map(([name, of]): List => ({
      text: `${name}(${of.text})`, yields: world => of.yields(world).map(points => build(world, k => UNARY[name]!(points, k, world))),
    })),
    fc.tuple(tie('list'), fc.constantFrom('AVG', 'MIN', 'MAX', 'SUM'), fc.constantFrom('ASC', 'DESC')).map(([of, name, order]): List => ({
      text: `SORT(${of.text}, ${name}, ${order})`, yields: world => ordered(of.yields(world), name, order),
    })),
    fc.tuple(tie('list'), fc.nat(2)).map(([of, from]): List => ({ text: `SLICE(${of.text}, ${from})`, yields: world => of.yields(world).slice(from) })),
    tie('list').map((of): List => ({ text: `REMOVE_EMPTY(${of.text})`, yields: world => of.yields(world).filter(points => points.size > 0) })),
  ),
}))
