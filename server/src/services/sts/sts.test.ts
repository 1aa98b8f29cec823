import { expect, test } from 'vitest'
import { CalledService, rootOf } from '../../../test/called-service.ts'
import { OURS, START, temporaryControl } from '../../../test/temporary-control.ts'
import { seededEntropy } from '../../base/entropy.ts'
import { millis } from '../../base/time.ts'
import { parsePolicy } from '../../engines/policies/parse.ts'
import type { Principal } from '../../model/principal.ts'
import { sts } from './service.ts'

const POLICY = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"cloudwatch:PutMetricData","Resource":"*"}]}'
const ann: Principal = { kind: 'user', account: OURS.account, accessKeyId: 'AKIAANN', userName: 'ann', userId: 'AIDA1', policies: [] }
const parsed = parsePolicy(POLICY)
const session: Principal = { kind: 'session', account: OURS.account, accessKeyId: 'ASIA1', name: 'fed', issuer: ann, session: parsed.ok ? parsed.document : undefined }

interface Issued {
  readonly Credentials: { readonly AccessKeyId: string; readonly SecretAccessKey: string; readonly SessionToken: string; readonly Expiration: Date }
}

const house = async () => {
  const { store, clock } = temporaryControl()
  const service = sts({ keys: store.access, entropy: seededEntropy(1) })
  await store.access.putUser({ account: OURS.account, name: 'ann', id: 'AIDA1', path: '/', createdAt: START })
  return { store, clock, service, called: new CalledService(service, () => clock.now()) }
}

test('every operation is one of the model, and who one is may be asked without permission', async () => {
  const { service } = await house()
  expect(service.operations.map(({ name }) => [name, `${name}$` in service.schemas])).toEqual([
    ['GetCallerIdentity', true],
    ['GetSessionToken', true],
    ['GetFederationToken', true],
  ])
  expect(service.operations[0]?.resources({} as never, OURS, ann)).toEqual([])
  expect(service.operations[2]?.resources({ Name: 'fed' } as never, OURS, ann)).toEqual(['arn:aws:sts::111111111111:federated-user/fed'])
})

test.each<[string, Principal, object]>([
  ['root', rootOf(OURS), { UserId: '111111111111', Arn: 'arn:aws:iam::111111111111:root' }],
  ['user', ann, { UserId: 'AIDA1', Arn: 'arn:aws:iam::111111111111:user/ann' }],
  ['federated user', session, { UserId: '111111111111:fed', Arn: 'arn:aws:sts::111111111111:federated-user/fed' }],
])('%s', async (_name, principal, expected) => {
  const { called } = await house()
  expect(await called.run('GetCallerIdentity', {}, principal)).toEqual({ Account: '111111111111', ...expected })
})

test('session keys are kept with their end and their issuer', async () => {
  const { called, store } = await house()
  const { Credentials } = await called.run<Issued>('GetSessionToken', { DurationSeconds: 900 }, ann)
  expect(Credentials.AccessKeyId).toMatch(/^ASIA[A-Z2-7]{16}$/)
  expect(Credentials.Expiration).toEqual(new Date(START + 900_000))
  expect(await store.access.key(Credentials.AccessKeyId)).toEqual({
    account: OURS.account,
    id: Credentials.AccessKeyId,
    secret: Credentials.SecretAccessKey,
    status: 'Active',
    userName: 'ann',
    createdAt: START,
    temporary: { sessionToken: Credentials.SessionToken, expiresAt: START + 900_000, name: 'ann', issuerKeyId: 'AKIAANN', policy: undefined },
  })
})

test.each([
  [rootOf(OURS), undefined, 3_600],
  [rootOf(OURS), 36_000, 3_600],
  [rootOf(OURS), 900, 900],
  [ann, undefined, 43_200],
  [ann, 129_600, 129_600],
])('%j asking for %s seconds gets %d', async (principal, DurationSeconds, seconds) => {
  const { called } = await house()
  const { Credentials } = await called.run<Issued>('GetSessionToken', { DurationSeconds }, principal)
  expect(Credentials.Expiration).toEqual(new Date(START + seconds * 1000))
})

test('a session ends at a whole second', async () => {
  const { called, clock } = await house()
  await clock.advance(millis(126))
  const { Credentials } = await called.run<Issued>('GetSessionToken', { DurationSeconds: 900 }, ann)
  expect(Credentials.Expiration).toEqual(new Date(START + 900_000))
})

test('a federated user has his policy; without one he may do nothing', async () => {
  const { called, store } = await house()
  const withPolicy = await called.run<Issued>('GetFederationToken', { Name: 'fed', Policy: POLICY }, ann)
  expect(withPolicy).toMatchObject({
    FederatedUser: { FederatedUserId: '111111111111:fed', Arn: 'arn:aws:sts::111111111111:federated-user/fed' },
    PackedPolicySize: Math.ceil((POLICY.length / 2048) * 100),
  })
  expect((await store.access.key(withPolicy.Credentials.AccessKeyId))?.temporary?.policy).toBe(POLICY)
  const without = await called.run<Issued>('GetFederationToken', { Name: 'fed' }, ann)
  expect(without).toMatchObject({ PackedPolicySize: 0 })
  const nothing = parsePolicy((await store.access.key(without.Credentials.AccessKeyId))?.temporary?.policy ?? '')
  expect(nothing).toMatchObject({ ok: true, document: { statements: [{ effect: 'Deny', actions: ['*'], resources: ['*'] }] } })
})

test.each<[string, object, Principal, string]>([
  ['GetSessionToken', {}, session, '403 AccessDenied: Cannot call GetSessionToken with session credentials'],
  ['GetFederationToken', { Name: 'fed' }, session, '403 AccessDenied: Cannot call GetFederationToken with session credentials'],
  ['GetSessionToken', { DurationSeconds: 899 }, ann, "400 ValidationError: 1 validation error detected: Value '899' at 'durationSeconds' failed to satisfy constraint: Member must have value greater than or equal to 900"],
  ['GetSessionToken', { SerialNumber: 'arn:aws:iam::1:mfa/x', TokenCode: '123456' }, ann, '403 AccessDenied: MultiFactorAuthentication failed, unable to validate MFA code.'],
  ['GetFederationToken', {}, ann, "400 ValidationError: 1 validation error detected: Value null at 'name' failed to satisfy constraint: Member must not be null"],
  ['GetFederationToken', { Name: 'fed', Tags: [{ Key: 'Team', Value: 'a' }, { Key: 'team', Value: 'b' }] }, ann,
    '400 InvalidParameterValue: Duplicate tag keys found. Please note that Tag keys are case insensitive.'],
  ['GetFederationToken', { Name: 'fed', Tags: [{ Key: 'a^', Value: 'b' }] }, ann,
    "400 ValidationError: 1 validation error detected: Value 'a^' at 'tags.1.member.key' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+"],
  ['GetFederationToken', { Name: 'fed', Policy: '{}' }, ann, '400 MalformedPolicyDocument: Syntax errors in policy.'],
  ['GetFederationToken', { Name: 'fed', PolicyArns: [{ arn: 'x' }] }, ann, '400 MalformedPolicyDocument: Tocsin has no managed policies; give the policy itself.'],
])('%s %j is refused', async (name, input, principal, message) => {
  const { called } = await house()
  expect(await called.refusal(name, input, principal)).toBe(message)
})
