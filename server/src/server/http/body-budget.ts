/** What the bodies of all requests under way may take together, whoever sends them: they are read before it is known who. */
const MAX_BUFFERED_BYTES = 256 * 1024 * 1024

/** Memory for bodies. Whoever takes of it gives it back once the answer is written. */
export class BodyBudget {
  readonly #bytes: number
  #taken = 0

  constructor(bytes = MAX_BUFFERED_BYTES) {
    this.#bytes = bytes
  }

  /** False when there is not so much left; then nothing was taken. */
  take(bytes: number): boolean {
    if (this.#taken + bytes > this.#bytes) return false
    this.#taken += bytes
    return true
  }

  give(bytes: number): void {
    this.#taken -= bytes
  }
}
