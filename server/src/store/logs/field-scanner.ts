/** A key of an object, or a place in an array, on its way from the root. */
class FieldNode<Field> {
  readonly field: Field
  /** As it stands in a message that has no white space: `"level":`. */
  readonly text: string
  /** What came behind it the last time. */
  next: FieldNode<Field> | undefined
  readonly members = new Map<string, FieldNode<Field>>()
  /** What its object or array began with the last time. */
  first: FieldNode<Field> | undefined

  constructor(field: Field, text: string) {
    this.field = field
    this.text = text
  }
}

/** Takes the values of a message's fields; what it is not interested in is skipped without being copied. */
export interface FieldSink<Field> {
  /** The field of that name; undefined when there are too many to follow. */
  field(name: string): Field | undefined
  wants(field: Field): boolean
  addNumber(field: Field, value: number): void
  /** The text between two places of the message. */
  addPart(field: Field, message: string, start: number, end: number): void
  addText(field: Field, value: string): void
}

/** Deeper messages, longer arrays and other oddities are left to the general reader. */
const MAX_DEPTH = 12
const MAX_FIELDS = 200
/** Numbers of so many digits are exactly what is written, as doubles and back. */
const MAX_DIGITS = 15
const POWERS = Array.from({ length: MAX_DIGITS + 1 }, (_, digits) => 10 ** digits)

/**
 * Finds the fields of JSON objects as `discoveredFields` does, in less than half of the time: messages of a group are alike, so each
 * key is expected to be followed by the one that followed it before, and values that nobody wants are not looked at.
 */
export class FieldScanner<Field> {
  readonly #sink: FieldSink<Field>
  readonly #root: FieldNode<Field | undefined> = new FieldNode<Field | undefined>(undefined, '')
  #message = ''
  #at = 0
  #found = 0

  constructor(sink: FieldSink<Field>) {
    this.#sink = sink
  }

