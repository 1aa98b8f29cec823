/** `*` stands for any run of characters, also none; `\*` and `\\` for themselves. Linear in the text. */
export const matchesWildcard = (pattern: string, text: string): boolean => {
  const [first = '', ...rest] = segments(pattern)
  const last = rest.pop()
  if (last === undefined) return text === first
  if (!text.startsWith(first)) return false
  let at = first.length
  for (const segment of rest) {
    const found = text.indexOf(segment, at)
    if (found < 0) return false
    at = found + segment.length
  }
  return text.length - last.length >= at && text.endsWith(last)
}

const segments = (pattern: string): readonly string[] => {
  const parts = ['']
  for (let at = 0; at < pattern.length; at++) {
    const char = pattern[at]!
    if (char === '*') parts.push('')
    else if (char === '\\' && at + 1 < pattern.length) parts[parts.length - 1] += pattern[++at]!
    else parts[parts.length - 1] += char
  }
  return parts
}
