/**
 * Tokens apart by spaces, of which some stand in quotes (`"`, a backslash keeps the next character) or in brackets. Undefined where a
 * quote or bracket is not closed. What was written as `\xHH` or `\"` is put back.
 */
export const quotedTokens = (line: string): readonly string[] | undefined => {
  const tokens: string[] = []
  for (let at = 0; at < line.length; ) {
    const first = line[at]
    if (first === ' ') {
      at++
      continue
    }
    const bracket = first === '[' ? closingBracket(line, at) : undefined
    const end = first === '"' ? closingQuote(line, at + 1) : (bracket ?? nextSpace(line, at))
    if (end === -1) return undefined
    const delimited = first === '"' || bracket !== undefined
    const token = line.slice(delimited ? at + 1 : at, end)
    tokens.push(first === '"' && token.includes('\\') ? unescaped(token) : token)
    at = delimited ? end + 1 : end
  }
  return tokens
}

const nextSpace = (line: string, from: number): number => {
  const at = line.indexOf(' ', from)
  return at === -1 ? line.length : at
}

/** Undefined for what only begins with a bracket, as `[2001:db8::1]:443`. */
const closingBracket = (line: string, from: number): number | undefined => {
  const at = line.indexOf(']', from)
  return at === -1 || at + 1 === line.length || line[at + 1] === ' ' ? at : undefined
}

const closingQuote = (line: string, from: number): number => {
  for (let at = from; at < line.length; at++) {
    if (line[at] === '"') return at
    if (line[at] === '\\') at++
  }
  return -1
}

/** Bytes above 7F are parts of UTF-8 there; they are put together again. */
const unescaped = (token: string): string =>
  token
    .replace(/(?:\\x[0-9A-Fa-f]{2})+/g, run => Buffer.from(run.replaceAll('\\x', ''), 'hex').toString('utf8'))
    .replace(/\\(["\\])/g, '$1')
