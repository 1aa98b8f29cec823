import type { Entropy } from '../../base/entropy.ts'
import type { InTurn } from '../../base/in-turn.ts'
import type { AccessStore } from './ports.ts'

/** What the operations share. */
export interface IamParts {
  readonly access: AccessStore
  readonly entropy: Entropy
  /** Called once a change of users, keys or policies is on disk: what was remembered of them is no longer true. */
  readonly changed: () => void
  /** Changes in one account go one after the other. */
  readonly turns: InTurn
}
