import { userArn } from '../../base/arn.ts'
import { accountId, type AccountId } from '../../base/tenancy.ts'
import { epochMillis } from '../../base/time.ts'
import type { AccessKey, User } from '../../model/access.ts'
import { globalOwner } from '../../model/global-owner.ts'
import type { ControlDatabase } from './control-database.ts'
import type { AccessKeyRow, UserRow } from './tables.ts'
import { deleteTags, readTags, writeTags } from './tags.ts'

/** Users, their policies and keys. Like IAM they belong to the account, whatever the region. */
export class Access {
  readonly #database: ControlDatabase

  constructor(database: ControlDatabase) {
    this.#database = database
  }

  async user(account: AccountId, name: string): Promise<User | undefined> {
    const row = await this.#database
      .selectFrom('users')
      .selectAll()
      .where('account', '=', account)
      .where('name', '=', name)
      .executeTakeFirst()
    return row && userOf(row)
  }

  /** By name. */
  async users(account: AccountId): Promise<readonly User[]> {
    const rows = await this.#database.selectFrom('users').selectAll().where('account', '=', account).execute()
    return rows.sort((a, b) => (a.name < b.name ? -1 : 1)).map(userOf)
  }

  /** Creates with the tags, or overwrites. */
  async putUser({ account, name, id, path, createdAt }: User, tags: Readonly<Record<string, string>> = {}): Promise<void> {
    const row = { account, name, id, path, created_at: createdAt }
    await this.#database.transaction().execute(async scope => {
      await scope
        .insertInto('users')
        .values(row)
        .onConflict(conflict => conflict.columns(['account', 'name']).doUpdateSet(row))
        .execute()
      await writeTags(scope, globalOwner(account), userArn(account, name), tags)
    })
  }

  /** With its keys, policies and tags. */
  async deleteUser(account: AccountId, name: string): Promise<void> {
    await this.#database.transaction().execute(async scope => {
      await scope.deleteFrom('users').where('account', '=', account).where('name', '=', name).execute()
      await deleteTags(scope, globalOwner(account), [userArn(account, name)])
    })
  }

  tags(account: AccountId, userName: string): Promise<Readonly<Record<string, string>>> {
    return readTags(this.#database, globalOwner(account), userArn(account, userName))
  }

  /** Instead of those that there are. */
  async putTags(account: AccountId, userName: string, tags: Readonly<Record<string, string>>): Promise<void> {
    const [owner, arn] = [globalOwner(account), userArn(account, userName)]
    await this.#database.transaction().execute(async scope => {
      await deleteTags(scope, owner, [arn])
      await writeTags(scope, owner, arn, tags)
    })
  }

  /** Inline policies of a user: name → JSON text as given. */
  async policies(account: AccountId, userName: string): Promise<Readonly<Record<string, string>>> {
    const rows = await this.#database
      .selectFrom('user_policies')
      .select(['name', 'document'])
      .where('account', '=', account)
      .where('user_name', '=', userName)
      .orderBy('name')
      .execute()
    return Object.fromEntries(rows.map(({ name, document }) => [name, document]))
  }

  async putPolicy(account: AccountId, userName: string, policyName: string, document: string): Promise<void> {
    await this.#database
      .insertInto('user_policies')
      .values({ account, user_name: userName, name: policyName, document })
      .onConflict(conflict => conflict.columns(['account', 'user_name', 'name']).doUpdateSet({ document }))
      .execute()
  }

  async deletePolicy(account: AccountId, userName: string, policyName: string): Promise<void> {
    await this.#database
      .deleteFrom('user_policies')
      .where('account', '=', account)
      .where('user_name', '=', userName)
      .where('name', '=', policyName)
      .execute()
  }

  /** A key id is unique in the whole house: it is how the account of a signed request is found. */
  async key(id: string): Promise<AccessKey | undefined> {
    const row = await this.#database.selectFrom('access_keys').selectAll().where('id', '=', id).executeTakeFirst()
    return row && keyOf(row)
  }

  /** Long-term keys, oldest first; without a user name, the account's root keys. */
  async keys(account: AccountId, userName: string | undefined): Promise<readonly AccessKey[]> {
    const rows = await this.#database
      .selectFrom('access_keys')
      .selectAll()
      .where('account', '=', account)
      .where('user_name', userName === undefined ? 'is' : '=', userName ?? null)
      .where('session_token', 'is', null)
      .orderBy('seq')
      .execute()
    return rows.map(keyOf)
  }

  async putKey(key: AccessKey): Promise<void> {
    const row = keyRow(key)
    await this.#database
      .insertInto('access_keys')
      .values(row)
      .onConflict(conflict => conflict.column('id').doUpdateSet(row))
      .execute()
  }

  async deleteKey(id: string): Promise<void> {
    await this.#database.deleteFrom('access_keys').where('id', '=', id).execute()
  }
}

const userOf = (row: UserRow): User => ({
  account: accountId(row.account),
  name: row.name,
  id: row.id,
  path: row.path,
  createdAt: epochMillis(row.created_at),
})

const keyRow = (key: AccessKey): Omit<AccessKeyRow, 'seq'> => ({
  id: key.id,
  account: key.account,
  secret: key.secret,
  status: key.status,
  user_name: key.userName ?? null,
  created_at: key.createdAt,
  session_token: key.temporary?.sessionToken ?? null,
  expires_at: key.temporary?.expiresAt ?? null,
  session_name: key.temporary?.name ?? null,
  issuer_key_id: key.temporary?.issuerKeyId ?? null,
  session_policy: key.temporary?.policy ?? null,
})

const keyOf = (row: Omit<AccessKeyRow, 'seq'>): AccessKey => ({
  account: accountId(row.account),
  id: row.id,
  secret: row.secret,
  status: row.status as AccessKey['status'],
  userName: row.user_name ?? undefined,
  createdAt: epochMillis(row.created_at),
  temporary:
    row.session_token === null
      ? undefined
      : {
          sessionToken: row.session_token,
          expiresAt: epochMillis(row.expires_at ?? 0),
          name: row.session_name ?? '',
          issuerKeyId: row.issuer_key_id ?? '',
          policy: row.session_policy ?? undefined,
        },
})
