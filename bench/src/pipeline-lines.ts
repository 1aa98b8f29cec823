const LEVELS = ['INFO', 'INFO', 'INFO', 'INFO', 'INFO', 'INFO', 'WARN', 'DEBUG', 'DEBUG', 'ERROR']
const PIPELINES = ['ingest', 'validate', 'enrich', 'score', 'export']
const PATHS = ['/api/records', '/api/batches', '/api/quality', '/api/users', '/health']
const ERRORS = ['TimeoutException', 'ValidationError', 'NullPointerException', 'ConnectionRefused']

/** JSON lines of data pipelines, 333 bytes each on average; the same ones for the same seed. */
export class PipelineLines {
  #state: number

  constructor(seed: number) {
    this.#state = seed >>> 0
  }

  next(at: number): string {
    const level = this.#one(LEVELS)
    const duration = Math.round(this.#fraction() ** 4 * 200_000) / 100
    const records = this.#integer() % 5000
    const message = level === 'ERROR'
      ? `Processing failed with ${this.#one(ERRORS)} in worker ${records % 64} after ${records} records`
      : `Processing completed for batch ${this.#integer() % 1_000_000} with ${records} records in worker ${records % 64}`
    const status = level === 'ERROR' ? 500 + (records % 4) : 200
    return `{"timestamp":"${new Date(at).toISOString()}","level":"${level}","service":"etl","requestId":"${this.#uuid()}",`
      + `"pipeline":"${this.#one(PIPELINES)}","environment":"prod","request_path":"${this.#one(PATHS)}","status_code":${status},`
      + `"duration":${duration},"records_processed":${records},"message":"${message}"}`
  }

  #one(values: readonly string[]): string {
    return values[this.#integer() % values.length]!
  }

  #uuid(): string {
    const hex = this.#hex() + this.#hex() + this.#hex() + this.#hex()
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`
  }

  #hex(): string {
    return this.#integer().toString(16).padStart(8, '0')
  }

  #fraction(): number {
    return this.#integer() / 4294967296
  }

  /** mulberry32. */
  #integer(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return (mixed ^ (mixed >>> 14)) >>> 0
  }
}
