/**
 * Where an id stands in a list, looked up as the two 32-bit halves in which a column of ids lies in memory: tens of thousands of rows
 * a request would each make a big integer only to ask a Map. Ids are hashes, so their lower bits scatter by themselves.
 */
export class SeriesPlaces {
  readonly #low: Uint32Array
  readonly #high: Uint32Array
  /** Place + 1; 0 is free. */
  readonly #place: Uint32Array
  readonly #mask: number

  /** Distinct ids. */
  constructor(ids: readonly bigint[]) {
    const size = 2 ** Math.ceil(Math.log2(2 * ids.length + 2))
    this.#low = new Uint32Array(size)
    this.#high = new Uint32Array(size)
    this.#place = new Uint32Array(size)
    this.#mask = size - 1
    const halves = new Uint32Array(BigUint64Array.from(ids).buffer)
    for (let place = 0; place < ids.length; place++) {
      const slot = this.#slotOf(halves[2 * place]!, halves[2 * place + 1]!)
      this.#low[slot] = halves[2 * place]!
      this.#high[slot] = halves[2 * place + 1]!
      this.#place[slot] = place + 1
    }
  }

  /** The place of each row of a column; throws for an id that is not in the list. */
  of(column: BigUint64Array): Uint32Array {
    const halves = new Uint32Array(column.buffer, column.byteOffset, 2 * column.length)
    const places = new Uint32Array(column.length)
    for (let row = 0; row < places.length; row++) {
      const found = this.#place[this.#slotOf(halves[2 * row]!, halves[2 * row + 1]!)]!
      if (found === 0) throw new Error('a series that was not asked for')
      places[row] = found - 1
    }
    return places
  }

  /** Where it is, or would be. */
  #slotOf(low: number, high: number): number {
    for (let slot = low & this.#mask; ; slot = (slot + 1) & this.#mask) {
      if (this.#place[slot] === 0 || (this.#low[slot] === low && this.#high[slot] === high)) return slot
    }
  }
}
