import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Clock } from '../../base/clock.ts'
import type { Entropy } from '../../base/entropy.ts'
import type { AccountId } from '../../base/tenancy.ts'
import type { AccessKey } from '../../model/access.ts'

interface KeyStore {
  keys(account: AccountId, userName: string | undefined): Promise<readonly AccessKey[]>
  putKey(key: AccessKey): Promise<void>
}

const ID_ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/**
 * Makes sure that the account has a root key, and that `<data>/credentials` holds it in the format of AWS's own
 * credentials file, readable by its owner only. Answers the file's path.
 */
export const ensureRootKey = async (options: {
  readonly store: KeyStore
  readonly account: AccountId
  readonly folder: string
  readonly clock: Clock
  readonly entropy: Entropy
}): Promise<string> => {
  const { store, account, clock, entropy } = options
  const file = join(options.folder, 'credentials')
  const existing = (await store.keys(account, undefined)).find(({ status, temporary }) => status === 'Active' && temporary === undefined)
  const key = existing ?? newRootKey(account, clock, entropy)
  if (existing === undefined) await store.putKey(key)
  if (existing === undefined || !existsSync(file)) {
    writeFileSync(file, `[default]\naws_access_key_id = ${key.id}\naws_secret_access_key = ${key.secret}\n`, { mode: 0o600 })
  }
  return file
}

const newRootKey = (account: AccountId, clock: Clock, entropy: Entropy): AccessKey => ({
  account,
  id: `AKIA${[...entropy.bytes(16)].map(byte => ID_ALPHABET[byte % ID_ALPHABET.length]).join('')}`,
  secret: Buffer.from(entropy.bytes(30)).toString('base64').replaceAll('+', 'x').replaceAll('/', 'y'),
  status: 'Active',
  userName: undefined,
  createdAt: clock.now(),
  temporary: undefined,
})
