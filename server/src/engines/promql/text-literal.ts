/** What a string literal says: Go's escapes in single and double quotes, none in backquotes. Undefined: it is none. */
export const textOf = (literal: string): string | undefined => {
  const quote = literal[0]
  const inside = literal.slice(1, -1)
  if (literal.length < 2 || literal.at(-1) !== quote) return undefined
  if (quote === '`') return inside
  let text = ''
  let at = 0
  while (at < inside.length) {
    if (inside[at] !== '\\') {
      text += inside[at++]
      continue
    }
    const found = escapeAt(inside, at + 1, quote!)
    if (found === undefined) return undefined
    text += found.text
    at += 1 + found.length
  }
  return text
}

const SIMPLE: Readonly<Record<string, string>> = { a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v', '\\': '\\' }
const NUMBERED = /(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{3}))/y

const escapeAt = (inside: string, at: number, quote: string): { readonly text: string; readonly length: number } | undefined => {
  const letter = inside[at]
  if (letter === undefined) return undefined
  if (letter === quote) return { text: quote, length: 1 }
  const simple = SIMPLE[letter]
  if (simple !== undefined) return { text: simple, length: 1 }
  NUMBERED.lastIndex = at
  const [whole, ...numbers] = NUMBERED.exec(inside) ?? []
  if (whole === undefined) return undefined
  const code = numbers[3] === undefined ? parseInt(numbers.find(digits => digits !== undefined)!, 16) : parseInt(numbers[3], 8)
  return code > 0x10ffff ? undefined : { text: String.fromCodePoint(code), length: whole.length }
}
