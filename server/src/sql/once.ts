import { call, column, constant, lambda, list, type Expression } from './expression.ts'

/**
 * `body` of an expression that it names several times, written into the statement once: without it, the text of nested
 * expressions doubles with every level. ClickHouse has no LET, so the value travels through an array of one element
 * (4 ns a row); what is small is repeated, since the engine evaluates equal expressions once.
 */
export const once = (value: Expression, body: (named: Expression) => Expression): Expression => {
  if (measured(value).size <= SMALL) return body(value)
  // Above every name that is bound inside, so that none of them hides it.
  const name = `once_${measured(body(column('once_0'))).level + 1}`
  return call('arrayElement', call('arrayMap', lambda([name], body(column(name))), list([value])), constant(1))
}

const SMALL = 5

interface Measure {
  /** Nodes. */
  readonly size: number
  /** The highest number of a name that is bound inside; 0: none. */
  readonly level: number
}

const known = new WeakMap<Expression, Measure>()

const measured = (expression: Expression): Measure => {
  const before = known.get(expression)
  if (before !== undefined) return before
  let size = expression.kind === 'subquery' ? SMALL + 1 : 1
  let level = expression.kind === 'lambda' ? levelOf(expression.names) : 0
  for (const part of parts(expression)) {
    const measure = measured(part)
    size += measure.size
    level = Math.max(level, measure.level)
  }
  const measure = { size, level }
  known.set(expression, measure)
  return measure
}

const levelOf = (names: readonly string[]): number => Math.max(0, ...names.map(name => Number(/^once_(\d+)$/.exec(name)?.[1] ?? 0)))

const parts = (expression: Expression): readonly Expression[] => {
  switch (expression.kind) {
    case 'column':
    case 'parameter':
    case 'constant':
    case 'subquery':
      return []
    case 'call':
      return [...expression.settings, ...expression.arguments]
    case 'lambda':
      return [expression.body]
    case 'list':
      return expression.items
    case 'window':
      return [expression.of, ...expression.partition, ...expression.order.map(({ by }) => by)]
  }
}
