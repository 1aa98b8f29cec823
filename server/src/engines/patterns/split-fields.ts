/** The fields of a space-delimited message, in order, without the brackets or quotation marks around them. */
export interface LineFields {
  readonly texts: readonly string[]
  /** Where in the message each begins, its delimiter included. */
  readonly starts: readonly number[]
}

/**
 * White space separates fields; what stands between `[` and `]` or between quotation marks is one field. A delimiter counts
 * where a field begins, and only if its other half follows.
 */
export const splitFields = (message: string): LineFields => {
  const texts: string[] = []
  const starts: number[] = []
  const lastBracket = message.lastIndexOf(']')
  const lastQuote = message.lastIndexOf('"')
  let at = 0
  while (true) {
    while (at < message.length && isSpace(message.charCodeAt(at))) at++
    if (at === message.length) return { texts, starts }
    starts.push(at)
    const first = message.charCodeAt(at)
    // The last delimiter is looked for once, so that a row of openings without an end costs no more than any other text.
    if (first === BRACKET && at < lastBracket) at = take(texts, message, at + 1, message.indexOf(']', at + 1)) + 1
    else if (first === QUOTE && at < lastQuote) at = take(texts, message, at + 1, message.indexOf('"', at + 1)) + 1
    else at = take(texts, message, at, endOfWord(message, at))
  }
}

const take = (texts: string[], message: string, start: number, end: number): number => {
  texts.push(message.slice(start, end))
  return end
}

const endOfWord = (message: string, from: number): number => {
  let at = from
  while (at < message.length && !isSpace(message.charCodeAt(at))) at++
  return at
}

const BRACKET = 0x5b
const QUOTE = 0x22
const isSpace = (code: number): boolean => code === 0x20 || (code >= 0x09 && code <= 0x0d)
