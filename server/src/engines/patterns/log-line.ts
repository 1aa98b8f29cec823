import { splitFields, type LineFields } from './split-fields.ts'

/** A number together with how it is written: `12.0`, `1e3`, and integers that a double cannot hold. */
export class WrittenNumber {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

/** The message of a log event, taken apart at most once for all the patterns that look at it. */
export class LogLine {
  readonly message: string
  #json: object | null | undefined
  #written: object | null | undefined
  #fields: LineFields | undefined

  constructor(message: string) {
    this.message = message
  }

  /** The JSON object or array that the message is, or null. */
  get json(): object | null {
    return this.#json === undefined ? (this.#json = parse(this.message)) : this.#json
  }

  /**
   * The same with `WrittenNumber`s for numbers, where that makes a difference and the message is not nested thousands of
   * levels deep (the reviver needs a stack).
   */
  get written(): object | null {
    if (this.#written === undefined) this.#written = UNUSUAL_NUMBER.test(this.message) ? parseWritten(this.message, this.json) : this.json
    return this.#written
  }

  get fields(): LineFields {
    return (this.#fields ??= splitFields(this.message))
  }
}

/** Whether a number may be there that is not written as JavaScript would write it; what is inside strings may mislead it. */
const UNUSUAL_NUMBER = /(?:"\s*:|[,[])\s*(?:-0(?![.\d])|-?(?:\d+\.\d*0(?!\d)|\d+(?:\.\d+)?[eE]|\d{16}|[\d.]{17}|0\.000000))/

const parse = (message: string): object | null => {
  const first = message.trimStart()[0]
  if (first !== '{' && first !== '[') return null
  try {
    const value: unknown = JSON.parse(message)
    return typeof value === 'object' ? value : null
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

const parseWritten = (message: string, plain: object | null): object | null => {
  if (plain === null) return null
  try {
    return JSON.parse(message, reviveNumber) as object
  } catch (error) {
    if (error instanceof RangeError) return plain
    throw error
  }
}

const reviveNumber = (_key: string, value: unknown, context?: { readonly source?: string }): unknown =>
  typeof value === 'number' && context?.source !== undefined ? new WrittenNumber(context.source) : value
