import type { Statement } from '../../../sql/expression.ts'
import type { Fields } from '../fields.ts'
import type { QueryNode } from '../grammar/query-tree.ts'
import type { EarlierRange } from './earlier-range.ts'
import type { ColumnNames } from './level.ts'
import type { Rows } from './rows.ts'

/** A table of texts that `lookup` finds rows in. */
export interface LookupTable {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

/** What a query knows besides its rows. Times are epoch milliseconds, the end inclusive. */
export interface QueryContext {
  readonly start: number
  readonly end: number
  readonly now: number
  /** The range that `diff` compares with; rows of both are read then. */
  readonly earlier: EarlierRange | undefined
  readonly names: ColumnNames
  /** Commands that it uses, those of queries within it too; and `unmask` for the function, which takes a permission of its own. */
  readonly used: Set<string>
  /** Fields of the texts as they were sent. */
  readonly unmasked: Fields
  readonly lookup: ((table: string) => LookupTable | undefined) | undefined
  /** The rows of a query in brackets: one column, texts. */
  subquery(query: QueryNode): Statement
  joined(query: QueryNode): Rows
  /** One row: how many bytes of messages the query reads. */
  estimated(): Rows
  /** Names of the fields that are kept apart of the events, in the order that they are of use. */
  fieldNames(): readonly string[]
}
