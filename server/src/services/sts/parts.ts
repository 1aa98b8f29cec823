import type { Entropy } from '../../base/entropy.ts'
import type { KeyStore } from './ports.ts'

/** What the operations share. */
export interface StsParts {
  readonly keys: KeyStore
  readonly entropy: Entropy
}
