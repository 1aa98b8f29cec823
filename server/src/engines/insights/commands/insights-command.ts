import type { CommandNode } from '../grammar/query-tree.ts'
import type { QueryCursor } from '../grammar/query-cursor.ts'
import type { Planner } from '../plan/planner.ts'

/** A command: how it is read, and what it does to the rows. One file each, and one line in the registry. */
export interface InsightsCommand {
  readonly name: string
  readonly aliases?: readonly string[]
  /** For the reference page: `filter condition`. */
  readonly syntax: string
  readonly text: string
  /** Reads what follows the command's name, up to the next `|`. */
  parse(cursor: QueryCursor): unknown
  apply(node: CommandNode, planner: Planner): void
}

/** A command whose own tree has a type; the one place that must trust that `apply` gets what `parse` made. */
export const command = <Tree>(definition: {
  readonly name: string
  readonly aliases?: readonly string[]
  readonly syntax: string
  readonly text: string
  readonly parse: (cursor: QueryCursor) => Tree
  readonly apply: (tree: Tree, planner: Planner, node: CommandNode) => void
}): InsightsCommand => ({
  ...definition,
  apply: (node, planner) => definition.apply(node.tree as Tree, planner, node),
})
