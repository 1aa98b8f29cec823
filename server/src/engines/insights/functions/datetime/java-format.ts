/**
 * A pattern of Java's DateTimeFormatter as a regular expression of RE2, and what its groups are, in order. `[…]` is optional, `'…'` is
 * text. Letters: y u M L d H k h K m s S a E Z X x z.
 */
export interface JavaFormat {
  readonly expression: string
  readonly groups: readonly Part[]
}

export type Part =
  | 'year' | 'short year' | 'month' | 'month name' | 'day'
  | 'hour' | 'hour of 24' | 'hour of 12' | 'half' | 'minute' | 'second' | 'fraction' | 'offset'

/** Undefined: a letter that is none of these. */
export const javaFormat = (pattern: string): JavaFormat | { readonly unknown: string } => {
  const groups: Part[] = []
  let expression = ''
  let optional = 0
  for (const [token, quoted] of pattern.matchAll(/'((?:[^']|'')*)'|([A-Za-z])\2*|./gsu)) {
    if (quoted !== undefined) expression += escaped(quoted === '' ? '\'' : quoted.replaceAll('\'\'', '\''))
    else if (token === '[') {
      optional++
      expression += '(?:'
    } else if (token === ']' && optional > 0) {
      optional--
      expression += ')?'
    } else if (/[A-Za-z]/.test(token)) {
      const field = fieldOf(token[0]!, token.length)
      if (field === undefined) return { unknown: token }
      const [part, matches] = field
      if (part === undefined) expression += `(?:${matches})`
      else {
        groups.push(part)
        expression += `(${matches})`
      }
    } else expression += escaped(token)
  }
  return { expression: `^${expression}${')?'.repeat(optional)}$`, groups }
}

const fieldOf = (letter: string, count: number): readonly [part: Part | undefined, matches: string] | undefined => {
  const digits = count >= 2 ? '[0-9]{2}' : '[0-9]{1,2}'
  switch (letter) {
    case 'y':
    case 'u':
      return count === 2 ? ['short year', '[0-9]{2}'] : ['year', '[0-9]{4}']
    case 'M':
    case 'L':
      return count >= 3 ? ['month name', '(?i:[a-z]{3,9})'] : ['month', digits]
    case 'd':
      return ['day', digits]
    case 'H':
      return ['hour', digits]
    case 'k':
      return ['hour of 24', digits]
    case 'h':
    case 'K':
      return ['hour of 12', digits]
    case 'm':
      return ['minute', digits]
    case 's':
      return ['second', digits]
    case 'S':
      return ['fraction', `[0-9]{${count}}`]
    case 'a':
      return ['half', '(?i:[ap]m)']
    case 'E':
      return [undefined, '(?i:[a-z]{3,9})']
    case 'X':
    case 'x':
      return ['offset', 'Z|z|[+-][0-9]{2}(?::?[0-9]{2})?']
    case 'Z':
      return ['offset', '(?:GMT)?[+-][0-9]{2}:?[0-9]{2}|Z']
    case 'z':
      return ['offset', 'UTC|GMT|Z']
    default:
      return undefined
  }
}

const escaped = (text: string): string => text.replace(/[\\^$.|?*+()[\]{}]/g, '\\$&')
