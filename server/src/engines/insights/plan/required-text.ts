/** An escape, a class, a repetition, or any other character. */
const ITEM = /\\x\{[0-9A-Fa-f]+\}|\\x[0-9A-Fa-f]{2}|\\[pP](?:\{[^}]*\}|[^])|\\[0-7]{1,3}|\\[^]|\[\^?\]?(?:\[:\^?[a-z]+:\]|\\[^]|[^\]\\])*\]|\{\d*,?\d*\}|[^]/gu
/** Groups without flags; whatever else begins so changes what characters mean. */
const FLAGGED = /\(\?(?!:|<[A-Za-z_]|P<)/
/** Shorter ones hardly leave anything out. */
const LEAST = 3

/**
 * The longest text without which the regular expression is not found, outside of groups; undefined when there is none worth looking for. A plain
 * text is found in half of the time that the expression takes, and an index knows its words.
 */
export const requiredText = (pattern: string): string | undefined => {
  if (FLAGGED.test(pattern) || /\\[QE]/.test(pattern)) return undefined
  const items = pattern.match(ITEM) ?? []
  let [longest, run, depth] = ['', '', 0]
  for (const [index, item] of items.entries()) {
    if (item === '(') depth++
    if (item === ')') depth--
    if (item === '|' && depth === 0) return undefined
    const character = depth === 0 ? characterOf(item) : undefined
    const next = items[index + 1] ?? ''
    const isRepeated = /^(?:[*+?]|\{.+)$/.test(next)
    if (character !== undefined && (!isRepeated || next === '+')) run += character
    if (run.length > longest.length) longest = run
    if (character === undefined || isRepeated) run = ''
  }
  return longest.length < LEAST ? undefined : longest
}

/** The one character that an item stands for. */
const characterOf = (item: string): string | undefined => {
  if (item.startsWith('\\')) return /^\\[A-Za-z0-9]/.test(item) ? undefined : item.slice(1)
  return item.length <= 2 && !/^[()^$?[\]{}|*+.]/.test(item) ? item : undefined
}
