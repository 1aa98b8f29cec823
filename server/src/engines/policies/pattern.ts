/** A text with wildcards: `*` for any characters, `?` for one. What came from a variable is taken literally. */
export type Pattern = readonly Token[]

type Token = { readonly literal: string } | { readonly wildcard: '*' | '?' }

/** Resolves a policy variable's name; undefined when there is no value for it. */
export type Variables = (name: string) => string | undefined

/** Undefined when the text names a variable that has no value: then nobody can say what it matches. */
export const compilePattern = (text: string, variables: Variables | undefined): Pattern | undefined => {
  const tokens: Token[] = []
  for (const part of variables === undefined ? [text] : text.split(/(\$\{[^}]*\})/)) {
    const name = variables !== undefined && part.startsWith('${') && part.endsWith('}') ? part.slice(2, -1) : undefined
    if (name === undefined) tokens.push(...wildcards(part))
    else {
      const value = variable(name, variables)
      if (value === undefined) return undefined
      tokens.push({ literal: value })
    }
  }
  return tokens
}

/** `${*}`, `${?}` and `${$}` stand for the characters themselves; `${aws:username, 'nobody'}` has a default. */
const variable = (name: string, variables: Variables | undefined): string | undefined => {
  if (name === '*' || name === '?' || name === '$') return name
  const [, key = name, fallback] = /^([^,]+?)\s*,\s*'([^']*)'$/.exec(name) ?? []
  return variables?.(key) ?? fallback
}

const wildcards = (text: string): readonly Token[] =>
  text
    .split(/([*?])/)
    .filter(part => part !== '')
    .map(part => (part === '*' || part === '?' ? { wildcard: part } : { literal: part }))

/** Takes time proportional to pattern × text at worst: a star only ever moves forward, nothing is tried twice. */
export const matches = (pattern: Pattern, text: string): boolean => {
  let token = 0
  let at = 0
  let star = -1
  let resume = 0
  while (at < text.length || token < pattern.length) {
    const current = pattern[token]
    if (current !== undefined && 'wildcard' in current) {
      if (current.wildcard === '*') {
        star = token++
        resume = at
        continue
      }
      if (at < text.length) {
        token++
        at++
        continue
      }
    } else if (current !== undefined && text.startsWith(current.literal, at)) {
      token++
      at += current.literal.length
      continue
    }
    if (star === -1 || resume >= text.length) return false
    token = star + 1
    at = ++resume
  }
  return true
}

/** The pattern as text, for comparisons in which wildcards mean nothing. */
export const literalOf = (pattern: Pattern): string => pattern.map(token => ('literal' in token ? token.literal : token.wildcard)).join('')
