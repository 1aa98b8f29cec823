import { and, call, column, constant, type Column, type Expression, type Ordering, type Output, type Select, type Source } from '../../../sql/expression.ts'
import { hoisted } from './hoist.ts'
import { columnsOf, weightOf } from './walk.ts'

/** Names of columns that the compiler makes, unlike in one whole statement. */
export class ColumnNames {
  #next = 1

  next(prefix: string): string {
    return `${prefix}${this.#next++}`
  }
}

/**
 * One SELECT while it grows. Its columns are made as the levels around it ask for them, so it reads nothing that nobody
 * needs; what it defines and nobody asks for is left out as well.
 */
export class Level {
  readonly #from: () => Source
  readonly #names: ColumnNames
  /** Whether its columns get names of their own, because another level beside it has the table's. */
  readonly #renames: boolean
  readonly #definitions = new Map<string, { readonly of: Expression; readonly weight: number }>()
  readonly #defined = new Map<Expression, Column>()
  readonly #outputs = new Map<Expression, Output>()
  readonly #where: Expression[] = []
  #groupBy: readonly Expression[] | undefined
  #ofSome = false
  orderBy: readonly Ordering[] = []
  limitBy: readonly Expression[] | undefined
  limit: number | undefined
  unnest: readonly Output[] = []

  /** `from` is asked for when the statement is made: by then the levels within know which of their columns are wanted. */
  constructor(from: () => Source, names: ColumnNames, renames = false) {
    this.#from = from
    this.#names = names
    this.#renames = renames
  }

  /** This one as what another reads. */
  readonly source = (name?: string): Source => ({ kind: 'select', select: this.select(), ...(name === undefined ? {} : { name }) })

  /** Gives an expression of this level a name in it. */
  define(of: Expression): Column {
    if (of.kind === 'column') return of
    const before = this.#defined.get(of)
    if (before !== undefined) return before
    const written = hoisted(of, part => this.define(part), part => this.#defined.get(part))
    const name = this.#names.next('f')
    this.#defined.set(of, column(name))
    this.#definitions.set(name, { of: written, weight: this.weight(written) })
    return column(name)
  }

  /** How many nodes the expression has with the definitions it uses written out: what the engine makes of it. */
  weight(of: Expression): number {
    return weightOf(of, name => this.#definitions.get(name)?.weight ?? 1)
  }

  filter(condition: Expression): void {
    this.#where.push(condition)
  }

  /** Folds the rows; `ofSome` says that no rows are no group, also where there is no `by`. */
  group(by: readonly Expression[], ofSome: boolean): void {
    this.#groupBy = by
    this.#ofSome = ofSome && by.length === 0
  }

  /** Whether rows were cut off or folded, so that another filter or order needs a level around this one. */
  get closed(): boolean {
    return this.limit !== undefined || this.limitBy !== undefined || this.#groupBy !== undefined
  }

  /** Whether rows were left out. */
  get filtered(): boolean {
    return this.#where.length > 0
  }

  /** The column by which the level around this one knows an expression of this one. */
  output(of: Expression): Column {
    const before = this.#outputs.get(of) ?? (of.kind === 'column' ? this.#outputOf(of.name) : undefined)
    if (before !== undefined) return column(before.name)
    const name = of.kind === 'column' && !this.#renames && this.#outputNamed(of.name) === undefined ? of.name : this.#names.next('c')
    this.#outputs.set(of, { name, of })
    return column(name)
  }

  #outputOf(inner: string): Output | undefined {
    for (const output of this.#outputs.values()) if (output.of.kind === 'column' && output.of.name === inner) return output
    return undefined
  }

  #outputNamed(name: string): Output | undefined {
    for (const output of this.#outputs.values()) if (output.name === name) return output
    return undefined
  }

  /** The statement, with these columns or those that were asked for. */
  select(columns: readonly Output[] = [...this.#outputs.values()]): Select {
    const outputs = columns.length === 0 ? [{ name: this.#names.next('c'), of: { kind: 'constant', value: 1 } as const }] : columns
    const used = [
      ...outputs.map(output => output.of), ...this.#where, ...(this.#groupBy ?? []), ...this.orderBy.map(one => one.by), ...(this.limitBy ?? []),
      ...this.unnest.map(one => one.of),
    ]
    return {
      kind: 'select',
      definitions: this.#reachable(used),
      columns: outputs,
      from: this.#from(),
      ...(this.unnest.length === 0 ? {} : { unnest: this.unnest }),
      ...(this.#where.length === 0 ? {} : { where: and(...this.#where) }),
      ...(this.#groupBy === undefined ? {} : { groupBy: this.#groupBy }),
      ...(this.#ofSome ? { having: call('greater', call('count'), constant(0)) } : {}),
      orderBy: this.orderBy,
      ...(this.limitBy === undefined ? {} : { limitBy: { count: 1, by: this.limitBy } }),
      ...(this.limit === undefined ? {} : { limit: this.limit }),
    }
  }

  /** How many rows pass its conditions. */
  counted(name: string): Select {
    const count: Output = { name, of: call('count') }
    const where = and(...this.#where)
    return { kind: 'select', definitions: this.#reachable([where]), columns: [count], from: this.#from(), where }
  }

  #reachable(used: readonly Expression[]): readonly Output[] {
    const names = new Set<string>()
    const pending = [...used]
    for (let of = pending.pop(); of !== undefined; of = pending.pop()) {
      for (const name of columnsOf(of)) {
        const definition = this.#definitions.get(name)
        if (definition === undefined || names.has(name)) continue
        names.add(name)
        pending.push(definition.of)
      }
    }
    return [...this.#definitions].filter(([name]) => names.has(name)).map(([name, { of }]) => ({ name, of }))
  }
}
