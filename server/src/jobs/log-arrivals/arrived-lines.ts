import { LogLine } from '../../engines/patterns/log-line.ts'
import type { LogArrival } from '../../model/log.ts'

/** The messages of an arrival as lines, each taken apart at most once for all who look at it, and only when somebody does. */
export class ArrivedLines {
  readonly #arrival: Pick<LogArrival, 'messages'>
  readonly #lines: (LogLine | undefined)[] = []

  constructor(arrival: Pick<LogArrival, 'messages'>) {
    this.#arrival = arrival
  }

  at(index: number): LogLine {
    return (this.#lines[index] ??= new LogLine(this.#arrival.messages[index]!))
  }

  all(): readonly LogLine[] {
    return this.#arrival.messages.map((_, index) => this.at(index))
  }
}
