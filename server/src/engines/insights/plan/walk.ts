import type { Expression } from '../../../sql/expression.ts'

export const childrenOf = (of: Expression): readonly Expression[] => {
  switch (of.kind) {
    case 'column':
    case 'subquery':
    case 'parameter':
    case 'constant':
      return []
    case 'call':
      return [...of.settings, ...of.arguments]
    case 'lambda':
      return [of.body]
    case 'list':
      return of.items
    case 'window':
      return [of.of, ...of.partition, ...of.order.map(one => one.by)]
  }
}

/** Parts may occur more than once; each is walked once. */
export const columnsOf = (of: Expression): ReadonlySet<string> => {
  const names = new Set<string>()
  const seen = new Set<Expression>()
  const visit = (one: Expression): void => {
    if (seen.has(one)) return
    seen.add(one)
    if (one.kind === 'column') names.add(one.name)
    childrenOf(one).forEach(visit)
  }
  visit(of)
  return names
}

/** How many nodes it prints as, columns weighing as they are said to. */
export const weightOf = (of: Expression, columnWeight: (name: string) => number): number => {
  const known = new Map<Expression, number>()
  const weigh = (one: Expression): number => {
    const before = known.get(one)
    if (before !== undefined) return before
    const weight = one.kind === 'column' ? columnWeight(one.name) : childrenOf(one).reduce((sum, child) => sum + weigh(child), 1)
    known.set(one, weight)
    return weight
  }
  return weigh(of)
}
