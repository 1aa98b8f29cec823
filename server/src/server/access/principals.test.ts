import { expect, test } from 'vitest'
import { accountId } from '../../base/tenancy.ts'
import { epochMillis } from '../../base/time.ts'
import type { AccessKey } from '../../model/access.ts'
import { policyOf } from './policy-of.ts'
import { Principals } from './principals.ts'

const account = accountId('111111111111')
const key = (id: string, more: Partial<AccessKey> = {}): AccessKey => ({
  account, id, secret: 'secret', status: 'Active', userName: 'ada', createdAt: epochMillis(0), temporary: undefined, ...more,
})
const allow = (action: string): string => JSON.stringify({ Version: '2012-10-17', Statement: { Effect: 'Allow', Action: action, Resource: '*' } })

/** A store of one user whose policy can be exchanged, and whose answers can be held back. */
const house = (keyOf: (id: string) => AccessKey | undefined = key) => {
  const state = { policy: allow('sns:*'), gate: Promise.resolve(), reads: 0 }
  const principals = new Principals(
    {
      key: id => Promise.resolve(keyOf(id)),
      user: () => Promise.resolve({ account, name: 'ada', id: 'AIDA1', path: '/', createdAt: epochMillis(0) }),
      policies: async () => {
        state.reads++
        const { policy } = state
        await state.gate
        return { inline: policy }
      },
    },
    policyOf,
  )
  const policies = async (id = 'AKIA1') => {
    const principal = (await principals.find(id))?.principal
    return principal?.kind === 'user' ? principal.policies : undefined
  }
  return { state, principals, policies }
}

test('a principal is read once, and anew after a change', async () => {
  const { state, principals, policies } = house()
  expect(await policies()).toEqual([policyOf(allow('sns:*'))])
  await policies()
  expect(state.reads).toBe(1)
  state.policy = allow('iam:*')
  principals.forget()
  expect(await policies()).toEqual([policyOf(allow('iam:*'))])
})

test('what was read before a change is not remembered after it', async () => {
  const { state, principals, policies } = house()
  const gate = Promise.withResolvers<void>()
  state.gate = gate.promise
  const early = policies()
  while (state.reads === 0) await Promise.resolve()
  state.policy = allow('iam:*')
  principals.forget()
  gate.resolve()
  await early
  expect(await policies()).toEqual([policyOf(allow('iam:*'))])
})

test('an unknown key is nobody; so is an inactive one, and a temporary one of somebody inactive', async () => {
  const { principals } = house(id => {
    if (id === 'ASIA1') return key(id, { temporary: { sessionToken: 't', expiresAt: epochMillis(1), name: 'n', issuerKeyId: 'AKIA2', policy: undefined } })
    return id === 'AKIA2' ? key(id, { status: 'Inactive' }) : undefined
  })
  for (const id of ['AKIA1', 'AKIA2', 'ASIA1']) expect(await principals.find(id)).toBeUndefined()
})

test('however many keys sign, few are remembered', async () => {
  const { state, policies } = house()
  await policies('AKIA1')
  for (let index = 0; index < 10_000; index++) await policies(`ASIA${index}`)
  await policies('AKIA1')
  expect(state.reads).toBe(10_002)
})
