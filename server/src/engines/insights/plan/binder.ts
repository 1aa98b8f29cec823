import { and, boundNumber, boundText, call, constant, not, or, type Expression } from '../../../sql/expression.ts'
import type { BindContext } from '../functions/insights-function.ts'
import type { CallNode, ExpressionNode, FieldNode, Span } from '../grammar/query-tree.ts'
import { InsightsProblem } from '../insights-problem.ts'
import { asBoolean, asCondition, asNumber, asText, booleanValue, finite, numberValue, type Value } from '../values.ts'
import { isArithmetic, product, sumOf, termsOf, type ArithmeticOperator } from './arithmetic.ts'
import { bindCall } from './bind-call.ts'
import { compare, isIn, type Comparison } from './compare.ts'
import { containsText, containsValue, matches } from './like.ts'
import { memberOf, type Rows } from './rows.ts'
import type { QueryContext } from './query-context.ts'
import { enginePattern } from './regex.ts'
import { periodOf } from './period-literal.ts'

/** So deep may what an expression is made of lie within each other. */
const DEPTH_LIMIT = 60
/** So large may an expression become with everything written out that it stands on. */
const WEIGHT_LIMIT = 20_000

/** Makes SQL of expressions over the rows as they are. */
export class Binder {
  readonly rows: Rows
  readonly query: QueryContext
  /** What stands for some expressions: in `stats`, the group's values for aggregates and keys. */
  readonly #instead: ((node: ExpressionNode) => Value | undefined) | undefined
  #depth = 0

  constructor(rows: Rows, query: QueryContext, instead?: (node: ExpressionNode) => Value | undefined) {
    this.rows = rows
    this.query = query
    this.#instead = instead
  }

  bind(node: ExpressionNode): Value {
    if (this.#depth === DEPTH_LIMIT) throw new InsightsProblem('Too deeply nested', node.start, node.end)
    this.#depth++
    try {
      const value = this.#instead?.(node) ?? this.#bind(node)
      if (this.rows.level.weight(value.sql) > WEIGHT_LIMIT) throw new InsightsProblem('The expression is too complex', node.start, node.end)
      return value
    } finally {
      this.#depth--
    }
  }

  field(node: FieldNode): Value {
    const value = this.rows.field(node.path)
    if (value === undefined) throw unknownSymbol(`The field '${node.name}' is not available here`, node.name, node)
    return value
  }

  context(at: Span): BindContext {
    const refuse = (message: string): never => {
      throw new InsightsProblem(message, at.start, at.end)
    }
    const system = (name: string): Value => {
      const value = this.rows.system(name)
      if (value === undefined) throw unknownSymbol(`${name} is not available here: the rows are no longer events`, name, at)
      return value
    }
    const { start, end, now } = this.query
    return { start, end, now, timestamp: () => system('@timestamp'), message: () => system('@message'), refuse }
  }

  #bind(node: ExpressionNode): Value {
    switch (node.kind) {
      case 'literal':
        return literal(node.value)
      case 'regex':
        return { type: 'string', sql: boundText(node.pattern), constant: node.pattern }
      case 'period':
        return { type: 'number', sql: constant(0), period: periodOf(node) }
      case 'field':
        return this.field(node)
      case 'member':
        return this.#member(node)
      case 'call':
        return this.#call(node)
      case 'not':
        return tested([this.bind(node.of)], ([of]) => not(call('ifNull', of!, constant(0))))
      case 'negative':
        return this.#negative(this.bind(node.of))
      case 'binary':
        return this.#binary(node)
      case 'like':
        return this.#like(node)
      case 'in':
        return isIn(this.bind(node.of), node.items.map(item => this.bind(item)), node.negated)
      case 'in query':
        return this.#inQuery(node)
    }
  }

