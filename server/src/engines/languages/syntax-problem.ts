/** What is wrong with a text, and where: the one error that a parser of these languages throws. */
export class SyntaxProblem extends Error {
  override readonly name = 'SyntaxProblem'
  /** Offset in UTF-16 code units, from 0. */
  readonly at: number

  constructor(message: string, at: number) {
    super(message)
    this.at = at
  }
}
