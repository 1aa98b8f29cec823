/** A request that is not OTLP, or more than one may be. `message` says it to people. */
export class BadOtlp extends Error {
  override readonly name = 'BadOtlp'
}

/** Deeper values are nobody's log, but somebody's try. */
const DEEPEST = 64
/** A value may be two bytes long, and takes a hundred here. */
const MOST_VALUES = 1_000_000

/** What one request has cost so far; each request has its own. */
export class OtlpReading {
  #values = 0

  /** To be told of each value before it is read. */
  value(depth: number): void {
    if (depth > DEEPEST) this.refuse(`values are nested more than ${DEEPEST} deep`)
    if (++this.#values > MOST_VALUES) this.refuse(`there are more than ${MOST_VALUES} values`)
  }

  refuse(what: string): never {
    throw new BadOtlp(`The request cannot be read: ${what}.`)
  }
}
