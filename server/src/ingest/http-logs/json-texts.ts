/** Where the JSON value that begins at `from` ends, by its brackets and quotation marks alone; the text's end where it does not. */
const endOfValue = (text: string, from: number): number => {
  const first = text.charCodeAt(from)
  if (first === QUOTE) return endOfString(text, from)
  if (first !== BRACE && first !== BRACKET) return endOfWord(text, from)
  let depth = 0
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === QUOTE) at = endOfString(text, at) - 1
    else if (code === BRACE || code === BRACKET) depth++
    else if ((code === BRACE_END || code === BRACKET_END) && --depth === 0) return at + 1
  }
  return text.length
}

/** The values that follow each other in a text, as they are written. */
export function* valuesIn(text: string): Generator<string> {
  for (let at = skipSpace(text, 0); at < text.length; ) {
    const end = endOfValue(text, at)
    yield text.slice(at, end)
    at = skipSpace(text, end)
  }
}

/** The elements of an array, as they are written; `array` is the text of one. */
export function* elementsOf(array: string): Generator<string> {
  const last = array.length - 1
  for (let at = skipSpace(array, 1); at < last; ) {
    const end = endOfValue(array, at)
    yield array.slice(at, end)
    // Behind the comma.
    at = skipSpace(array, skipSpace(array, end) + 1)
  }
}

/** What a member of an object is, as it is written; `object` is the text of one. As JSON.parse, the last of a name counts. */
export const memberOf = (object: string, name: string): string | undefined => {
  let found: string | undefined
  const last = object.length - 1
  for (let at = skipSpace(object, 1); at < last; ) {
    const endOfName = endOfString(object, at)
    const start = skipSpace(object, skipSpace(object, endOfName) + 1)
    const end = endOfValue(object, start)
    if (JSON.parse(object.slice(at, endOfName)) === name) found = object.slice(start, end)
    at = skipSpace(object, skipSpace(object, end) + 1)
  }
  return found
}

const endOfString = (text: string, from: number): number => {
  for (let at = from + 1; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === BACKSLASH) at++
    else if (code === QUOTE) return at + 1
  }
  return text.length
}

/** Of a number or a constant: at least one character, so that whoever reads on comes to an end. */
const endOfWord = (text: string, from: number): number => {
  let at = from + 1
  while (at < text.length && !STOPS.has(text.charCodeAt(at))) at++
  return at
}

const skipSpace = (text: string, from: number): number => {
  let at = from
  while (at < text.length && SPACES.has(text.charCodeAt(at))) at++
  return at
}

const QUOTE = 0x22
const BACKSLASH = 0x5c
const BRACE = 0x7b
const BRACE_END = 0x7d
const BRACKET = 0x5b
const BRACKET_END = 0x5d
const SPACES: ReadonlySet<number> = new Set([0x20, 0x09, 0x0a, 0x0d])
const STOPS: ReadonlySet<number> = new Set([...SPACES, 0x2c, QUOTE, BRACE, BRACE_END, BRACKET, BRACKET_END])
