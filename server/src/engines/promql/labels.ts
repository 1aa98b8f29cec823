/** The label that holds a metric's name. */
export const NAME = '__name__'

type Pair = readonly [name: string, value: string]

/** What makes a series itself: names with values, none of them empty; an absent label and an empty one are the same. */
export class Labels {
  /** By name (code units). */
  readonly pairs: readonly Pair[]
  #key: string | undefined
  #nameless: Labels | undefined

  private constructor(pairs: readonly Pair[]) {
    this.pairs = pairs
  }

  /** Names must differ. */
  static of(pairs: Iterable<Pair>): Labels {
    return new Labels([...pairs].filter(([, value]) => value !== '').sort(byName))
  }

  /** Two sets have the same key if, and only if, they are equal. */
  get key(): string {
    this.#key ??= keyOf(this.pairs)
    return this.#key
  }

  /** The same without the metric's name. */
  get nameless(): Labels {
    this.#nameless ??= this.get(NAME) === '' ? this : this.drop(ONLY_NAME)
    return this.#nameless
  }

  get(name: string): string {
    for (const [own, value] of this.pairs) if (own === name) return value
    return ''
  }

  keep(names: ReadonlySet<string>): Labels {
    return new Labels(this.pairs.filter(([name]) => names.has(name)))
  }

  drop(names: ReadonlySet<string>): Labels {
    return new Labels(this.pairs.filter(([name]) => !names.has(name)))
  }

  /** An empty value takes the label away. */
  with(name: string, value: string): Labels {
    return Labels.of([...this.pairs.filter(([own]) => own !== name), [name, value]])
  }

  toRecord(): Readonly<Record<string, string>> {
    return Object.fromEntries(this.pairs)
  }

  /** `up{host="a"}`, as Prometheus writes it. */
  toString(): string {
    const shown = this.nameless.pairs.map(([name, value]) => `${IDENTIFIER.test(name) ? name : JSON.stringify(name)}=${JSON.stringify(value)}`)
    const name = this.get(NAME)
    if (name !== '' && !METRIC_IDENTIFIER.test(name)) return `{${[JSON.stringify(name), ...shown].join(', ')}}`
    return name !== '' && shown.length === 0 ? name : `${name}{${shown.join(', ')}}`
  }
}

const ONLY_NAME: ReadonlySet<string> = new Set([NAME])
const IDENTIFIER = /^[a-zA-Z_][a-zA-Z0-9_]*$/
const METRIC_IDENTIFIER = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/

const byName = ([a]: Pair, [b]: Pair): number => (a < b ? -1 : a > b ? 1 : 0)

/** Lengths stand before the texts, which may hold any character. */
const keyOf = (pairs: readonly Pair[]): string => {
  let key = ''
  for (const [name, value] of pairs) key += `${name.length}:${name}${value.length}:${value}`
  return key
}
