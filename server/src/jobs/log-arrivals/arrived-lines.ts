import { LogLine } from '../../engines/patterns/log-line.ts'

/** The messages of an arrival as lines, each taken apart at most once for all who look at it, and only when somebody does. */
export class ArrivedLines {
  readonly messages: readonly string[]
  #lines: LogLine[] | undefined

  constructor(messages: readonly string[]) {
    this.messages = messages
  }

  at(index: number): LogLine {
    this.#lines ??= []
    return (this.#lines[index] ??= new LogLine(this.messages[index]!))
  }

  all(): readonly LogLine[] {
    return this.messages.map((_, index) => this.at(index))
  }
}
