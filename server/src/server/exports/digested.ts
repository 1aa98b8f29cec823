/** The bytes, each shown to somebody as it passes. */
export async function* digested(source: AsyncIterable<Uint8Array>, look: (bytes: Uint8Array) => unknown): AsyncGenerator<Uint8Array> {
  for await (const bytes of source) {
    look(bytes)
    yield bytes
  }
}
