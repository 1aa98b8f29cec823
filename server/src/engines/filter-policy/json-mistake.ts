/**
 * What is wrong with a text that is no JSON, in the words and with the position that SNS answers (those of the Jackson library);
 * undefined when its reader would find nothing wrong.
 */
export const jsonMistake = (text: string): string | undefined => {
  try {
    new Reader(text).document()
    return undefined
  } catch (error) {
    if (error instanceof Mistake) return error.message
    throw error
  }
}

/** `\n at [Source: …; line: 1, column: 9]`: SNS keeps the text to itself. `at`: characters before the position. */
export const position = (text: string, at: number): string => `\n at ${place(text, at)}`

const place = (text: string, at: number): string => {
  const before = text.slice(0, at)
  const line = before.split('\n').length
  return `[Source: REDACTED (\`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION\` disabled); line: ${line}, column: ${at - before.lastIndexOf('\n')}]`
}

class Mistake extends Error {
  override readonly name = 'Mistake'
}

const VALUES = "(JSON String, Number, Array, Object or token 'null', 'true' or 'false')"
/** Characters of an unknown word that are repeated. */
const WORD = 256
const WORD_START = /[\p{L}\p{Nl}\p{Sc}\p{Pc}]/u
const WORD_PART = /[\p{L}\p{N}\p{Sc}\p{Pc}\p{M}]/u

interface Container {
  readonly kind: 'Object' | 'Array'
  readonly start: number
}

/** Reads without keeping anything; containers are a list, so that nesting costs no stack. */
class Reader {
  readonly #text: string
  readonly #open: Container[] = []
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  document(): void {
    this.#value(this.#skip())
    while (this.#open.length > 0) this.#entry(this.#open.at(-1)!)
    const rest = this.#skip()
    if (rest !== undefined) this.#value(rest)
  }

  /** One entry of the innermost container, or its end. */
  #entry(container: Container): void {
    const first = this.#at === container.start + 1
    let char = this.#skip()
    if (char === undefined) {
      throw this.#mistake(`Unexpected end-of-input: expected close marker for ${container.kind} (start marker at ${place(this.#text, container.start)})`)
    }
    if (char === '}' || char === ']') return this.#close(container, char)
    if (!first) {
      if (char !== ',') throw this.#unexpected(char, `was expecting comma to separate ${container.kind} entries`)
      this.#at++
      char = this.#skip()
    }
    if (container.kind === 'Object') char = this.#name(char)
    if (char === undefined) throw this.#mistake(`Unexpected end-of-input within/between ${container.kind} entries`)
    this.#value(char)
  }

