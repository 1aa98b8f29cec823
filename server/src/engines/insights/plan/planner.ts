import { fieldsIn } from '../grammar/fields-in.ts'
import type { CommandNode, ExpressionNode, NamedNode, Span } from '../grammar/query-tree.ts'
import { InsightsProblem } from '../insights-problem.ts'
import type { Period } from '../period.ts'
import { asCondition, type Value } from '../values.ts'
import { Binder, unknownSymbol } from './binder.ts'
import type { QueryContext } from './query-context.ts'
import { TooManySteps, type Rows } from './rows.ts'

export interface Grouped {
  readonly keys: readonly string[]
  readonly values: readonly string[]
  readonly bin: { readonly name: string; readonly period: Period } | undefined
}

/** Where a query is while its commands are applied one after the other. */
export class Planner {
  rows: Rows
  readonly query: QueryContext
  /** Commands before the one that is applied. */
  readonly before: CommandNode[] = []
  /** Set by a command that must see the rows so far: makes the rows on which those after it work, of what results would show. */
  pending: ((rows: readonly (readonly (string | null)[])[]) => Rows) | undefined
  /** What the last stats grouped by, and by which period. */
  grouped: Grouped | undefined
  /** Names that `parse` and `fields … as` gave, until stats makes groups of the rows. */
  readonly given = new Set<string>()
  /** Fields that `fields` showed as they are, likewise; and those of them to whose names it then gave other values. */
  readonly #selected = new Set<string>()
  readonly #hidden = new Set<string>()

  constructor(rows: Rows, query: QueryContext) {
    this.rows = rows
    this.query = query
  }

  bind(node: ExpressionNode): Value {
    return new Binder(this.rows, this.query).bind(node)
  }

  /** Keeps the rows where the condition is true. */
  filter(condition: ExpressionNode): void {
    this.rows.open()
    this.rows.filter(asCondition(this.bind(condition)))
  }

  /** Names the value of `expression as name`, unless it is a field by its own name. */
  put(item: NamedNode): void {
    if (item.of.kind === 'field' && !item.named) new Binder(this.rows, this.query).field(item.of)
    else this.rows.put(item.name, this.bind(item.of))
    // What follows may stand on it.
    this.rows.lighten()
  }

  /** As AWS, `fields` and the values of stats name nothing anew that a command before has named: `parse "*" as a | fields a` neither. */
  refuseNamedAgain(items: readonly NamedNode[]): void {
    const isAgain = ({ name, named, of }: NamedNode, index: number): boolean =>
      (this.given.has(name) && (named || of.kind === 'field')) || (named && items.slice(0, index).some(other => other.named && other.name === name))
    const again = items.find(isAgain)
    if (again === undefined) return
    const { name, named, of: { start }, end } = again
    const hint = named ? 'give this another name' : 'it is there already, and display shows it'
    throw new InsightsProblem(`The name '${name}' is given before: ${hint}`, start, end, `Ephemeral field is already defined: ${name} ([${start},${end}])`)
  }

  /** Notes what `fields` names, for those that come after. */
  name({ name, named, of }: NamedNode): void {
    if (named) this.given.add(name)
    if (named && this.#selected.has(name)) this.#hidden.add(name)
    if (!named && of.kind === 'field') this.#selected.add(name)
  }

  /** As AWS: of `fields a | fields abs(a) as a`, stats knows neither the one nor the other. */
  refuseHidden(items: readonly NamedNode[]): void {
    const field = items.flatMap(({ of }) => fieldsIn(of)).find(({ name }) => this.#hidden.has(name))
    if (field === undefined) return
    const hint = `'${field.name}' is both a field that was shown and the name of a value: give the value another one`
    throw unknownSymbol(hint, field.name, field)
  }

  /** What commands named before is gone. */
  forgetNames(): void {
    for (const names of [this.given, this.#selected, this.#hidden]) names.clear()
  }

  /**
   * Names a value that is made over several rows, such as a running sum. What stands on it is a level further out; `last`
   * says that no other value of the same command is to come.
   */
  putOverRows(name: string, make: () => Value, last = true, show = true): void {
    this.rows.open()
    this.rows.put(name, make())
    if (show) this.rows.show({ name, path: [name] })
    if (last) this.rows.wrap()
  }

  /** `@message`, for a command that is given no field. */
  message(at: Span): Value {
    return new Binder(this.rows, this.query).context(at).message()
  }

  refuse(message: string, at: Span): never {
    throw new InsightsProblem(message, at.start, at.end)
  }

  apply(node: CommandNode, act: () => void): void {
    this.query.used.add(node.command)
    try {
      act()
      this.rows.lighten()
    } catch (error) {
      if (error instanceof TooManySteps) this.refuse('The query has too many steps', node)
      throw error
    }
    this.before.push(node)
  }
}
