/**
 * What a text in quotation marks says, cut at its stars. `\"`, `\\` and `\*` stand for the character itself; any other
 * backslash is one (AWS documents no more than the first).
 */
export const unquote = (quoted: string): readonly string[] => {
  const parts = ['']
  for (let at = 1; at < quoted.length - 1; at++) {
    const char = quoted[at]!
    if (char === '*') parts.push('')
    else if (char === '\\' && ESCAPED.includes(quoted[at + 1]!)) parts[parts.length - 1] += quoted[++at]!
    else parts[parts.length - 1] += char
  }
  return parts
}

/** What a phrase between quotation marks says; a star is one. */
export const unquoteTerm = (quoted: string): string => unquote(quoted).join('*')

const ESCAPED = '"\\*'
