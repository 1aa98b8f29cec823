import { call, constant, type Expression } from '../../../sql/expression.ts'
import type { BinaryOperator, ExpressionNode } from '../grammar/query-tree.ts'

export type ArithmeticOperator = '+' | '-' | '*' | '/' | '%' | '^'

const OPERATORS: ReadonlySet<string> = new Set<ArithmeticOperator>(['+', '-', '*', '/', '%', '^'])
export const isArithmetic = (operator: BinaryOperator): operator is ArithmeticOperator => OPERATORS.has(operator)

/** A sum's terms in order, `-` as negated ones: however long it is, it is one call. */
export const termsOf = (node: ExpressionNode): readonly { readonly node: ExpressionNode; readonly negated: boolean }[] => {
  const terms: { readonly node: ExpressionNode; readonly negated: boolean }[] = []
  let left = node
  while (left.kind === 'binary' && (left.operator === '+' || left.operator === '-')) {
    terms.push({ node: left.right, negated: left.operator === '-' })
    left = left.left
  }
  return [{ node: left, negated: false }, ...terms.reverse()]
}

export const sumOf = (terms: readonly { readonly sql: Expression; readonly negated: boolean }[]): Expression =>
  call('plus', ...terms.map(({ sql, negated }) => (negated ? call('negate', sql) : sql)))

/** Dividing by zero gives nothing. */
export const product = (operator: Exclude<ArithmeticOperator, '+' | '-'>, left: Expression, right: Expression): Expression => {
  switch (operator) {
    case '*':
      return call('multiply', left, right)
    case '/':
      return call('divide', left, call('nullIf', right, constant(0)))
    case '%':
      return call('modulo', left, call('nullIf', right, constant(0)))
    case '^':
      return call('pow', left, right)
  }
}
