/** What a pattern of LIKE asks for: a text as a whole, a text somewhere, or anything else as a regular expression. */
export type LikePattern = { readonly type: 'whole' | 'within' | 'expression'; readonly text: string }

/** `%` stands for any characters, `_` for one; a backslash makes them plain. */
export const likePattern = (pattern: string, caseless: boolean): LikePattern => {
  // Of wildcards side by side, one that stands for any characters is enough.
  const tokens = [...pattern.matchAll(/\\[\\%_]|[%_]+|[^]/gu)].map(([token]) => token)
  const parts = tokens.flatMap(token => (/^[%_]+$/.test(token) ? [...Array.from(token.replaceAll('%', '')), ...(token.includes('%') ? ['%'] : [])] : [token]))
  const isWild = (part: string | undefined): boolean => part === '%' || part === '_'
  const plain = (from: number, to: number): string => parts.slice(from, to).map(part => (part.length === 2 && part.startsWith('\\') ? part[1]! : part)).join('')
  if (!caseless && !parts.some(isWild)) return { type: 'whole', text: plain(0, parts.length) }
  const inner = parts.slice(1, -1)
  if (!caseless && parts.length > 2 && parts[0] === '%' && parts.at(-1) === '%' && !inner.some(isWild)) return { type: 'within', text: plain(1, -1) }
  const body = parts.map((part, index) => (part === '%' ? '.*' : part === '_' ? '.' : escaped(plain(index, index + 1)))).join('')
  return { type: 'expression', text: `(?s${caseless ? 'i' : ''})^${body}$` }
}

const escaped = (text: string): string => text.replaceAll(/[\\^$.[\]()*+?{}|]/g, '\\$&')
