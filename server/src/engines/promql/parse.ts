import type { SyntaxNode } from '@lezer/common'
import { parser } from '@prometheus-io/lezer-promql'
import { SyntaxProblem } from '../languages/syntax-problem.ts'
import { aggregationNamed } from './aggregations.ts'
import { binary } from './parse-binary.ts'
import { selector } from './parse-selector.ts'
import { childrenOf, labelsOf, literalText, millisOf, problem, type Source } from './syntax.ts'
import { functionNamed } from './functions/registry.ts'
import type { PromqlFunction } from './functions/promql-function.ts'
import { numberOf } from './numbers.ts'
import { TYPE_NAMES, type Plan } from './plan.ts'
import type { ValueType } from './value.ts'

/** As long as an alarm's query may be. The grammar's parser takes some 200 ms for the worst of that length. */
const LENGTH_LIMIT = 10_000
/** So deep may a query nest; a chain of operators counts as one. */
const DEPTH_LIMIT = 200
/** Prometheus's evaluation interval: the step of a subquery that names none. */
const SUBQUERY_STEP = 60_000

/** No recovery: the first character that does not fit ends it. */
const strict = parser.configure({ strict: true, top: 'PromQL' })

/** Reads and checks a query. Throws `SyntaxProblem`. */
export const parsePromql = (text: string): Plan => {
  if (text.length > LENGTH_LIMIT) throw new SyntaxProblem(`the query must not be longer than ${LENGTH_LIMIT} characters`, LENGTH_LIMIT)
  if (text.trim() === '') throw new SyntaxProblem('no expression found in input', 0)
  checkBrackets(text)
  return read({ text }, childrenOf(treeOf(text))[0]!, 0)
}

/** The selector of the API's `match[]`. Throws `SyntaxProblem`. */
export const parseSelector = (text: string): Extract<Plan, { readonly kind: 'selector' }> => {
  const plan = parsePromql(text)
  if (plan.kind !== 'selector' || plan.type !== 'vector' || plan.offset !== 0) throw new SyntaxProblem('a series selector is expected', 0)
  return plan
}

