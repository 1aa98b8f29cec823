import { RE2JS, RE2JSException } from 're2js'
import type { Span } from './identifier.ts'

/** A custom identifier's expression, in RE2's syntax, so that a match takes time linear in the text. */
export class CustomPattern {
  readonly source: string
  readonly #expression: RE2JS
  /** A text without this cannot match; '': none is known. */
  readonly #needed: string

  /** Throws {@link PatternProblem}. */
  constructor(regex: string) {
    try {
      this.#expression = RE2JS.compile(regex)
    } catch (error) {
      if (error instanceof RE2JSException) throw new PatternProblem(error.message)
      throw error
    }
    this.#needed = neededText(regex)
    this.source = regex
  }

  find(text: string): readonly Span[] {
    if (this.#needed !== '' && !text.includes(this.#needed)) return []
    const matcher = this.#expression.matcher(text)
    const found: Span[] = []
    while (matcher.find()) {
      const span = { start: matcher.start(), end: matcher.end() }
      if (span.end > span.start) found.push(span)
    }
    return found
  }
}

export class PatternProblem extends Error {
  override readonly name = 'PatternProblem'
}

/** The longest run of plain characters that every match has in it. Expressions with choices, groups and the like have none that is easy to see. */
export const neededText = (regex: string): string => {
  if (/[|()]|\[\^?\]|\\Q/.test(regex)) return ''
  const bare = regex.replace(/\\[pPx][^\\]*|\\.|\[(?:\\.|[^\]\\])*\]/g, '\0')
  const runs = bare.replace(/.(?:[*?]|\{\d*(?:,\d*)?\})[?+]?/gs, '\0').split(/[^A-Za-z0-9_#=@/;, :-]+/)
  return runs.toSorted((a, b) => b.length - a.length)[0] ?? ''
}
