import type { Tenant } from '../../base/tenancy.ts'
import { SyntaxProblem } from '../languages/syntax-problem.ts'
import { TokenCursor } from '../languages/token-cursor.ts'
import { tokenise, type Token, type TokenRule } from '../languages/tokens.ts'

/** Whose log groups' events a filter looks at. */
type Criteria = (source: Tenant) => boolean

/** Why a `fieldSelectionCriteria` is refused. */
export class SelectionCriteriaProblem extends Error {
  override readonly name = 'SelectionCriteriaProblem'
}

/**
 * Compiles a metric filter's or a subscription filter's `fieldSelectionCriteria`: `@aws.account` and `@aws.region` with `=`, `!=`,
 * `IN […]`, `NOT IN […]`, `AND`, `OR` and parentheses; `AND` binds closer. A blank text takes everything. Throws
 * `SelectionCriteriaProblem`.
 */
export const compileSelectionCriteria = (text: string): Criteria => {
  if (text.trim() === '') return () => true
  try {
    return new CriteriaParser(tokenise(text, RULES)).criteria()
  } catch (error) {
    if (error instanceof SyntaxProblem) throw new SelectionCriteriaProblem('The provided field selection criteria is invalid', { cause: error })
    throw error
  }
}

type Kind = 'field' | 'quoted' | 'mark' | 'word'

const RULES: readonly TokenRule<Kind>[] = [
  ['skip', /\s+/y],
  ['field', /@[\w.]+/y],
  ['quoted', /"[^"]*"|'[^']*'/y],
  ['mark', /!=|[=()[\],]/y],
  ['word', /[A-Za-z]+/y],
]

type Field = (source: Tenant) => string

const FIELDS: ReadonlyMap<string, Field> = new Map<string, Field>([
  ['@aws.account', ({ account }) => account],
  ['@aws.region', ({ region }) => region],
])

class CriteriaParser {
  readonly #cursor: TokenCursor<Kind>

  constructor(tokens: readonly Token<Kind>[]) {
    this.#cursor = new TokenCursor(tokens)
  }

  criteria(): Criteria {
    const criteria = this.#either()
    this.#cursor.expect('end', undefined, unexpected)
    return criteria
  }

  #either(): Criteria {
    const operands = [this.#both()]
    while (this.#cursor.accept('word', 'OR') !== undefined) operands.push(this.#both())
    return source => operands.some(holds => holds(source))
  }

  #both(): Criteria {
    const operands = [this.#unit()]
    while (this.#cursor.accept('word', 'AND') !== undefined) operands.push(this.#unit())
    return source => operands.every(holds => holds(source))
  }

  #unit(): Criteria {
    if (this.#cursor.accept('mark', '(') === undefined) return this.#condition()
    const inside = this.#cursor.nested(() => this.#either())
    this.#cursor.expect('mark', ')', unexpected)
    return inside
  }

  #condition(): Criteria {
    const name = this.#cursor.take()
    const field = FIELDS.get(name.text)
    if (field === undefined) throw new SyntaxProblem(unexpected(name), name.start)
    if (this.#cursor.accept('mark', '=') !== undefined) return among(field, [this.#value()], true)
    if (this.#cursor.accept('mark', '!=') !== undefined) return among(field, [this.#value()], false)
    const negated = this.#cursor.accept('word', 'NOT') !== undefined
    this.#cursor.expect('word', 'IN', unexpected)
    return among(field, this.#list(), !negated)
  }

  #list(): readonly string[] {
    this.#cursor.expect('mark', '[', unexpected)
    const values = [this.#value()]
    while (this.#cursor.accept('mark', ',') !== undefined) values.push(this.#value())
    this.#cursor.expect('mark', ']', unexpected)
    return values
  }

  #value(): string {
    return this.#cursor.expect('quoted', undefined, unexpected).text.slice(1, -1)
  }
}

const among = (field: Field, values: readonly string[], wanted: boolean): Criteria => source =>
  values.includes(field(source)) === wanted

const unexpected = ({ kind, text }: Token<Kind>): string => (kind === 'end' ? 'it ends too early' : `unexpected '${text}'`)
