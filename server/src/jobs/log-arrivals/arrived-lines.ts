import { LogLine } from '../../engines/patterns/log-line.ts'
import type { LogArrival } from '../../model/log.ts'

/** The messages of an arrival as lines, each taken apart at most once for all who look at it, and only when somebody does. */
export class ArrivedLines {
  readonly #arrival: Pick<LogArrival, 'messages'>
  readonly #transform: ((message: string) => string | undefined) | undefined
  readonly #lines: (LogLine | undefined)[] = []
  #transformed: ArrivedLines | undefined

  /** `transform`: what the group's transformer makes of a message; undefined where it stays as it is. */
  constructor(arrival: Pick<LogArrival, 'messages'>, transform?: (message: string) => string | undefined) {
    this.#arrival = arrival
    this.#transform = transform
  }

  at(index: number): LogLine {
    return (this.#lines[index] ??= new LogLine(this.#arrival.messages[index]!))
  }

  all(): readonly LogLine[] {
    return this.#arrival.messages.map((_, index) => this.at(index))
  }

  /** As the group's transformer makes them. */
  get transformed(): ArrivedLines {
    const transform = this.#transform
    if (transform === undefined) return this
    return (this.#transformed ??= new ArrivedLines({ messages: this.#arrival.messages.map(message => transform(message) ?? message) }))
  }
}
