import type { ExpressionNode, FieldNode } from './query-tree.ts'

/** All fields in an expression, those of queries within it left out. */
export const fieldsIn = (node: ExpressionNode): readonly FieldNode[] => {
  switch (node.kind) {
    case 'field':
      return [node]
    case 'member':
    case 'not':
    case 'negative':
    case 'in query':
      return fieldsIn(node.of)
    case 'binary':
      return [node.left, node.right].flatMap(fieldsIn)
    case 'like':
      return [node.of, node.pattern].flatMap(fieldsIn)
    case 'in':
      return [node.of, ...node.items].flatMap(fieldsIn)
    case 'call':
      return node.arguments.flatMap(fieldsIn)
    case 'literal':
    case 'period':
    case 'regex':
      return []
  }
}
