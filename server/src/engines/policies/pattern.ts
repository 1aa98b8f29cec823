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

/**
 * As IAM matches resources: a star that ends a part of the ARN may reach over colons, another one stays in its part. Keeps
 * every position that can be reached, so its time too is proportional to pattern × text.
 */
export const matchesParts = (pattern: Pattern, text: string): boolean => {
  let reached = new Set([0])
  pattern.forEach((token, index) => {
    const next = new Set<number>()
    if ('literal' in token) {
      for (const at of reached) if (text.startsWith(token.literal, at)) next.add(at + token.literal.length)
    } else if (token.wildcard === '?') {
      for (const at of reached) if (at < text.length && text[at] !== ':') next.add(at + 1)
    } else {
      const endsPart = endsAPart(pattern[index + 1])
      for (let at = 0; at <= text.length; at++) {
        if (reached.has(at) || (next.has(at - 1) && (endsPart || text[at - 1] !== ':'))) next.add(at)
      }
    }
    reached = next
  })
  return reached.has(text.length)
}

const endsAPart = (following: Token | undefined): boolean =>
  following === undefined || ('literal' in following && following.literal.startsWith(':'))

/** The pattern as text, for comparisons in which wildcards mean nothing. */
export const literalOf = (pattern: Pattern): string => pattern.map(token => ('literal' in token ? token.literal : token.wildcard)).join('')
