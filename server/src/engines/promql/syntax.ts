import type { SyntaxNode } from '@lezer/common'
import { SyntaxProblem } from '../languages/syntax-problem.ts'
import { durationMillis, numberOf } from './numbers.ts'
import { textOf } from './text-literal.ts'

export interface Source {
  readonly text: string
}

export const problem = (message: string, { from }: SyntaxNode): SyntaxProblem => new SyntaxProblem(message, from)

export const childrenOf = (node: SyntaxNode): readonly SyntaxNode[] => {
  const children: SyntaxNode[] = []
  for (let child = node.firstChild; child !== null; child = child.nextSibling) if (child.name !== 'LineComment') children.push(child)
  return children
}

export const literalText = ({ text }: Source, node: SyntaxNode): string => {
  const said = textOf(text.slice(node.from, node.to))
  if (said === undefined) throw problem('a string literal that does not end, or with an escape that is none', node)
  return said
}

/** The labels in the brackets after `by`, `on` and the like. */
export const labelsOf = (source: Source, grouping: SyntaxNode): readonly string[] =>
  childrenOf(grouping).map(node => (node.name === 'QuotedLabelName' ? literalText(source, childrenOf(node)[0]!) : source.text.slice(node.from, node.to)))

/** A duration, or a number of seconds, in milliseconds; possibly with a sign. */
export const millisOf = (source: Source, node: SyntaxNode): number => {
  const text = source.text.slice(node.from, node.to).replaceAll(/[\s()]/g, '')
  const sign = text.startsWith('-') ? -1 : 1
  const unsigned = text.replace(/^[+-]/, '')
  const length = durationMillis(unsigned) ?? Math.round(1000 * numberOf(unsigned))
  if (!Number.isFinite(length) || length > LONGEST) throw problem('a duration is expected, of at most 10 years', node)
  return sign * length
}

const LONGEST = 10 * 365 * 86_400_000
