import type { ExplainedNode } from '../aws/explanation.ts'

export type NodeKind = 'all of' | 'any of' | 'not' | 'at least' | 'state' | 'constant'

/** What a node of a composite alarm's rule does with its parts, read from what its text has around theirs. */
export const nodeKind = ({ text, operands, alarms }: ExplainedNode): NodeKind => {
  if (operands.length === 0) {
    if (alarms.length === 0) return 'constant'
    return /^\s*AT_LEAST\b/i.test(text) ? 'at least' : 'state'
  }
  let rest = text
  for (const operand of operands) rest = rest.replace(operand.text, () => ' ')
  if (/\bOR\b/i.test(rest)) return 'any of'
  return /\bNOT\b/i.test(rest) && operands.length === 1 ? 'not' : 'all of'
}

/** The node in words: `All of`, `At least 2 of 3 in ALARM`. */
export const nodeWords = (node: ExplainedNode): string => {
  switch (nodeKind(node)) {
    case 'all of':
      return 'All of'
    case 'any of':
      return 'Any of'
    case 'not':
      return 'Not'
    case 'at least': {
      const [, need = '', state = ''] = /^\s*AT_LEAST\s*\(\s*([^,]+?)\s*,\s*((?:NOT\s+)?\w+)/i.exec(node.text) ?? []
      return `At least ${need} of ${node.alarms.length} in ${state}: ${node.alarms.filter(({ counts }) => counts).length} are`
    }
    case 'state':
      return /^\s*(\w+)/.exec(node.text)?.[1]?.toUpperCase() ?? ''
    case 'constant':
      return node.text
  }
}
