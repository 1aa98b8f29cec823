import { SyntaxProblem } from '../languages/syntax-problem.ts'

/** What is wrong with a query, and between which offsets: the one error that reading and compiling a query throws. */
export class InsightsProblem extends SyntaxProblem {
  /** Exclusive, in UTF-16 code units. */
  readonly until: number

  constructor(message: string, at: number, until: number) {
    super(message, at)
    this.until = until
  }
}
