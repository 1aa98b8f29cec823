const FIRST_SIZE = 64

/** Gives each different text a number: 0, 1, 2 … Parts of a longer text are looked up without being cut out of it. */
export class TextDictionary {
  readonly texts: string[] = []
  /** Places in `texts` plus one, by hash; 0 is free. */
  #table = new Int32Array(FIRST_SIZE)

  get size(): number {
    return this.texts.length
  }

  number(source: string, start: number, end: number): number {
    const mask = this.#table.length - 1
    for (let place = hashOf(source, start, end) & mask; ; place = (place + 1) & mask) {
      const number = this.#table[place]! - 1
      if (number < 0) return this.#add(source.slice(start, end), place)
      const text = this.texts[number]!
      if (text.length === end - start && source.startsWith(text, start)) return number
    }
  }

  clear(): void {
    this.texts.length = 0
    this.#table = new Int32Array(FIRST_SIZE)
  }

  #add(text: string, place: number): number {
    this.#table[place] = this.texts.push(text)
    if (this.texts.length * 2 > this.#table.length) this.#grow()
    return this.texts.length - 1
  }

  #grow(): void {
    const table = new Int32Array(this.#table.length * 2)
    const mask = table.length - 1
    for (const [number, text] of this.texts.entries()) {
      let place = hashOf(text, 0, text.length) & mask
      while (table[place] !== 0) place = (place + 1) & mask
      table[place] = number + 1
    }
    this.#table = table
  }
}

/** FNV-1a over UTF-16 code units. Who floods it with collisions only slows a dictionary down that is soon given up. */
const hashOf = (source: string, start: number, end: number): number => {
  let hash = 0x811c9dc5
  for (let at = start; at < end; at++) hash = Math.imul(hash ^ source.charCodeAt(at), 0x01000193)
  return (hash ^ (hash >>> 15)) >>> 0
}