  #close(container: Container, char: string): void {
    const expected = container.kind === 'Object' ? '}' : ']'
    if (char !== expected) {
      const begun = `${container.kind} starting at ${place(this.#text, container.start)}`
      throw this.#mistake(`Unexpected close marker '${char}': expected '${expected}' (for ${begun})`, this.#at)
    }
    this.#at++
    this.#open.pop()
  }

  /** Reads a key and its colon; gives the character that its value begins with. */
  #name(char: string | undefined): string | undefined {
    if (char === undefined) throw this.#mistake('Unexpected end-of-input within/between Object entries')
    if (char !== '"') throw this.#unexpected(char, 'was expecting double-quote to start field name')
    this.#string(' in field name', 'name')
    const colon = this.#skip()
    if (colon === undefined) throw this.#mistake('Unexpected end-of-input within/between Object entries')
    if (colon !== ':') throw this.#unexpected(colon, 'was expecting a colon to separate field name and value')
    this.#at++
    return this.#skip()
  }

  #value(char: string | undefined): void {
    if (char === '{' || char === '[') {
      this.#open.push({ kind: char === '{' ? 'Object' : 'Array', start: this.#at })
      this.#at++
    } else if (char === '"') this.#string(': was expecting closing quote for a string value', 'string value')
    else if (char === '}') throw this.#unexpected(char, 'expected a value')
    else if (char !== undefined && /[-\d]/.test(char)) this.#number()
    else if (char !== undefined && WORD_START.test(char)) this.#word()
    else if (char !== undefined) throw this.#unexpected(char, `expected a valid value ${VALUES}`)
  }

  #word(): void {
    const start = this.#at
    while (this.#at < this.#text.length && this.#at - start < WORD && WORD_PART.test(this.#text[this.#at]!)) this.#at++
    const word = this.#text.slice(start, this.#at)
    if (word === 'true' || word === 'false' || word === 'null') return
    throw this.#mistake(`Unrecognized token '${word}${word.length === WORD ? '...' : ''}': was expecting ${VALUES}`)
  }

  #number(): void {
    if (this.#text[this.#at] === '-') {
      this.#at++
      this.#digit('expected digit (0-9) to follow minus sign, for valid numeric value')
    }
    if (/^0\d/.test(this.#text.slice(this.#at, this.#at + 2))) {
      this.#at++
      throw this.#mistake('Invalid numeric value: Leading zeroes not allowed')
    }
    this.#digits()
    if (this.#text[this.#at] === '.') {
      this.#at++
      this.#digit('Decimal point not followed by a digit')
      this.#digits()
    }
    if (/[eE]/.test(this.#text[this.#at] ?? '')) {
      this.#at++
      if (/[-+]/.test(this.#text[this.#at] ?? '')) this.#at++
      this.#digit('Exponent indicator not followed by a digit')
      this.#digits()
    }
  }

  #digits(): void {
    while (/\d/.test(this.#text[this.#at] ?? '')) this.#at++
  }

  #digit(comment: string): void {
    const char = this.#text[this.#at]
    if (char === undefined) throw this.#mistake('Unexpected end-of-input within/between number value')
    if (!/\d/.test(char)) throw this.#mistake(`Unexpected character (${described(char)}) in numeric value: ${comment}`, this.#at)
  }

  #string(atEnd: string, what: string): void {
    this.#at++
    for (let char = this.#text[this.#at]; char !== '"'; char = this.#text[this.#at]) {
      if (char === undefined) throw this.#mistake(`Unexpected end-of-input${atEnd}`)
      this.#at++
      if (char < ' ') {
        throw this.#mistake(`Illegal unquoted character (${described(char)}): has to be escaped using backslash to be included in ${what}`)
      }
      if (char === '\\') this.#escape()
    }
    this.#at++
  }

  #escape(): void {
    const char = this.#text[this.#at]
    if (char === undefined) throw this.#mistake('Unexpected end-of-input in character escape sequence')
    this.#at++
    if (char === 'u') this.#hex()
    else if (!'"\\/bfnrt'.includes(char)) throw this.#mistake(`Unrecognized character escape ${described(char)}`)
  }

  #hex(): void {
    for (let digits = 0; digits < 4; digits++) {
      const char = this.#text[this.#at]
      if (char === undefined) throw this.#mistake('Unexpected end-of-input in character escape sequence')
      if (!/[\dA-Fa-f]/.test(char)) throw this.#unexpected(char, 'expected a hex-digit for character escape sequence')
      this.#at++
    }
  }

  /** The next character that is no white space; it stays unread. */
  #skip(): string | undefined {
    while (this.#at < this.#text.length && ' \t\r\n'.includes(this.#text[this.#at]!)) this.#at++
    return this.#text[this.#at]
  }

  #unexpected(char: string, comment: string): Mistake {
    return this.#mistake(`Unexpected character (${described(char)}): ${comment}`, this.#at)
  }

  /** The character at fault is pointed at, a token that ended is pointed behind. */
  #mistake(message: string, at: number = this.#at): Mistake {
    return new Mistake(`${message}${position(this.#text, at)}`)
  }
}

const described = (char: string): string => {
  const code = char.charCodeAt(0)
  if (code < 32 || (code >= 127 && code < 160)) return `(CTRL-CHAR, code ${code})`
  return code > 255 ? `'${char}' (code ${code} / 0x${code.toString(16)})` : `'${char}' (code ${code})`
}
