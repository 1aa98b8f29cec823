import type { SyntaxNode } from '@lezer/common'
import { isComparison, isSet, type BinarySymbol } from './operators.ts'
import { TYPE_NAMES, type Binary, type Matching, type Plan } from './plan.ts'
import { childrenOf, labelsOf, problem, type Source } from './syntax.ts'

/** An operator with its operands and modifiers. `inner` reads an operand. */
export const binary = (source: Source, node: SyntaxNode, inner: (node: SyntaxNode) => Plan): Plan => {
  const parts = childrenOf(node)
  const operator = parts[1]!
  const symbol = source.text.slice(operator.from, operator.to).toLowerCase() as BinarySymbol
  const fill = parts.find(({ name }) => name === 'FillModifier')
  if (fill !== undefined) throw problem('the fill modifiers are not supported', fill)
  const bool = parts.some(({ name }) => name === 'BoolModifier')
  const clause = parts.find(({ name }) => name === 'MatchingModifierClause')
  const left = inner(parts[0]!)
  const right = inner(parts.at(-1)!)
  if (bool && !isComparison(symbol)) throw problem('bool modifier can only be used on comparison operators', node)
  for (const [operand, at] of [[left, parts[0]!], [right, parts.at(-1)!]] as const) {
    if (operand.type !== 'scalar' && operand.type !== 'vector') {
      throw problem(`binary expression must contain only scalar and instant vector types, got ${TYPE_NAMES[operand.type]}`, at)
    }
  }
  const scalars = [left, right].filter(({ type }) => type === 'scalar').length
  if (scalars > 0 && isSet(symbol)) throw problem(`set operator "${symbol}" not allowed in binary scalar expression`, node)
  if (scalars > 0 && clause !== undefined) throw problem('vector matching only allowed between instant vectors', clause)
  if (scalars === 2 && isComparison(symbol) && !bool) throw problem('comparisons between scalars must use BOOL modifier', node)
  const plan: Binary = {
    kind: 'binary', type: scalars === 2 ? 'scalar' : 'vector', symbol, bool, left, right, matching: matchingOf(source, clause, symbol),
  }
  return symbol === '^' && isSigned(source, parts[0]!) ? signLast(plan) : plan
}

/** The grammar takes `-1` for one number; but in `-1^2` the power comes first. */
const isSigned = (source: Source, node: SyntaxNode): boolean => node.name === 'NumberDurationLiteral' && /[+-]/.test(source.text[node.from]!)

const signLast = (plan: Binary): Plan => {
  const { left } = plan
  if (left.kind !== 'literal' || !(left.value < 0 || Object.is(left.value, -0))) return plan
  return { kind: 'negation', type: plan.type, of: { ...plan, left: { ...left, value: -left.value } } }
}

const NO_MATCHING: Matching = { on: false, labels: [], many: undefined, include: [] }

const matchingOf = (source: Source, clause: SyntaxNode | undefined, symbol: BinarySymbol): Matching => {
  if (clause === undefined) return NO_MATCHING
  const parts = childrenOf(clause)
  const on = parts[0]!.name === 'On'
  const labels = labelsOf(source, parts[1]!)
  const group = parts[2]
  const include = parts[3] === undefined ? [] : labelsOf(source, parts[3])
  if (group !== undefined && isSet(symbol)) throw problem(`no grouping allowed for "${symbol}" operation`, group)
  const both = on ? include.find(label => labels.includes(label)) : undefined
  if (both !== undefined) throw problem(`label "${both}" must not occur in ON and GROUP clause at once`, clause)
  return { on, labels, many: group === undefined ? undefined : group.name === 'GroupLeft' ? 'left' : 'right', include }
}
