import { SyntaxProblem } from '../languages/syntax-problem.ts'

/** What is wrong with a query, and between which offsets: the one error that reading and compiling a query throws. */
export class InsightsProblem extends SyntaxProblem {
  /** Exclusive, in UTF-16 code units. */
  readonly until: number
  /** As AWS tells it, where that is known. */
  readonly told: string | undefined

  constructor(message: string, at: number, until: number, told?: string) {
    super(message, at)
    this.until = until
    this.told = told
  }
}
