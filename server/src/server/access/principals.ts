import type { AccountId } from '../../base/tenancy.ts'
import type { AccessKey, User } from '../../model/access.ts'
import type { PolicyDocument, Principal } from '../../model/principal.ts'

interface AccessReads {
  key(id: string): Promise<AccessKey | undefined>
  user(account: AccountId, name: string): Promise<User | undefined>
  policies(account: AccountId, userName: string): Promise<Readonly<Record<string, string>>>
}

/** A key that may sign, and who signs with it. */
export interface Credential {
  readonly key: AccessKey
  readonly principal: Principal
}

/** Temporary keys come and go without a change being told; this many fit into a few megabytes. */
const MAX_REMEMBERED = 10_000

/**
 * Turns access key ids into principals with their policies. Answers are remembered until `forget` is called, which
 * every change of a key, user or policy does: a withdrawn right is gone with the answer to the call that withdrew it.
 */
export class Principals {
  readonly #store: AccessReads
  readonly #parse: (document: string) => PolicyDocument
  readonly #known = new Map<string, Credential | undefined>()
  #changes = 0

  constructor(store: AccessReads, parse: (document: string) => PolicyDocument) {
    this.#store = store
    this.#parse = parse
  }

  /** Undefined for unknown and inactive keys. Whether a temporary one has run out is for the caller to see. */
  async find(accessKeyId: string): Promise<Credential | undefined> {
    return this.#known.has(accessKeyId) ? this.#known.get(accessKeyId) : this.#load(accessKeyId)
  }

  forget(): void {
    this.#known.clear()
    this.#changes++
  }

  async #load(accessKeyId: string): Promise<Credential | undefined> {
    const changes = this.#changes
    const key = await this.#store.key(accessKeyId)
    // Unknown ids are not remembered: they come from outside, without bound.
    if (key === undefined) return undefined
    const principal = key.status === 'Active' ? await this.#principal(key) : undefined
    const credential = principal === undefined ? undefined : { key, principal }
    // While the store answered, what it said may have been taken back.
    if (changes === this.#changes) {
      if (this.#known.size >= MAX_REMEMBERED) this.#known.clear()
      this.#known.set(accessKeyId, credential)
    }
    return credential
  }

  async #principal(key: AccessKey): Promise<Principal | undefined> {
    const { account, id, userName, temporary } = key
    if (temporary !== undefined) {
      const issuer = await this.find(temporary.issuerKeyId)
      if (issuer === undefined) return undefined
      const session = temporary.policy === undefined ? undefined : this.#parse(temporary.policy)
      return { kind: 'session', account, accessKeyId: id, name: temporary.name, issuer: issuer.principal, session }
    }
    if (userName === undefined) return { kind: 'root', account, accessKeyId: id }
    const user = await this.#store.user(account, userName)
    if (user === undefined) return undefined
    const documents = Object.values(await this.#store.policies(account, userName))
    return { kind: 'user', account, accessKeyId: id, userName, userId: user.id, policies: documents.map(this.#parse) }
  }
}
