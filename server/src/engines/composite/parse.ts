import type { AlarmStateValue } from '../../model/alarm.ts'
import { SyntaxProblem } from '../languages/syntax-problem.ts'
import { TokenCursor } from '../languages/token-cursor.ts'
import { tokenise, type Token, type TokenRule } from '../languages/tokens.ts'
import { alarmsIn, type RuleNode } from './rule.ts'

/** Limits of PutCompositeAlarm. */
const RULE_LENGTH = 10_240
const CHILDREN = 100
/** Alarms, TRUE and FALSE, and pairs of parentheses that group. */
const ELEMENTS = 500

/** Reads an AlarmRule. Throws `SyntaxProblem` with CloudWatch's sentence. */
export const parseRule = (text: string): RuleNode => {
  if (text.trim() !== text || text === '') {
    throw new SyntaxProblem('AlarmRule must not contain leading or trailing whitespace or be null', 0)
  }
  if (text.length > RULE_LENGTH) throw new SyntaxProblem(`AlarmRule must not be longer than ${RULE_LENGTH} characters`, RULE_LENGTH)
  const parser = new RuleParser(tokens(text))
  const node = parser.rule()
  const children = alarmsIn(node).length
  if (children > CHILDREN) throw inRule(`The number of child alarms ${children} exceeds the limit of ${CHILDREN}`, text.length)
  if (parser.elements > ELEMENTS) throw inRule(`The number of elements ${parser.elements} exceeds the limit of ${ELEMENTS}`, text.length)
  return node
}

type Kind = 'mark' | 'quoted' | 'word'

const RULES: readonly TokenRule<Kind>[] = [
  ['skip', /\s+/y],
  ['mark', /[(),]/y],
  ['quoted', /"(?:[^"\\]|\\[^])*"/y],
  ['word', /[^\s(),"][^\s(),]*/y],
]

const tokens = (text: string): readonly Token<Kind>[] => {
  try {
    return tokenise(text, RULES)
  } catch (error) {
    // All that no rule matches is a quotation mark without its other half.
    if (error instanceof SyntaxProblem) throw unsupported('"', error.at)
    throw error
  }
}

const STATES: readonly AlarmStateValue[] = ['ALARM', 'OK', 'INSUFFICIENT_DATA']
const CONSTANTS: ReadonlyMap<string, boolean> = new Map([['TRUE', true], ['true', true], ['FALSE', false], ['false', false]])

/** What a condition may begin with, in CloudWatch's words. */
const BEGINNINGS = `'(', 'NOT', AT_LEAST, TRUE or FALSE, ALARM, OK, or INSUFFICIENT_DATA`

const inRule = (what: string, at: number): SyntaxProblem => new SyntaxProblem(`Error in AlarmRule [${what}]`, at)
const unsupported = (token: string, at: number, must?: string): SyntaxProblem =>
  inRule(`Unsupported token '${token}' at char ${at}${must === undefined ? '' : `, must be: ${must}`}`, at)

class RuleParser {
  readonly #cursor: TokenCursor<Kind>
  elements = 0

  constructor(list: readonly Token<Kind>[]) {
    this.#cursor = new TokenCursor(list)
  }

  rule(): RuleNode {
    const node = this.#expression()
    const rest = this.#cursor.peek()
    if (rest.kind !== 'end') throw unsupported(rest.text, rest.start)
    return node
  }

  #expression(): RuleNode {
    return this.#chain('OR', 'or', () => this.#chain('AND', 'and', () => this.#factor()))
  }

  #chain(word: string, kind: 'and' | 'or', operand: () => RuleNode): RuleNode {
    const operands = [operand()]
    while (this.#cursor.accept('word', word) !== undefined) operands.push(operand())
    return operands.length === 1 ? operands[0]! : { kind, operands, start: operands[0]!.start, end: operands.at(-1)!.end }
  }

  #factor(): RuleNode {
    const not = this.#cursor.accept('word', 'NOT')
    const node = this.#atom()
    return not === undefined ? node : { kind: 'not', operands: [node], start: not.start, end: node.end }
  }

  #atom(): RuleNode {
    const token = this.#cursor.take()
    if (token.text === '(') {
      this.elements++
      const node = this.#cursor.nested(() => this.#expression())
      const close = this.#mark(')')
      return { ...node, start: token.start, end: close.end }
    }
    if (token.kind === 'word') {
      const value = CONSTANTS.get(token.text)
      if (value !== undefined) {
        this.elements++
        return { kind: 'constant', value, start: token.start, end: token.end }
      }
      const state = stateNamed(token.text)
      if (state !== undefined) {
        this.#mark('(')
        const alarm = this.#alarm()
        return { kind: 'state', state, alarm, start: token.start, end: this.#mark(')').end }
      }
      if (token.text === 'AT_LEAST') return this.#atLeast(token)
    }
    throw unsupported(token.text, token.start, token.kind === 'word' && token.text !== 'NOT' ? BEGINNINGS : undefined)
  }

  /** `AT_LEAST(2, NOT OK, (a, b, c))` or `AT_LEAST(50%, ALARM, (a, b))`. */
  #atLeast({ start }: Token<Kind>): RuleNode {
    this.#mark('(')
    const amount = this.#cursor.take()
    const parts = /^(\d{1,3})(%?)$/.exec(amount.text)
    if (parts === null) throw unsupported(amount.text, amount.start)
    this.#mark(',')
    const negated = this.#cursor.accept('word', 'NOT') !== undefined
    const word = this.#cursor.take()
    const state = stateNamed(word.text)
    if (state === undefined) throw unsupported(word.text, word.start)
    this.#mark(',')
    this.#mark('(')
    const alarms = [this.#alarm()]
    while (this.#cursor.accept('mark', ',') !== undefined) alarms.push(this.#alarm())
    this.#mark(')')
    const need = { unit: parts[2] === '%' ? 'percent' : 'alarms', amount: Number(parts[1]) } as const
    const most = need.unit === 'percent' ? 100 : alarms.length
    if (need.amount < 1 || need.amount > most) {
      throw inRule(`AT_LEAST needs a number from 1 to ${most}${parts[2]!} at char ${amount.start}`, amount.start)
    }
    return { kind: 'at least', need, negated, state, alarms, start, end: this.#mark(')').end }
  }

  #alarm(): string {
    const token = this.#cursor.take()
    this.elements++
    if (token.kind === 'word') return token.text
    const name = token.kind === 'quoted' ? token.text.slice(1, -1).replaceAll(/\\(["\\])/g, '$1') : ''
    if (name === '') throw unsupported(token.text, token.start)
    return name
  }

  #mark(mark: string): Token<Kind> {
    const found = this.#cursor.accept('mark', mark)
    if (found !== undefined) return found
    const { text, start } = this.#cursor.peek()
    throw unsupported(text, start, `'${mark}'`)
  }
}

const stateNamed = (word: string): AlarmStateValue | undefined => STATES.find(state => state === word)
