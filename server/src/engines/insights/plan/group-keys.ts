import type { QueryCursor } from '../grammar/query-cursor.ts'
import { parseExpression } from '../grammar/parse-expression.ts'
import type { BinaryOperator, ExpressionNode, NamedNode, Span } from '../grammar/query-tree.ts'
import { InsightsProblem } from '../insights-problem.ts'
import { fixedMillis } from './fixed-millis.ts'
import { periodOf } from './period-literal.ts'

/**
 * What groups are told apart by, where that is written in another way than as a value: `bin(1h) offset 10m`, whose bins begin ten
 * minutes past the hour, and `histogram(x, 50)`, the lower end of the bucket of that width.
 */
export const parseGroupKeys = (cursor: QueryCursor, keys: readonly NamedNode[]): readonly NamedNode[] => {
  const bucketed = keys.map(key => ({ ...key, of: bucketOf(key.of) }))
  const { start, end } = cursor.peek()
  if (!cursor.acceptWord('offset')) return bucketed
  const offset = parseExpression(cursor)
  const millis = offset.kind === 'period' ? fixedMillis(periodOf(offset)) : undefined
  if (millis === undefined) throw new InsightsProblem('offset takes a period of at most weeks', offset.start, offset.end)
  if (!bucketed.some(({ of }) => isBin(of))) throw cursor.misplaced('offset must follow by bin(…)', { start, end })
  return bucketed.map(key => (isBin(key.of) ? { ...key, of: shifted(key.of, millis) } : key))
}

type Call = Extract<ExpressionNode, { readonly kind: 'call' }>

const isCall = (node: ExpressionNode, name: string): node is Call => node.kind === 'call' && node.name.toLowerCase() === name
const isBin = (node: ExpressionNode): node is Call => isCall(node, 'bin') && node.arguments.length === 1

const bucketOf = (node: ExpressionNode): ExpressionNode => {
  if (!isCall(node, 'histogram') || node.arguments.length !== 2) return node
  const [value, width] = node.arguments as readonly [ExpressionNode, ExpressionNode]
  return binary(node, '*', call(node, 'floor', binary(node, '/', value, width)), width)
}

const shifted = (bin: Call, millis: number): ExpressionNode => {
  const offset: ExpressionNode = { ...spanOf(bin), kind: 'literal', value: millis }
  const timestamp: ExpressionNode = { ...spanOf(bin), kind: 'field', name: '@timestamp', path: ['@timestamp'] }
  const begun = call(bin, 'datefloor', call(bin, 'fromMillis', binary(bin, '-', call(bin, 'toMillis', timestamp), offset)), bin.arguments[0]!)
  return call(bin, 'fromMillis', binary(bin, '+', call(bin, 'toMillis', begun), offset))
}

const spanOf = ({ start, end }: Span): Span => ({ start, end })
const call = (at: Span, name: string, ...args: readonly ExpressionNode[]): ExpressionNode => ({ ...spanOf(at), kind: 'call', name, arguments: args, star: false })
const binary = (at: Span, operator: BinaryOperator, left: ExpressionNode, right: ExpressionNode): ExpressionNode => ({ ...spanOf(at), kind: 'binary', operator, left, right })
