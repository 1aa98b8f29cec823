import type { MetricIdentity } from '../../model/metric.ts'
import { nameTokens, termMatches, type NameTokens } from './name-tokens.ts'

/** Names recur from metric to metric and from search to search; each is taken apart once. */
export class KnownNames {
  readonly #known = new Map<string, NameTokens>()

  tokens(name: string): NameTokens {
    let tokens = this.#known.get(name)
    if (tokens === undefined) this.#known.set(name, (tokens = nameTokens(name)))
    return tokens
  }
}

/** Lists of places of metrics, and how many they are together. */
export interface Candidates {
  readonly size: number
  readonly lists: readonly (readonly number[])[]
}

/**
 * Metrics by the texts that they have: a namespace, a name, names and values of dimensions. A hundred searches over a hundred thousand
 * metrics look at few of them each.
 */
export class Listing {
  readonly names: KnownNames
  readonly #metrics: MetricIdentity[] = []
  /** The metrics of a text by their places, in ascending order. */
  readonly #places = new Map<string, number[]>()
  /** Texts by their pieces and by their whole. */
  #texts: Map<string, string[]> | undefined

  constructor(names: KnownNames) {
    this.names = names
  }

  add(metric: MetricIdentity): void {
    const place = this.#metrics.push(metric) - 1
    this.#put(metric.namespace, place)
    this.#put(metric.name, place)
    for (const { name, value } of metric.dimensions) {
      this.#put(name, place)
      this.#put(value, place)
    }
  }

  equalTo(text: string): Candidates {
    return this.#of([text])
  }

  /** Those with a text that a bare term finds. */
  partOf(term: NameTokens): Candidates {
    if (term.pieces.length === 0) return this.#of([])
    const texts = (this.#texts ??= this.#taken())
    const possible = new Set([...texts.get(term.lower[0]!) ?? [], ...texts.get(term.whole) ?? []])
    return this.#of([...possible].filter(text => termMatches(term, this.names.tokens(text))))
  }

  /** The metrics of these, or all, each once and in the order in which they were added. */
  metrics(of: Candidates | undefined): readonly MetricIdentity[] {
    if (of === undefined) return this.#metrics
    const [only] = of.lists
    const places = of.lists.length > 1 ? [...new Set(of.lists.flat())].sort((a, b) => a - b) : only ?? []
    return places.map(place => this.#metrics[place]!)
  }

  #of(texts: readonly string[]): Candidates {
    const lists = texts.flatMap(text => {
      const places = this.#places.get(text)
      return places === undefined ? [] : [places]
    })
    return { size: lists.reduce((size, { length }) => size + length, 0), lists }
  }

  #put(text: string, place: number): void {
    const places = this.#places.get(text)
    if (places === undefined) this.#places.set(text, [place])
    else if (places.at(-1) !== place) places.push(place)
  }

  #taken(): Map<string, string[]> {
    const texts = new Map<string, string[]>()
    for (const text of this.#places.keys()) {
      const { lower, whole } = this.names.tokens(text)
      for (const key of new Set([...lower, whole])) {
        const known = texts.get(key)
        if (known === undefined) texts.set(key, [text])
        else known.push(text)
      }
    }
    return texts
  }
}
