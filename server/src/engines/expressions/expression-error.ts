/** What is wrong with an expression, as CloudWatch says it. */
export class ExpressionError extends Error {
  override readonly name = 'ExpressionError'
  /** Of the query. */
  readonly id: string
  readonly detail: string
  /** Offset in the expression in UTF-16 code units, from 0; undefined where it is about the whole. */
  readonly at: number | undefined

  constructor(id: string, detail: string, at?: number) {
    super(`Error in expression '${id}': ${detail}`)
    this.id = id
    this.detail = detail
    this.at = at
  }
}
