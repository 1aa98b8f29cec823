import { parseExpression } from '../grammar/parse-expression.ts'
import type { ExpressionNode } from '../grammar/query-tree.ts'
import { command } from './insights-command.ts'

export const filterIndex = command({
  name: 'filterIndex',
  syntax: 'filterIndex field = value | field in [values]',
  text: 'As filter, for conditions that a field index can answer: equality and membership. Here every group is searched, with an index or without.',
  parse: parseExpression,
  apply: (condition, planner) => {
    if (!isIndexable(condition)) planner.refuse('filterIndex takes comparisons with \'=\' and \'in\' only', condition)
    planner.filter(condition)
  },
})

const isIndexable = (node: ExpressionNode): boolean => {
  if (node.kind === 'in') return node.of.kind === 'field' && !node.negated
  if (node.kind !== 'binary') return false
  if (node.operator === 'and' || node.operator === 'or') return isIndexable(node.left) && isIndexable(node.right)
  return node.operator === '=' && node.left.kind === 'field'
}
