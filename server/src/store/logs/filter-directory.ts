import { InTurn } from '../../base/in-turn.ts'

interface GroupFilter {
  readonly group: number
  readonly name: string
}

/** Where filters are kept. */
interface FilterTable<Filter> {
  all(): Promise<readonly Filter[]>
  put(filter: Filter): Promise<void>
  delete(group: number, name: string): Promise<void>
}

/** All filters of one kind at hand: every request that carries events asks for them. */
export class FilterDirectory<Filter extends GroupFilter> {
  readonly #table: FilterTable<Filter>
  readonly #turns = new InTurn()
  /** By group, each list by name. */
  readonly #filters = new Map<number, readonly Filter[]>()

  private constructor(table: FilterTable<Filter>) {
    this.#table = table
  }

  static async open<Filter extends GroupFilter>(table: FilterTable<Filter>): Promise<FilterDirectory<Filter>> {
    const directory = new FilterDirectory(table)
    for (const filter of await table.all()) directory.#set(filter)
    return directory
  }

  /** By name in code units. */
  of(group: number): readonly Filter[] {
    return this.#filters.get(group) ?? NONE
  }

  /** Stores what `decide` makes of the group's filters as they are by then; it may refuse by throwing. Undefined: nothing to store. */
  change(group: number, decide: (filters: readonly Filter[]) => Filter | undefined): Promise<void> {
    return this.#turns.run(String(group), async () => {
      const filter = decide(this.of(group))
      if (filter === undefined) return
      await this.#table.put(filter)
      this.#set(filter)
    })
  }

  /** False when there was none. */
  delete(group: number, name: string): Promise<boolean> {
    return this.#turns.run(String(group), async () => {
      const left = this.of(group).filter(filter => filter.name !== name)
      if (left.length === this.of(group).length) return false
      await this.#table.delete(group, name)
      this.#keep(group, left)
      return true
    })
  }

  /** Forgets those of groups that are gone. */
  keepOnly(isThere: (group: number) => boolean): void {
    for (const group of this.#filters.keys()) if (!isThere(group)) this.#filters.delete(group)
  }

  #set(filter: Filter): void {
    const others = this.of(filter.group).filter(({ name }) => name !== filter.name)
    this.#keep(filter.group, [...others, filter].sort((a, b) => (a.name < b.name ? -1 : 1)))
  }

  #keep(group: number, filters: readonly Filter[]): void {
    if (filters.length === 0) this.#filters.delete(group)
    else this.#filters.set(group, filters)
  }
}

const NONE = [] as const