  #negative(value: Value): Value {
    if (typeof value.constant === 'number') return literal(-value.constant)
    return numberValue(call('negate', asNumber(value)))
  }

  #member(node: Extract<ExpressionNode, { readonly kind: 'member' }>): Value {
    const path: (string | number)[] = []
    let of: ExpressionNode = node
    for (; of.kind === 'member'; of = of.of) path.unshift(of.key)
    const container = this.bind(of)
    if (container.type === 'json') return memberOf(container, path)
    if (of.kind === 'field') return this.field({ ...node, kind: 'field', path: [...of.path, ...path.map(String)], name: [...of.path, ...path].join('.') })
    throw new InsightsProblem('Only maps and lists have members; jsonParse makes them from text', node.start, node.end)
  }

  #call(node: CallNode): Value {
    if (node.name.toLowerCase() === 'unmask') return this.#unmasked(node)
    return bindCall(node, args => args.map(arg => this.bind(arg)), this.context(node))
  }

  /** The text as it was sent, where data protection masked it. */
  #unmasked(node: CallNode): Value {
    const [of] = node.arguments
    if (node.arguments.length !== 1 || of?.kind !== 'field') throw new InsightsProblem('unmask takes one field', node.start, node.end)
    this.query.used.add('unmask')
    const value = this.rows.unmasked(of.path, this.query.unmasked)
    if (value === undefined) throw new InsightsProblem('Only fields of events can be unmasked', of.start, of.end)
    return value
  }

  #binary(node: Extract<ExpressionNode, { readonly kind: 'binary' }>): Value {
    const { operator } = node
    if (operator === 'and' || operator === 'or') {
      return tested(operands(node, operator).map(part => this.bind(part)), parts => (operator === 'and' ? and(...parts) : or(...parts)))
    }
    if (isArithmetic(operator)) return numberValue(finite(this.#arithmetic(node, operator)))
    return compare(operator as Comparison, this.bind(node.left), this.bind(node.right))
  }

  #arithmetic(node: Extract<ExpressionNode, { readonly kind: 'binary' }>, operator: ArithmeticOperator): Expression {
    if (operator === '+' || operator === '-') return sumOf(termsOf(node).map(term => ({ sql: this.#operand(term.node), negated: term.negated })))
    return product(operator, this.#operand(node.left), this.#operand(node.right))
  }

  #operand(node: ExpressionNode): Expression {
    if (node.kind !== 'binary' || !isArithmetic(node.operator)) return asNumber(this.bind(node))
    if (this.#depth === DEPTH_LIMIT) throw new InsightsProblem('Too deeply nested', node.start, node.end)
    this.#depth++
    const sql = this.#arithmetic(node, node.operator)
    this.#depth--
    return sql
  }

  #like(node: Extract<ExpressionNode, { readonly kind: 'like' }>): Value {
    const of = this.bind(node.of)
    const found = this.#found(of, node.pattern)
    return node.negated ? booleanValue(not(found.sql)) : found
  }

  #found(of: Value, pattern: ExpressionNode): Value {
    if (pattern.kind === 'regex') {
      const engine = enginePattern(pattern.pattern)
      if (typeof engine !== 'string') throw new InsightsProblem(`Invalid regular expression: ${engine.problem}`, pattern.start, pattern.end)
      return matches(of, pattern.pattern, engine)
    }
    const text = this.bind(pattern)
    return typeof text.constant === 'string' ? containsText(of, text.constant) : containsValue(of, text)
  }

  #inQuery(node: Extract<ExpressionNode, { readonly kind: 'in query' }>): Value {
    const found = call('in', asText(this.bind(node.of)), { kind: 'subquery', statement: this.query.subquery(node.query) })
    return booleanValue(node.negated ? not(found) : found)
  }
}

/** In AWS's words. */
export const unknownSymbol = (message: string, name: string, { start, end }: Span): InsightsProblem =>
  new InsightsProblem(message, start, end, `Compile Error - Unknown symbols found in or after stats: ${name} ([${start},${end}])`)

/** A truth made of others, and the condition made of theirs. */
const tested = (parts: readonly Value[], make: (parts: readonly Expression[]) => Expression): Value => {
  const truth = booleanValue(make(parts.map(asBoolean)))
  return parts.every(({ test }) => test === undefined) ? truth : { ...truth, test: make(parts.map(asCondition)) }
}

const literal = (value: string | number | boolean): Value => {
  if (typeof value === 'string') return { type: 'string', sql: boundText(value), constant: value }
  if (typeof value === 'number') return { type: 'number', sql: boundNumber(value), constant: value }
  return { type: 'boolean', sql: constant(value ? 1 : 0), constant: value }
}

/** Of `a and b and c` the three, however many they are. */
const operands = (node: ExpressionNode, operator: 'and' | 'or'): readonly ExpressionNode[] => {
  const parts: ExpressionNode[] = []
  let left = node
  for (; left.kind === 'binary' && left.operator === operator; left = left.left) parts.unshift(left.right)
  return [left, ...parts]
}
