import type { AccessKey } from '../../model/access.ts'

/** Where temporary keys are kept. */
export interface KeyStore {
  putKey(key: AccessKey): Promise<void>
}
