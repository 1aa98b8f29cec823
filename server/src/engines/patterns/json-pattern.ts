import { TokenCursor } from '../languages/token-cursor.ts'
import type { Token, TokenRule } from '../languages/tokens.ts'
import { readComparison } from './comparison.ts'
import type { FilterPattern, Selector } from './filter-pattern.ts'
import { FilterPatternProblem } from './filter-pattern-problem.ts'
import { questionOf, type JsonNode, type JsonSelector } from './json-condition.ts'
import { requiredOfJson } from './json-required.ts'
import { readSelector, scalarText, SELECTOR, someAt, wildcardsIn } from './json-selector.ts'
import type { LogLine } from './log-line.ts'
import { asPatternProblem, patternTokens, QUOTED, REGEX, unexpected, VALUE } from './pattern-tokens.ts'

type Kind = 'selector' | 'quoted' | 'regex' | 'operator' | 'mark' | 'word'

const RULES: readonly TokenRule<Kind>[] = [
  ['skip', /\s+/y],
  ['selector', SELECTOR],
  ['quoted', QUOTED],
  ['regex', REGEX],
  ['operator', /!=|>=|<=|[=<>]/y],
  ['mark', /&&|\|\||[(){}]/y],
  ['word', VALUE],
]

/** Selectors with `*` in one pattern; a single selector has at most one. */
const WILDCARDS = 3

/** Reads `{ … }`. Throws `FilterPatternProblem`. */
export const parseJsonPattern = (text: string): FilterPattern => {
  const tokens = patternTokens(text, RULES)
  const parser = new JsonParser(tokens)
  const node = asPatternProblem(() => parser.pattern(), (at, reason) => ({ reason, at }))
  return new JsonPattern(node, parser.selectors, tokens.filter(({ kind }) => kind === 'regex').length)
}

class JsonParser {
  readonly #cursor: TokenCursor<Kind>
  readonly selectors: JsonSelector[] = []
  #wildcards = 0

  constructor(tokens: readonly Token<Kind>[]) {
    this.#cursor = new TokenCursor(tokens)
  }

  pattern(): JsonNode {
    this.#mark('{')
    const node = this.#either()
    this.#mark('}')
    const rest = this.#cursor.peek()
    if (rest.kind !== 'end') throw unexpected(rest)
    return node
  }

  #either(): JsonNode {
    return this.#chain('||', 'or', () => this.#chain('&&', 'and', () => this.#unit()))
  }

  #chain(mark: string, kind: 'and' | 'or', operand: () => JsonNode): JsonNode {
    const operands = [operand()]
    while (this.#cursor.accept('mark', mark) !== undefined) operands.push(operand())
    return operands.length === 1 ? operands[0]! : { kind, operands }
  }

  #unit(): JsonNode {
    if (this.#cursor.accept('mark', '(') === undefined) return this.#condition()
    const node = this.#cursor.nested(() => this.#either())
    this.#mark(')')
    return node
  }

  #condition(): JsonNode {
    const selector = this.#selector()
    if (this.#cursor.accept('word', 'NOT') !== undefined) {
      this.#word('EXISTS')
      return { kind: 'not exists', selector }
    }
    if (this.#cursor.accept('word', 'IS') !== undefined) {
      const token = this.#cursor.take()
      const value = token.kind === 'word' ? CONSTANTS.get(token.text) : undefined
      if (value === undefined) throw unexpected(token)
      return { kind: 'is', selector, value }
    }
    const operator = this.#cursor.take()
    if (operator.kind !== 'operator') throw unexpected(operator)
    const value = this.#cursor.take()
    if (value.kind !== 'word' && value.kind !== 'quoted' && value.kind !== 'regex') throw unexpected(value)
    return { kind: 'compare', selector, comparison: readComparison(operator, value) }
  }

  #selector(): JsonSelector {
    const token = this.#cursor.take()
    if (token.kind !== 'selector') throw unexpected(token)
    const steps = readSelector(token.text)
    const wildcards = wildcardsIn(steps)
    this.#wildcards += wildcards
    if (wildcards > 1) throw new FilterPatternProblem({ reason: 'more than one wildcard in a selector', at: token.start })
    if (this.#wildcards > WILDCARDS) {
      throw new FilterPatternProblem({ reason: `more than ${WILDCARDS} selectors with wildcards`, at: token.start })
    }
    const selector = { text: token.text, steps }
    this.selectors.push(selector)
    return selector
  }

  #word(word: string): void {
    if (this.#cursor.accept('word', word) === undefined) throw unexpected(this.#cursor.peek())
  }

  #mark(mark: string): void {
    if (this.#cursor.accept('mark', mark) === undefined) throw unexpected(this.#cursor.peek())
  }
}

const CONSTANTS: ReadonlyMap<string, boolean | null> = new Map([['NULL', null], ['TRUE', true], ['FALSE', false]])

class JsonPattern implements FilterPattern {
  readonly kind = 'json'
  readonly regexes: number
  readonly required: readonly (readonly string[])[]
  readonly #ask: (line: LogLine) => boolean
  readonly #selectors: readonly JsonSelector[]

  constructor(node: JsonNode, selectors: readonly JsonSelector[], regexes: number) {
    this.#ask = questionOf(node)
    this.#selectors = selectors
    this.required = requiredOfJson(node)
    this.regexes = regexes
  }

  matches(line: LogLine): boolean {
    // Looking for a text is far cheaper than parsing, and most filters fit few of the lines.
    for (const texts of this.required) if (!texts.some(text => line.message.includes(text))) return false
    return line.json !== null && this.#ask(line)
  }

  extract(line: LogLine): ReadonlyMap<string, string> | undefined {
    if (!this.matches(line)) return undefined
    const values = new Map<string, string>()
    for (const { text, steps } of this.#selectors) {
      const value = textAt(line, steps)
      if (value !== undefined) values.set(text, value)
    }
    return values
  }

  selector(text: string): Selector | undefined {
    SELECTOR.lastIndex = 0
    if (SELECTOR.exec(text)?.[0].length !== text.length) return undefined
    const steps = readSelector(text)
    return wildcardsIn(steps) > 0 ? undefined : line => textAt(line, steps)
  }
}

/** The first string, number or boolean that the steps lead to. How a number is written is looked up only if it is one. */
const textAt = (line: LogLine, steps: JsonSelector['steps']): string | undefined => {
  let found: unknown
  someAt(line.json, steps, value => scalarText((found = value)) !== undefined)
  if (typeof found === 'number') someAt(line.written, steps, value => scalarText((found = value)) !== undefined)
  return scalarText(found)
}
