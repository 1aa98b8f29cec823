/** An escape, a class, a repetition, or any other character. */
const ITEM = /\\x[0-9A-Fa-f]{2}|\\[^]|\[\^?\]?(?:\[:\^?[a-z]+:\]|\\[^]|[^\]\\])*\]|\{(?:\d+(?:,\d*)?|,\d+)\}|[^]/g

export const regexItems = (source: string): readonly string[] => source.match(ITEM) ?? []

/**
 * Of these texts, every text in which the regular expression is found contains at least one: of each alternative the longest
 * run of characters that it cannot do without. Empty when some alternative has none.
 */
export const literalsOf = (source: string): readonly string[] => {
  const literals: string[] = []
  let alternative: string[] = []
  for (const item of [...regexItems(source), '|']) {
    if (item !== '|') {
      alternative.push(item)
      continue
    }
    const longest = longestRun(alternative)
    if (longest === '') return []
    literals.push(longest)
    alternative = []
  }
  return [...new Set(literals)]
}

const longestRun = (items: readonly string[]): string => {
  let longest = ''
  let run = ''
  for (const [index, item] of items.entries()) {
    const character = characterOf(item)
    const repetition = repetitionOf(items[index + 1])
    if (character !== undefined && repetition !== 'maybe none') run += character
    if (run.length > longest.length) longest = run
    if (character === undefined || repetition !== undefined) run = ''
  }
  return longest
}

/** The one character that an item stands for. */
const characterOf = (item: string): string | undefined => {
  if (item.startsWith('\\x')) return String.fromCharCode(Number.parseInt(item.slice(2), 16))
  if (item.startsWith('\\')) return /^\\[A-Za-z0-9]/.test(item) ? undefined : item[1]
  return item.length === 1 && !'^$?[]{}|*+.'.includes(item) ? item : undefined
}

const repetitionOf = (item: string | undefined): 'maybe none' | 'some' | undefined => {
  if (item === undefined) return undefined
  if (item === '*' || item === '?' || /^\{(?:0|,)/.test(item)) return 'maybe none'
  // A `{` that repeats nothing is a character; what stands before it is taken for repeated, which is never wrong.
  return item === '+' || item.startsWith('{') ? 'some' : undefined
}
