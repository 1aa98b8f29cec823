import { kindOfMark, MARKS, type TokenKind } from './normalise.ts'

/** A piece of a pattern: what never varies, or what does. */
export type Part =
  /** Letters and digits, the same in all events; `isKey` where it names a value of JSON or `key=value`. */
  | { readonly type: 'word'; readonly text: string; readonly isKey: boolean }
  /** What stands between words. */
  | { readonly type: 'between'; readonly text: string }
  | { readonly type: 'dynamic'; readonly kind: TokenKind }

const WORD = 'A-Za-z0-9_\u0080-\uffff'
const PIECE = new RegExp(`[${MARKS}]|[${WORD}]+|[^${WORD}${MARKS}]+`, 'g')

/** A normalised text in parts. */
export const partsOf = (normalised: string): readonly Part[] => {
  const pieces = normalised.match(PIECE) ?? []
  return pieces.map((text, index): Part => {
    const kind = kindOfMark(text)
    if (kind !== undefined) return { type: 'dynamic', kind }
    if (!/^[A-Za-z0-9_\u0080-\uffff]/.test(text)) return { type: 'between', text }
    return { type: 'word', text, isKey: /^(?:"\s{0,8}:|=)/.test(pieces[index + 1] ?? '') }
  })
}

/** Parts that must be alike for two texts to be compared at all: how many there are, what separates them, which keys they have. */
export const shapeOf = (parts: readonly Part[]): string =>
  parts.map(part => (part.type === 'between' ? part.text : part.type === 'word' && part.isKey ? part.text : '\0')).join('\x01')
