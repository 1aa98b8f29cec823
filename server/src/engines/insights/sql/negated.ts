import type { BinaryOperator, ExpressionNode } from '../grammar/query-tree.ts'
import { falsehood } from './sql-nodes.ts'

const OPPOSITES: Readonly<Partial<Record<BinaryOperator, BinaryOperator>>> = { '=': '!=', '!=': '=', '<': '>=', '<=': '>', '>': '<=', '>=': '<', and: 'or', or: 'and' }

/**
 * NOT as SQL has it: what is missing makes neither a condition nor its opposite true, which is not so with Insights' `not`. It is moved
 * inwards, since an equality that an index answers does not tell what is missing from what is another.
 */
export const negated = (of: ExpressionNode): ExpressionNode => {
  const opposite = of.kind === 'binary' ? OPPOSITES[of.operator] : undefined
  if (of.kind === 'binary' && opposite !== undefined) {
    const joins = of.operator === 'and' || of.operator === 'or'
    return joins ? { ...of, operator: opposite, left: negated(of.left), right: negated(of.right) } : { ...of, operator: opposite }
  }
  if (of.kind === 'like' || of.kind === 'in') return { ...of, negated: !of.negated }
  if (of.kind === 'not') return of.of
  return { kind: 'binary', operator: '=', left: of, right: falsehood(of), start: of.start, end: of.end }
}