const BRACKETS = /"(?:[^"\\]|\\.)*|'(?:[^'\\]|\\.)*|`[^`]*`|#[^\n]*|[([{]|[)\]}]/gs

/** Brackets nobody closes cost the grammar's parser much more than reading them. */
const checkBrackets = (text: string): void => {
  let depth = 0
  for (const { 0: token, index } of text.matchAll(BRACKETS)) {
    if ('([{'.includes(token)) depth++
    else if (')]}'.includes(token)) depth--
    if (depth > DEPTH_LIMIT) throw new SyntaxProblem('too deeply nested', index)
  }
}

const treeOf = (text: string): SyntaxNode => {
  try {
    return strict.parse(text).topNode
  } catch (error) {
    const at = error instanceof SyntaxError ? /at (\d+)$/.exec(error.message)?.[1] : undefined
    if (at === undefined) throw error
    const rest = text.slice(Number(at)).trimStart()
    const found = /^[\w:.]+/.exec(rest)?.[0].slice(0, 40) ?? rest.slice(0, 1)
    throw new SyntaxProblem(rest === '' ? 'unexpected end of input' : `unexpected ${JSON.stringify(found)}`, text.length - rest.length)
  }
}

const read = (source: Source, node: SyntaxNode, depth: number): Plan => {
  if (depth > DEPTH_LIMIT) throw problem('too deeply nested', node)
  const inner = (child: SyntaxNode): Plan => read(source, child, depth + 1)
  switch (node.name) {
    case 'ParenExpr':
      return inner(childrenOf(node)[0]!)
    case 'NumberDurationLiteral':
      return { kind: 'literal', type: 'scalar', value: numberOf(source.text.slice(node.from, node.to)) }
    case 'StringLiteral':
      return { kind: 'text', type: 'string', text: literalText(source, node) }
    case 'VectorSelector':
      return selector(source, node)
    case 'MatrixSelector':
      return matrix(source, node, inner)
    case 'SubqueryExpr':
      return subquery(source, node, inner)
    case 'OffsetExpr':
      return offset(source, node, inner)
    case 'UnaryExpr':
      return unary(source, node, inner)
    case 'BinaryExpr':
      return binary(source, node, inner)
    case 'AggregateExpr':
      return aggregate(source, node, inner)
    case 'FunctionCall':
      return call(source, node, inner)
    case 'StepInvariantExpr':
      throw problem('the @ modifier is not supported', node)
    default:
      throw problem(`${node.name} is not supported`, node)
  }
}

type Inner = (node: SyntaxNode) => Plan

const matrix = (source: Source, node: SyntaxNode, inner: Inner): Plan => {
  const [of, range] = childrenOf(node)
  const plan = inner(of!)
  if (plan.kind !== 'selector' || plan.type !== 'vector' || of!.name !== 'VectorSelector') throw problem('ranges are only allowed for vector selectors', node)
  return { ...plan, type: 'matrix', range: positive(source, range!) }
}

const subquery = (source: Source, node: SyntaxNode, inner: Inner): Plan => {
  const [of, range, step] = childrenOf(node)
  const plan = inner(of!)
  if (plan.type !== 'vector') throw problem(`subquery is only allowed on instant vector, got ${TYPE_NAMES[plan.type]} instead`, node)
  return { kind: 'subquery', type: 'matrix', of: plan, range: positive(source, range!), step: step === undefined ? SUBQUERY_STEP : positive(source, step), offset: 0 }
}

const offset = (source: Source, node: SyntaxNode, inner: Inner): Plan => {
  const [of, , length] = childrenOf(node)
  const plan = inner(of!)
  if ((plan.kind !== 'selector' && plan.kind !== 'subquery') || of!.name === 'ParenExpr') {
    throw problem('offset modifier must be preceded by an instant vector selector or range vector selector or a subquery', node)
  }
  if (of!.name === 'OffsetExpr') throw problem('offset may not be set multiple times', node)
  return { ...plan, offset: millisOf(source, length!) }
}

const positive = (source: Source, node: SyntaxNode): number => {
  const length = millisOf(source, node)
  if (!(length > 0)) throw problem('duration must be greater than 0', node)
  return length
}

const unary = (source: Source, node: SyntaxNode, inner: Inner): Plan => {
  const [sign, operand] = childrenOf(node)
  const of = inner(operand!)
  if (of.type !== 'scalar' && of.type !== 'vector') {
    throw problem(`unary expression only allowed on expressions of type scalar or instant vector, got ${TYPE_NAMES[of.type]}`, node)
  }
  if (source.text.slice(sign!.from, sign!.to) === '+') return of
  return of.kind === 'literal' ? { ...of, value: -of.value } : { kind: 'negation', type: of.type, of }
}

const aggregate = (source: Source, node: SyntaxNode, inner: Inner): Plan => {
  const parts = childrenOf(node)
  const name = source.text.slice(parts[0]!.from, parts[0]!.to).toLowerCase()
  const aggregation = aggregationNamed(name)
  if (aggregation === undefined) throw problem(`${name} is not supported`, node)
  const body = parts.find(part => part.name === 'FunctionCallBody')!
  const args = childrenOf(body)
  const expected = aggregation.parameter === undefined ? 1 : 2
  if (args.length !== expected) throw problem(`wrong number of arguments for aggregate expression provided, expected ${expected}, got ${args.length}`, node)
  const plans = args.map(inner)
  const parameter = expected === 2 ? plans[0] : undefined
  if (parameter !== undefined) expectType(`aggregation parameter of ${name}`, aggregation.parameter!, parameter, args[0]!)
  expectType('aggregation expression', 'vector', plans.at(-1)!, args.at(-1)!)
  const modifier = parts.find(part => part.name === 'AggregateModifier')
  const [keyword, grouping] = modifier === undefined ? [] : childrenOf(modifier)
  const labels = grouping === undefined ? [] : labelsOf(source, grouping)
  return { kind: 'aggregate', type: 'vector', aggregation, without: keyword?.name === 'Without', labels, parameter, of: plans.at(-1)! }
}

const call = (source: Source, node: SyntaxNode, inner: Inner): Plan => {
  const [identifier, body] = childrenOf(node)
  const name = source.text.slice(identifier!.from, identifier!.to)
  const fn = functionNamed(name)
  if (fn === undefined) throw problem(`the function ${name} is not supported`, node)
  const args = childrenOf(body!)
  checkCount(fn, args.length, node)
  const plans = args.map(inner)
  for (const [place, plan] of plans.entries()) {
    const parameter = fn.parameters[Math.min(place, fn.parameters.length - 1)]!
    expectType(`call to function "${name}"`, parameter.type, plan, args[place]!)
  }
  const complaint = fn.check?.(plans.map(plan => (plan.kind === 'text' ? plan.text : undefined)))
  if (complaint !== undefined) throw problem(complaint, node)
  return { kind: 'call', type: fn.returns, fn, args: plans }
}

const checkCount = ({ name, parameters }: PromqlFunction, given: number, node: SyntaxNode): void => {
  const least = parameters.filter(({ optional, repeats }) => optional !== true && repeats !== true).length
  const most = parameters.some(({ repeats }) => repeats === true) ? Infinity : parameters.length
  if (given >= least && given <= most) return
  const bound = least === most ? `${least}` : given < least ? `at least ${least}` : `at most ${most}`
  throw problem(`expected ${bound} argument(s) in call to "${name}", got ${given}`, node)
}

const expectType = (where: string, type: ValueType, plan: Plan, node: SyntaxNode): void => {
  if (plan.type !== type) throw problem(`expected type ${TYPE_NAMES[type]} in ${where}, got ${TYPE_NAMES[plan.type]}`, node)
}
