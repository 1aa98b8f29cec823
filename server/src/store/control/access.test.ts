import { expect, test } from 'vitest'
import { ELSEWHERE, OURS, START, temporaryControl, THEIRS } from '../../../test/temporary-control.ts'
import { epochMillis } from '../../base/time.ts'
import type { AccountId } from '../../base/tenancy.ts'
import type { AccessKey, User } from '../../model/access.ts'
import type { AuditEntry } from '../../model/audit.ts'

const aUser = (account: AccountId, name: string): User => ({ account, name, id: `AIDA${account}${name}`, path: '/', createdAt: START })
const aKey = (account: AccountId, id: string, userName: string | undefined, temporary?: AccessKey['temporary']): AccessKey => ({
  account,
  id,
  secret: `secret of ${id}`,
  status: 'Active',
  userName,
  createdAt: START,
  temporary,
})

test('users, policies and keys belong to their account', async () => {
  const { store } = temporaryControl()
  const { access } = store
  for (const { account } of [OURS, THEIRS]) {
    for (const name of ['b', 'a']) await access.putUser(aUser(account, name))
    await access.putPolicy(account, 'a', 'p', `{"of":"${account}"}`)
    await access.putKey(aKey(account, `AKIA${account}`, 'a'))
    await access.putKey(aKey(account, `AKIAROOT${account}`, undefined))
  }
  const session = { sessionToken: 't', expiresAt: epochMillis(START + 1), name: 'fed', issuerKeyId: 'AKIA', policy: undefined }
  await access.putKey(aKey(OURS.account, 'ASIA', 'a', session))
  expect((await access.users(OURS.account)).map(({ name }) => name)).toEqual(['a', 'b'])
  expect(await access.user(OURS.account, 'a')).toEqual(aUser(OURS.account, 'a'))
  expect(await access.policies(OURS.account, 'a')).toEqual({ p: `{"of":"${OURS.account}"}` })
  expect((await access.keys(OURS.account, 'a')).map(({ id }) => id)).toEqual([`AKIA${OURS.account}`])
  expect((await access.keys(OURS.account, undefined)).map(({ id }) => id)).toEqual([`AKIAROOT${OURS.account}`])
  expect(await access.key('ASIA')).toEqual(aKey(OURS.account, 'ASIA', 'a', session))

  await access.putKey({ ...aKey(OURS.account, `AKIA${OURS.account}`, 'a'), status: 'Inactive' })
  expect((await access.key(`AKIA${OURS.account}`))?.status).toBe('Inactive')
  await access.deletePolicy(OURS.account, 'a', 'p')
  expect(await access.policies(OURS.account, 'a')).toEqual({})
  expect(await access.policies(THEIRS.account, 'a')).toEqual({ p: `{"of":"${THEIRS.account}"}` })
  await access.deleteUser(OURS.account, 'a')
  expect(await access.key('ASIA')).toBeUndefined()
  expect(await access.users(THEIRS.account)).toHaveLength(2)
  await access.deleteKey(`AKIAROOT${OURS.account}`)
  expect(await access.keys(OURS.account, undefined)).toEqual([])
})

test('the audit trail is read newest first, page by page, by its own tenant', async () => {
  const { store } = temporaryControl()
  const entry = (tenant: AuditEntry['tenant'], requestId: string, offset = 0): AuditEntry => ({
    tenant,
    at: epochMillis(START + offset),
    requestId,
    service: 'sns',
    operation: requestId === 'r2' ? 'Subscribe' : 'CreateTopic',
    principal: 'arn:aws:iam::111111111111:root',
    accessKeyId: 'AKIA',
    sourceAddress: '127.0.0.1',
    userAgent: undefined,
    errorCode: undefined,
    resources: ['*'],
    parameters: '{}',
  })
  await store.audit.append([entry(OURS, 'r1'), entry(THEIRS, 'not ours'), entry(ELSEWHERE, 'not here'), entry(OURS, 'r2', 5), entry(OURS, 'r3', 9)])
  const first = await store.audit.list({ tenant: OURS, limit: 2 })
  expect(first.entries).toEqual([entry(OURS, 'r3', 9), entry(OURS, 'r2', 5)])
  expect(await store.audit.list({ tenant: OURS, limit: 2, cursor: first.next })).toEqual({ entries: [entry(OURS, 'r1')], next: undefined })
  const found = async (more: object) => (await store.audit.list({ tenant: OURS, limit: 9, ...more })).entries.map(({ requestId }) => requestId)
  expect(await found({ operation: 'Subscribe' })).toEqual(['r2'])
  expect(await found({ from: epochMillis(START + 5), to: epochMillis(START + 5) })).toEqual(['r2'])
})

test('settings are set, overwritten and removed', async () => {
  const { store } = temporaryControl()
  expect(await store.settings.get('key')).toBeUndefined()
  await store.settings.set('key', 'a')
  await store.settings.set('key', 'b')
  expect(await store.settings.get('key')).toBe('b')
  await store.settings.delete('key')
  expect(await store.settings.get('key')).toBeUndefined()
})
