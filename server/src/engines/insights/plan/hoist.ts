import type { Call, Expression } from '../../../sql/expression.ts'
import { childrenOf, weightOf } from './walk.ts'

/** Smaller parts are as readable where they stand. */
const LEAST_WEIGHT = 3

/**
 * The expression with every part that occurs in it more than once taken out by `take`, which names it, and with what has a name
 * already by that: statements stay as short as they can be read. Parts are the same when they are one object. What stands in
 * lambdas belongs to their rows and stays.
 */
export const hoisted = (of: Expression, take: (part: Expression) => Expression, named: (part: Expression) => Expression | undefined): Expression => {
  const uses = usesIn(of)
  const done = new Map<Expression, Expression>()
  const rewrite = (part: Expression): Expression => {
    if (part.kind !== 'call') return part
    const before = done.get(part)
    if (before !== undefined) return before
    const name = part === of ? undefined : named(part)
    if (name !== undefined) return name
    const args = part.arguments.map(rewrite)
    const changed: Call = args.some((arg, index) => arg !== part.arguments[index]) ? { ...part, arguments: args } : part
    const repeated = part !== of && (uses.get(part) ?? 0) > 1 && weightOf(changed, () => 1) >= LEAST_WEIGHT
    const result = repeated ? take(changed) : changed
    done.set(part, result)
    return result
  }
  return rewrite(of)
}

const usesIn = (of: Expression): ReadonlyMap<Expression, number> => {
  const uses = new Map<Expression, number>()
  const visit = (part: Expression): void => {
    if (part.kind !== 'call') return
    for (const child of childrenOf(part)) {
      const before = uses.get(child) ?? 0
      uses.set(child, before + 1)
      if (before === 0) visit(child)
    }
  }
  visit(of)
  return uses
}
