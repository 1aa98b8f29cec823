import { TokenCursor } from '../languages/token-cursor.ts'
import type { Token, TokenRule } from '../languages/tokens.ts'
import { readComparison } from './comparison.ts'
import { FieldsPattern } from './fields-matcher.ts'
import type { FilterPattern } from './filter-pattern.ts'
import { FilterPatternProblem } from './filter-pattern-problem.ts'
import { asPatternProblem, patternTokens, QUOTED, REGEX, unexpected, VALUE } from './pattern-tokens.ts'
import type { Slot, SlotNode } from './slot.ts'

type Kind = 'ellipsis' | 'quoted' | 'regex' | 'operator' | 'mark' | 'word'

const RULES: readonly TokenRule<Kind>[] = [
  ['skip', /\s+/y],
  ['ellipsis', /\.\.\.(?=\s*[,\]])/y],
  ['quoted', QUOTED],
  ['regex', REGEX],
  ['operator', /!=|>=|<=|[=<>]/y],
  ['mark', /&&|\|\||[[\],]/y],
  ['word', VALUE],
]

/** Reads `[ … ]`. Throws `FilterPatternProblem`. */
export const parseFieldsPattern = (text: string): FilterPattern => {
  const tokens = patternTokens(text, RULES)
  const slots = asPatternProblem(() => new FieldsParser(tokens).pattern(), (at, reason) => ({ reason, at }))
  return new FieldsPattern(slots, tokens.filter(({ kind }) => kind === 'regex').length)
}

class FieldsParser {
  readonly #cursor: TokenCursor<Kind>

  constructor(tokens: readonly Token<Kind>[]) {
    this.#cursor = new TokenCursor(tokens)
  }

  pattern(): readonly Slot[] {
    this.#mark('[')
    const slots: Slot[] = []
    if (this.#cursor.accept('mark', ']') === undefined) {
      do slots.push(this.#slot())
      while (this.#cursor.accept('mark', ',') !== undefined)
      this.#mark(']')
    }
    const rest = this.#cursor.peek()
    if (rest.kind !== 'end') throw unexpected(rest)
    return slots
  }

  #slot(): Slot {
    if (this.#cursor.accept('ellipsis') !== undefined) return 'ellipsis'
    const token = this.#cursor.peek()
    if (token.kind === 'mark' && (token.text === ',' || token.text === ']')) return { name: undefined, condition: undefined }
    const name = this.#name()
    if (this.#cursor.peek().kind !== 'operator') return { name, condition: undefined }
    return { name, condition: this.#either(name) }
  }

  /** `&&` binds closer than `||`; the name stands again before each operator but the first, which comes next. */
  #either(name: string): SlotNode {
    const operands = [this.#both(name)]
    while (this.#cursor.accept('mark', '||') !== undefined) {
      this.#same(name)
      operands.push(this.#both(name))
    }
    return operands.length === 1 ? operands[0]! : { kind: 'or', operands }
  }

  #both(name: string): SlotNode {
    const operands = [this.#comparison()]
    while (this.#cursor.accept('mark', '&&') !== undefined) {
      this.#same(name)
      operands.push(this.#comparison())
    }
    return operands.length === 1 ? operands[0]! : { kind: 'and', operands }
  }

  #comparison(): SlotNode {
    const operator = this.#cursor.take()
    if (operator.kind !== 'operator') throw unexpected(operator)
    const value = this.#cursor.take()
    if (value.kind !== 'word' && value.kind !== 'quoted' && value.kind !== 'regex') throw unexpected(value)
    return readComparison(operator, value)
  }

  #same(name: string): void {
    const token = this.#cursor.peek()
    if (this.#name() === name) return
    throw new FilterPatternProblem({ reason: `'${token.text}' stands in the place of '${name}'`, at: token.start })
  }

  #name(): string {
    const token = this.#cursor.take()
    if (token.kind !== 'word') throw unexpected(token)
    const bad = /[^\w-]/.exec(token.text)
    if (bad !== null) throw new FilterPatternProblem({ term: token.text.slice(0, bad.index + 1), at: token.start })
    return token.text
  }

  #mark(mark: string): void {
    if (this.#cursor.accept('mark', mark) === undefined) throw unexpected(this.#cursor.peek())
  }
}
