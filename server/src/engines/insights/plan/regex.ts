import { RE2JS } from 're2js'

/**
 * A pattern as the engine's RE2 takes it, or what is wrong with it. As in Java, a dot is no line break unless `(?s)` says so
 * (ClickHouse has it the other way round), and groups are named `(?<name>…)`.
 */
export const enginePattern = (pattern: string): string | { readonly problem: string } => {
  if (pattern.includes('\0')) return { problem: 'a regular expression holds no NUL' }
  const named = pattern.replaceAll('(?<', '(?P<').replaceAll('(?P<=', '(?<=').replaceAll('(?P<!', '(?<!')
  try {
    RE2JS.compile(named)
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) }
  }
  return /(?:^|[^\\])\./.test(named) ? `(?-s)${named}` : named
}

export interface PlainAlternatives {
  readonly texts: readonly string[]
  readonly caseless: boolean
}

/** Of `/a|b|c/`, `/(?i)(a|b)/`: the texts one of which must occur; undefined for anything that is more than that. */
export const plainAlternatives = (pattern: string): PlainAlternatives | undefined => {
  const caseless = pattern.startsWith('(?i)')
  let rest = caseless ? pattern.slice(4) : pattern
  const bracketed = /^\((?:\?:)?([^()]*)\)$/.exec(rest)
  if (bracketed !== null) rest = bracketed[1]!
  const texts = alternatives(rest).map(plainText)
  if (texts.length > 255 || texts.some(text => text === undefined || text === '')) return undefined
  // Other alphabets have letters whose case folds to more than one: the expression itself knows them.
  if (caseless && !/^[\x20-\x7e|]*$/.test(rest)) return undefined
  return { texts: texts as readonly string[], caseless }
}

/** Split at every `|` that no backslash makes plain. */
const alternatives = (pattern: string): readonly string[] => {
  const parts = ['']
  for (const [character] of pattern.matchAll(/\\.|[^\\]|\\$/gs)) {
    if (character === '|') parts.push('')
    else parts[parts.length - 1] += character
  }
  return parts
}

/** Characters that mean themselves, and escaped punctuation. */
const plainText = (part: string): string | undefined =>
  /^(?:[^\\^$.[\]()*+?{}|]|\\[^A-Za-z0-9])*$/.test(part) ? part.replaceAll(/\\(.)/gs, '$1') : undefined
