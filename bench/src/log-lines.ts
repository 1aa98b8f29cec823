import { seededEntropy, type Entropy } from '../../server/src/base/entropy.ts'

const LEVELS = ['INFO', 'INFO', 'INFO', 'INFO', 'WARN', 'DEBUG', 'ERROR']
const SERVICES = ['checkout', 'payments', 'catalog', 'search', 'auth']
const PATHS = ['/api/orders', '/api/orders/items', '/api/users', '/api/login', '/health', '/api/search']

/** Structured lines of an application, some 300 bytes each; the same ones for the same seed. */
export class LogLines {
  readonly #entropy: Entropy
  #number = 0

  constructor(seed: number) {
    this.#entropy = seededEntropy(seed)
  }

  next(): string {
    const level = this.#one(LEVELS)
    const customer = Math.floor(this.#entropy.fraction() * 100_000)
    return JSON.stringify({
      timestamp: new Date(1_760_000_000_000 + this.#number++ * 7).toISOString(),
      level,
      service: this.#one(SERVICES),
      requestId: this.#entropy.uuid(),
      request_path: this.#one(PATHS),
      status_code: level === 'ERROR' ? 500 : 200,
      duration: Math.round(this.#entropy.fraction() ** 4 * 200_000) / 100,
      message: level === 'ERROR' ? 'Request failed: NullPointerException at handler' : `Request handled for customer ${customer} with cart size ${customer % 20}`,
      environment: 'production',
      pod: `pod-${this.#number % 10}`,
    })
  }

  #one(values: readonly string[]): string {
    return values[Math.floor(this.#entropy.fraction() * values.length)]!
  }
}
