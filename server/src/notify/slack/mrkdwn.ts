import { readable, truncate } from '../wording/text.ts'

/** Slack's three escapes: afterwards the text mentions nobody and links nowhere. */
export const escape = (text: string): string => readable(text).replace(/[&<>]/g, character => ESCAPES[character] ?? character)

/** Escaped, and no longer than `limit` code points with the escapes counted; never cut inside one. */
export const escapeWithin = (text: string, limit: number): string => {
  const cleaned = truncate(readable(text), limit)
  const escaped = escape(cleaned)
  if (Array.from(escaped).length <= limit) return escaped
  let length = 0
  let result = ''
  for (const point of cleaned) {
    const piece = ESCAPES[point] ?? point
    if (length + piece.length > limit - 1) break
    // A point outside the basic plane is two code units, but counts once.
    length += piece === point ? 1 : piece.length
    result += piece
  }
  return `${result}…`
}

/** `<url|text>`; the text cannot break out of it. */
export const link = (url: string, text: string): string =>
  `<${url.replace(/[|<>]/g, character => encodeURIComponent(character)).replaceAll('&', '&amp;')}|${escape(text).replaceAll('|', '¦')}>`

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }
