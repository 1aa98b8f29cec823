/** Bytes to text, piece by piece: UTF-8, or UTF-16 where a byte order mark says so. What is neither becomes U+FFFD. */
export class TextReader {
  #decoder: TextDecoder | undefined
  #first: Uint8Array = new Uint8Array(0)

  read(bytes: Uint8Array): string {
    if (this.#decoder !== undefined) return this.#decoder.decode(bytes, { stream: true })
    const start = this.#first.length === 0 ? bytes : new Uint8Array([...this.#first, ...bytes])
    if (start.length < 2) {
      this.#first = start
      return ''
    }
    this.#first = new Uint8Array(0)
    this.#decoder = decoderFor(start)
    return this.#decoder.decode(start, { stream: true })
  }

  end(): string {
    this.#decoder ??= decoderFor(this.#first)
    return this.#decoder.decode(this.#first)
  }
}

const decoderFor = (start: Uint8Array): TextDecoder => {
  const mark = (start[0] ?? 0) * 256 + (start[1] ?? 0)
  return new TextDecoder(mark === 0xfffe ? 'utf-16le' : mark === 0xfeff ? 'utf-16be' : 'utf-8')
}
