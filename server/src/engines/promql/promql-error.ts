/** A query that was understood but cannot be answered: Prometheus's `execution` and `timeout` errors, with its words where it has some. */
export class PromqlError extends Error {
  override readonly name = 'PromqlError'
  readonly kind: 'execution' | 'timeout'

  constructor(message: string, kind: 'execution' | 'timeout' = 'execution') {
    super(message)
    this.kind = kind
  }
}
