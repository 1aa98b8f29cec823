import type { Expression, Ordering } from '../../../sql/expression.ts'
import type { CommandNode, ExpressionNode, NamedNode, Span } from '../grammar/query-tree.ts'
import { InsightsProblem } from '../insights-problem.ts'
import type { Value } from '../values.ts'
import { Binder, type QueryContext } from './binder.ts'
import { type Rows, TooManySteps } from './rows.ts'

/** Where a query is while its commands are applied one after the other. */
export class Planner {
  readonly rows: Rows
  readonly query: QueryContext
  /** Commands before the one that is applied. */
  readonly before: CommandNode[] = []
  /** The order that a `sort` asked for, in place of the rows' own. */
  sorted = false
  /** How many rows a `limit` at the end leaves. */
  limit: number | undefined

  constructor(rows: Rows, query: QueryContext) {
    this.rows = rows
    this.query = query
  }

  bind(node: ExpressionNode): Value {
    return new Binder(this.rows, this.query).bind(node)
  }

  condition(node: ExpressionNode): Expression {
    return new Binder(this.rows, this.query).condition(node)
  }

  /** Names the value of `expression as name`, unless it is a field by its own name. */
  put(item: NamedNode): void {
    if (item.of.kind === 'field' && !item.named) new Binder(this.rows, this.query).field(item.of)
    else this.rows.put(item.name, this.bind(item.of))
  }

  /** `@message`, for a command that is given no field. */
  message(at: Span): Value {
    return new Binder(this.rows, this.query).context(at).message()
  }

  order(by: readonly Ordering[]): void {
    if (this.rows.level.closed) this.rows.wrap()
    this.rows.order = by
    this.sorted = true
  }

  refuse(message: string, at: Span): never {
    throw new InsightsProblem(message, at.start, at.end)
  }

  apply(node: CommandNode, act: () => void): void {
    try {
      act()
    } catch (error) {
      if (error instanceof TooManySteps) this.refuse('The query has too many steps', node)
      throw error
    }
    this.before.push(node)
  }
}
