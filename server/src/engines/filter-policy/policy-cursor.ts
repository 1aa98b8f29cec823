import { position } from './json-mistake.ts'

export type Token = '{' | '}' | '[' | ']' | 'name' | 'string' | 'number' | 'true' | 'false' | 'null' | 'end'

/**
 * Walks over JSON that is known to be well formed, token by token, with the positions that SNS's own (streaming) reader
 * reports: a name is read together with the beginning of its value, and the rest of a string only when it is asked for.
 */
export class PolicyCursor {
  readonly #source: string
  #at = 0
  #token: Token = 'end'
  #start = 0
  #unread = false
  #ahead: Token | undefined
  #name = ''
  readonly #containers: ('{' | '[')[] = []
  #nameExpected = false

  constructor(source: string) {
    this.#source = source
  }

  next(): Token {
    if (this.#ahead !== undefined) {
      this.#token = this.#ahead
      this.#ahead = undefined
      return this.#token
    }
    this.#skipString()
    this.#skipBetween()
    if (this.#nameExpected && this.#source[this.#at] === '"') {
      this.#readName()
      this.#ahead = this.#readValue()
      this.#token = 'name'
    } else {
      this.#token = this.#readValue()
    }
    return this.#token
  }

  /** The key that the `name` token stood for. */
  name(): string {
    return this.#name
  }

  /** The text of a string or number, as it is meant. */
  text(): string {
    this.#skipString()
    const raw = this.#source.slice(this.#start, this.#at)
    return this.#token === 'string' ? (JSON.parse(raw) as string) : raw
  }

  /** `\n at [Source: …; line: 1, column: 9]` */
  where(): string {
    return position(this.#source, this.#at)
  }

  #readName(): void {
    this.#start = this.#at
    this.#at++
    this.#unread = true
    this.#skipString()
    this.#name = JSON.parse(this.#source.slice(this.#start, this.#at)) as string
    this.#nameExpected = false
    this.#skipBetween()
  }

  #readValue(): Token {
    const char = this.#source[this.#at]
    this.#start = this.#at
    switch (char) {
      case undefined:
        return 'end'
      case '{':
      case '[':
        this.#at++
        this.#containers.push(char)
        this.#nameExpected = char === '{'
        return char
      case '}':
      case ']':
        this.#at++
        this.#containers.pop()
        this.#nameExpected = false
        return char
      case '"':
        this.#at++
        this.#unread = true
        return 'string'
      default:
        return this.#readBare()
    }
  }

  #readBare(): Token {
    while (this.#at < this.#source.length && /[-+.\w]/.test(this.#source[this.#at]!)) this.#at++
    const text = this.#source.slice(this.#start, this.#at)
    return text === 'true' || text === 'false' || text === 'null' ? text : 'number'
  }

  #skipString(): void {
    if (!this.#unread) return
    while (this.#source[this.#at] !== '"') this.#at += this.#source[this.#at] === '\\' ? 2 : 1
    this.#at++
    this.#unread = false
  }

  #skipBetween(): void {
    while (this.#at < this.#source.length && /[\s,:]/.test(this.#source[this.#at]!)) {
      if (this.#source[this.#at] === ',') this.#nameExpected = this.#containers.at(-1) === '{'
      this.#at++
    }
  }
}
