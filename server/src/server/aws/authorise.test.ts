import { expect, test } from 'vitest'
import { accountId, region } from '../../base/tenancy.ts'
import { epochMillis } from '../../base/time.ts'
import { parsePolicy } from '../../engines/policies/parse.ts'
import type { Principal } from '../../model/principal.ts'
import { authorise } from './authorise.ts'

const account = accountId('111111111111')
const parsed = parsePolicy(JSON.stringify({ Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 'sns:*', Resource: 'arn:aws:sns:*:*:team-*:*' } }))
const ann: Principal = { kind: 'user', account, accessKeyId: 'AKIAANN', userName: 'ann', userId: 'AIDA1', policies: parsed.ok ? [parsed.document] : [] }
const ask = (resources: readonly string[], conditions: Readonly<Record<string, string>> = {}) => () =>
  authorise({
    principal: ann,
    tenant: { account, region: region('us-east-1') },
    action: 'sns:Publish',
    resources,
    conditions,
    received: { method: 'POST', path: '/', query: '', headers: {}, body: Buffer.alloc(0), sourceAddress: '', secure: false },
    now: epochMillis(0),
  })

const ARN = 'arn:aws:sns:us-east-1:111111111111:team-a:x'

test.each<[string, readonly string[], Readonly<Record<string, string>>]>([
  ['a name of megabytes', [`arn:aws:sns:${'a'.repeat(7_000_000)}`], {}],
  ['hundreds of thousands of names', Array.from({ length: 200_000 }, () => ARN), {}],
  ['a condition of megabytes', [ARN], { 'sns:Endpoint': 'a'.repeat(7_000_000) }],
])('%s is refused shortly, before patterns are tried on it', (_, resources, conditions) => {
  expect(ask(resources, conditions)).toThrow(expect.objectContaining({ code: 'ValidationError', message: expect.stringMatching(/^.{1,200}$/) }))
})

test('what is as long as names may be is judged', () => {
  expect(ask([ARN, ARN])).not.toThrow()
  expect(ask([`arn:aws:sns:us-east-1:111111111111:crew-${'a'.repeat(1000)}`])).toThrow(expect.objectContaining({ code: 'AccessDenied' }))
})