  /** False when the message has to be read by the general reader: what was added until then has to be taken back. */
  scan(message: string): boolean {
    this.#message = message
    this.#at = 0
    this.#found = 0
    this.#space()
    if (message.charCodeAt(this.#at) !== OPEN_BRACE || !this.#object(this.#root, '', 0)) return false
    this.#space()
    return this.#at === message.length
  }

  #object(node: FieldNode<Field | undefined>, prefix: string, depth: number): boolean {
    const message = this.#message
    this.#at++
    this.#space()
    if (message.charCodeAt(this.#at) === CLOSE_BRACE) {
      this.#at++
      return true
    }
    let before: FieldNode<Field | undefined> | undefined
    for (;;) {
      const expected = before === undefined ? node.first : before.next
      let member = expected
      if (expected !== undefined && message.startsWith(expected.text, this.#at)) this.#at += expected.text.length
      else {
        member = this.#key(node, prefix)
        if (member === undefined) return false
        if (before === undefined) node.first = member
        else before.next = member
      }
      before = member!
      this.#space()
      if (!this.#value(before, prefix, depth)) return false
      this.#space()
      const sign = message.charCodeAt(this.#at++)
      if (sign === CLOSE_BRACE) return true
      if (sign !== COMMA) return false
      this.#space()
    }
  }

  #array(node: FieldNode<Field | undefined>, prefix: string, depth: number): boolean {
    const message = this.#message
    this.#at++
    this.#space()
    if (message.charCodeAt(this.#at) === CLOSE_BRACKET) {
      this.#at++
      return true
    }
    for (let index = 0; index < MAX_FIELDS; index++) {
      const member = this.#member(node, prefix, String(index))
      if (!this.#value(member, prefix, depth)) return false
      this.#space()
      const sign = message.charCodeAt(this.#at++)
      if (sign === CLOSE_BRACKET) return true
      if (sign !== COMMA) return false
      this.#space()
    }
    return false
  }

  /** A key that was not expected, and its colon. */
  #key(node: FieldNode<Field | undefined>, prefix: string): FieldNode<Field | undefined> | undefined {
    const message = this.#message
    if (message.charCodeAt(this.#at) !== QUOTE) return undefined
    const end = message.indexOf('"', this.#at + 1)
    const key = message.slice(this.#at + 1, end)
    if (end < 0 || key.includes('\\')) return undefined
    this.#at = end + 1
    this.#space()
    if (message.charCodeAt(this.#at++) !== COLON) return undefined
    return this.#member(node, prefix, key)
  }

  #member(node: FieldNode<Field | undefined>, prefix: string, key: string): FieldNode<Field | undefined> {
    let member = node.members.get(key)
    if (member === undefined) {
      const name = prefix === '' ? (key.startsWith('@') ? `@${key}` : key) : `${prefix}.${key}`
      member = new FieldNode<Field | undefined>(this.#sink.field(name), `"${key}":`)
      if (member.field !== undefined) node.members.set(key, member)
    }
    return member
  }

  #value(member: FieldNode<Field | undefined>, prefix: string, depth: number): boolean {
    const message = this.#message
    const start = this.#at
    const sign = message.charCodeAt(start)
    if (sign === QUOTE) {
      let end = message.indexOf('"', start + 1)
      if (end < 0) return false
      if (message.charCodeAt(end - 1) === BACKSLASH) {
        end = endOfText(message, end)
        if (end < 0) return false
      }
      this.#at = end + 1
      return this.#text(member, start, end)
    }
    if (sign === OPEN_BRACE || sign === OPEN_BRACKET) {
      if (depth >= MAX_DEPTH) return false
      const inside = prefix === '' ? nameAtRoot(member) : `${prefix}.${keyOf(member)}`
      return sign === OPEN_BRACE ? this.#object(member, inside, depth + 1) : this.#array(member, inside, depth + 1)
    }
    return this.#literal(member)
  }

  #text(member: FieldNode<Field | undefined>, start: number, end: number): boolean {
    const { field } = member
    if (!this.#counts()) return true
    if (field === undefined || !this.#sink.wants(field)) return true
    const escaped = this.#message.indexOf('\\', start + 1)
    if (escaped < 0 || escaped >= end) {
      this.#sink.addPart(field, this.#message, start + 1, end)
      return true
    }
    try {
      this.#sink.addText(field, JSON.parse(this.#message.slice(start, end + 1)) as string)
      return true
    } catch {
      return false
    }
  }

  /** A number, `true`, `false` or `null`. */
  #literal(member: FieldNode<Field | undefined>): boolean {
    const message = this.#message
    const start = this.#at
    const sign = message.charCodeAt(start)
    if (sign === SMALL_N && message.startsWith('null', start)) {
      this.#at = start + 4
      return true
    }
    const word = sign === SMALL_T ? 'true' : sign === SMALL_F ? 'false' : undefined
    if (word !== undefined) {
      if (!message.startsWith(word, start)) return false
      this.#at = start + word.length
      if (this.#counts() && member.field !== undefined && this.#sink.wants(member.field)) this.#sink.addText(member.field, word)
      return true
    }
    return this.#number(member)
  }

  /** Numbers that a double would write differently are left to the general reader. */
  #number({ field }: FieldNode<Field | undefined>): boolean {
    const message = this.#message
    let at = this.#at
    const negative = message.charCodeAt(at) === MINUS
    if (negative) at++
    const first = at
    let value = 0
    let code = message.charCodeAt(at)
    for (; code >= 48 && code <= 57; code = message.charCodeAt(++at)) value = value * 10 + (code - 48)
    let digits = at - first
    if (digits === 0 || (digits > 1 && message.charCodeAt(first) === 48)) return false
    let decimals = 0
    if (code === POINT) {
      const point = at
      for (code = message.charCodeAt(++at); code >= 48 && code <= 57; code = message.charCodeAt(++at)) value = value * 10 + (code - 48)
      decimals = at - point - 1
      digits += decimals
      if (decimals === 0 || message.charCodeAt(at - 1) === 48) return false
    }
    // What follows a number as part of it: an exponent, mostly.
    if (digits > MAX_DIGITS || code === 101 || code === 69 || (value === 0 && negative)) return false
    if (decimals > 0) {
      value /= POWERS[decimals]!
      if (value < 1e-6) return false
    }
    this.#at = at
    if (this.#counts() && field !== undefined && this.#sink.wants(field)) this.#sink.addNumber(field, negative ? -value : value)
    return true
  }

  #counts(): boolean {
    return this.#found++ < MAX_FIELDS
  }

  #space(): void {
    for (let code = this.#message.charCodeAt(this.#at); code === 32 || code === 10 || code === 13 || code === 9; ) {
      code = this.#message.charCodeAt(++this.#at)
    }
  }
}

/** Where a text ends whose quotation mark at `at` may be escaped; -1 when it does not. */
const endOfText = (message: string, at: number): number => {
  for (let end = at; end >= 0; end = message.indexOf('"', end + 1)) {
    let slashes = 0
    while (message.charCodeAt(end - 1 - slashes) === BACKSLASH) slashes++
    if (slashes % 2 === 0) return end
  }
  return -1
}

const keyOf = <Field>(member: FieldNode<Field>): string => member.text.slice(1, -2)
const nameAtRoot = <Field>(member: FieldNode<Field>): string => {
  const key = keyOf(member)
  return key.startsWith('@') ? `@${key}` : key
}

const [QUOTE, BACKSLASH, COLON, COMMA] = [34, 92, 58, 44]
const [OPEN_BRACE, CLOSE_BRACE, OPEN_BRACKET, CLOSE_BRACKET] = [123, 125, 91, 93]
const [SMALL_N, SMALL_T, SMALL_F, MINUS, POINT] = [110, 116, 102, 45, 46]
