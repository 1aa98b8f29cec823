import { describe, expect, test } from 'vitest'
import { CalledService, rootOf } from '../../../test/called-service.ts'
import { OURS, START, temporaryControl, THEIRS } from '../../../test/temporary-control.ts'
import { seededEntropy } from '../../base/entropy.ts'
import type { Principal } from '../../model/principal.ts'
import { iam } from './service.ts'

const ALLOW = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"cloudwatch:*","Resource":"*"}]}'

const house = () => {
  const { store, clock } = temporaryControl()
  const changes: string[] = []
  const service = iam({ access: store.access, entropy: seededEntropy(1), changed: () => changes.push('changed') })
  return { store, changes, service, called: new CalledService(service, () => clock.now()) }
}
const ann: Principal = { kind: 'user', account: OURS.account, accessKeyId: 'AKIAANN', userName: 'ann', userId: 'AIDA1', policies: [] }

test('every operation is one of the model, listed once', () => {
  const { operations, schemas } = house().service
  const names = operations.map(({ name }) => name)
  expect(names.filter(name => !(`${name}$` in schemas))).toEqual([])
  expect([names.length, new Set(names).size]).toEqual([16, 16])
})

test('a user is made, shown, listed and deleted', async () => {
  const { called, changes } = house()
  const { User } = await called.run<{ User: Record<string, unknown> }>('CreateUser', { UserName: 'ann', Path: '/ops/' })
  expect(User).toEqual({
    Path: '/ops/',
    UserName: 'ann',
    UserId: expect.stringMatching(/^AIDA[A-Z2-7]{17}$/) as unknown,
    Arn: 'arn:aws:iam::111111111111:user/ops/ann',
    CreateDate: new Date(START),
  })
  expect(await called.run('GetUser', { UserName: 'ann' })).toEqual({ User })
  expect(await called.run('GetUser', {}, ann)).toEqual({ User })
  expect(await called.run('GetUser', {})).toMatchObject({ User: { UserId: '111111111111', Arn: 'arn:aws:iam::111111111111:root' } })
  await called.run('CreateUser', { UserName: 'bob' })
  expect(await called.run('ListUsers', { PathPrefix: '/ops/' })).toEqual({ Users: [User], IsTruncated: false })
  const first = await called.run('ListUsers', { MaxItems: 1 })
  expect(first).toMatchObject({ Users: [{ UserName: 'ann' }], IsTruncated: true })
  expect(await called.run('ListUsers', { Marker: first['Marker'] })).toMatchObject({ Users: [{ UserName: 'bob' }], IsTruncated: false })
  expect(await called.run('ListGroupsForUser', { UserName: 'ann' })).toEqual({ Groups: [], IsTruncated: false })
  await called.run('DeleteUser', { UserName: 'ann' })
  expect(await called.refusal('GetUser', { UserName: 'ann' })).toBe('404 NoSuchEntity: The user with name ann cannot be found.')
  expect(changes).toHaveLength(3)
})

test('tags of a user: given, changed whatever the case of their keys, paged, and gone with the user', async () => {
  const { called } = house()
  const tag = (Key: string, Value: string) => ({ Key, Value })
  const named = { UserName: 'ann' }
  const shown = async () => (await called.run<{ User: { Tags?: object[] } }>('GetUser', named)).User.Tags
  const { User } = await called.run<{ User: object }>('CreateUser', { ...named, Path: '/ops/', Tags: [tag('team', 'a'), tag('Env', 'prod')] })
  expect(User).toMatchObject({ Tags: [tag('Env', 'prod'), tag('team', 'a')] })
  await called.run('TagUser', { ...named, Tags: [tag('TEAM', ''), tag('10', 'ten')] })
  expect(await called.run('ListUserTags', named)).toEqual({ Tags: [tag('10', 'ten'), tag('Env', 'prod'), tag('TEAM', '')], IsTruncated: false })
  const first = await called.run('ListUserTags', { ...named, MaxItems: 2 })
  expect(first).toMatchObject({ Tags: [tag('10', 'ten'), tag('Env', 'prod')], IsTruncated: true })
  expect(await called.run('ListUserTags', { ...named, Marker: first['Marker'] })).toEqual({ Tags: [tag('TEAM', '')], IsTruncated: false })
  const full = { ...named, Tags: Array.from({ length: 47 }, (_, index) => tag(`k${index}`, 'v')) }
  await called.run('TagUser', full)
  expect(await called.refusal('TagUser', { ...named, Tags: [tag('new', '')] })).toBe('409 LimitExceeded: The number of tags has reached the maximum limit.')
  await called.run('TagUser', { ...named, Tags: [tag('env', 'test')] })
  await called.run('UntagUser', { ...named, TagKeys: full.Tags.map(({ Key }) => Key.toUpperCase()) })
  await called.run('UntagUser', { ...named, TagKeys: ['10', 'nothing'] })
  expect(await shown()).toEqual([tag('TEAM', ''), tag('env', 'test')])
  expect(await called.run('ListUsers', {})).not.toHaveProperty('Users.0.Tags')
  await called.run('CreateUser', named, rootOf(THEIRS), THEIRS)
  expect(await called.run('ListUserTags', named, rootOf(THEIRS), THEIRS)).toEqual({ Tags: [], IsTruncated: false })
  await called.run('DeleteUser', named)
  await called.run('CreateUser', named)
  expect(await shown()).toBeUndefined()
})

test('who makes a user with tags must be allowed to tag it', () => {
  const also = (input: object) => house().called.operation('CreateUser').also?.(input as never, OURS)
  expect(also({ UserName: 'ann' })).toEqual([])
  expect(also({ UserName: 'ann', Tags: [{ Key: 'a', Value: '' }] })).toEqual([{ permission: 'TagUser', resource: 'arn:aws:iam::111111111111:user/ann' }])
})

test('keys are made with their secret, listed without it, switched and deleted', async () => {
  const { called, store } = house()
  await called.run('CreateUser', { UserName: 'ann' })
  const { AccessKey } = await called.run<{ AccessKey: { AccessKeyId: string; SecretAccessKey: string } }>('CreateAccessKey', { UserName: 'ann' })
  expect(AccessKey).toEqual({
    UserName: 'ann',
    AccessKeyId: expect.stringMatching(/^AKIA[A-Z2-7]{16}$/) as unknown,
    Status: 'Active',
    SecretAccessKey: expect.stringMatching(/^[A-Za-z0-9+/]{40}$/) as unknown,
    CreateDate: new Date(START),
  })
  const { AccessKeyId } = AccessKey
  expect((await store.access.key(AccessKeyId))?.secret).toBe(AccessKey.SecretAccessKey)
  await called.run('UpdateAccessKey', { UserName: 'ann', AccessKeyId, Status: 'Inactive' })
  const metadata = [{ UserName: 'ann', AccessKeyId, Status: 'Inactive', CreateDate: new Date(START) }]
  expect(await called.run('ListAccessKeys', {}, ann)).toEqual({ AccessKeyMetadata: metadata, IsTruncated: false })
  expect(await called.refusal('DeleteUser', { UserName: 'ann' })).toBe('409 DeleteConflict: Cannot delete entity, must delete access keys first.')
  await called.run('CreateAccessKey', {}, ann)
  expect(await called.refusal('CreateAccessKey', { UserName: 'ann' })).toBe('409 LimitExceeded: Cannot exceed quota for AccessKeysPerUser: 2')
  expect(await called.refusal('DeleteAccessKey', { AccessKeyId })).toBe(`404 NoSuchEntity: The Access Key with id ${AccessKeyId} cannot be found.`)
  await called.run('DeleteAccessKey', { UserName: 'ann', AccessKeyId })
  expect(await store.access.key(AccessKeyId)).toBeUndefined()
})

test('the root makes keys of its own', async () => {
  const { called, store } = house()
  await called.run('CreateAccessKey', {})
  expect(await store.access.keys(OURS.account, undefined)).toHaveLength(1)
})

test('policies are put, answered URL-encoded, listed and deleted', async () => {
  const { called } = house()
  await called.run('CreateUser', { UserName: 'ann' })
  const named = { UserName: 'ann', PolicyName: 'p' }
  await called.run('PutUserPolicy', { ...named, PolicyDocument: ALLOW })
  await called.run('PutUserPolicy', { UserName: 'ann', PolicyName: 'a', PolicyDocument: ALLOW })
  const { PolicyDocument, ...answer } = await called.run<{ PolicyDocument: string }>('GetUserPolicy', named)
  expect(answer).toEqual(named)
  expect(PolicyDocument).toMatch(/^%7B%22Version%22%3A%222012-10-17%22.*cloudwatch%3A%2A/)
  expect(decodeURIComponent(PolicyDocument)).toBe(ALLOW)
  expect(await called.run('ListUserPolicies', { UserName: 'ann' })).toEqual({ PolicyNames: ['a', 'p'], IsTruncated: false })
  expect(await called.refusal('DeleteUser', { UserName: 'ann' })).toBe('409 DeleteConflict: Cannot delete entity, must delete policies first.')
  await called.run('DeleteUserPolicy', named)
  expect(await called.refusal('GetUserPolicy', named)).toBe('404 NoSuchEntity: The user policy with name p cannot be found.')
})

describe('refused', () => {
  const ONE = '400 ValidationError: 1 validation error detected: Value at'
  const CHARACTERS = String.raw`[\p{L}\p{Z}\p{N}_.:/=+\-@]`
  const tag = (Key: string, Value = '') => ({ Key, Value })
  const spaced = (letters: number) => ALLOW.replace('cloudwatch:*', `cloudwatch:${'x'.repeat(letters)}`)
  test.each<[string, object, string]>([
    ['CreateUser', { UserName: 'ANN' }, '409 EntityAlreadyExists: User with name ANN already exists.'],
    ['CreateUser', {}, "400 ValidationError: 1 validation error detected: Value at 'userName' failed to satisfy constraint: Member must not be null"],
    ['CreateUser', { UserName: 'a/b' }, '400 ValidationError: The specified value for userName is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-'],
    ['CreateUser', { UserName: 'x'.repeat(65) }, "400 ValidationError: 1 validation error detected: Value at 'userName' failed to satisfy constraint: Member must have length less than or equal to 64"],
    ['UpdateAccessKey', { UserName: 'ann', AccessKeyId: 'AKIA000000000000', Status: 'Lost' }, "400 ValidationError: 1 validation error detected: Value at 'status' failed to satisfy constraint: Member must satisfy enum value set: [Active, Inactive, Expired]"],
    ['ListUsers', { MaxItems: 0 }, "400 ValidationError: 1 validation error detected: Value at 'maxItems' failed to satisfy constraint: Member must have value greater than or equal to 1"],
    ['CreateUser', { UserName: 'x', Path: 'ops' }, '400 ValidationError: The specified value for path is invalid. It must begin and end with / and contain only alphanumeric characters and/or / characters.'],
    ['CreateUser', { UserName: 'x', Path: '/aws-service-role/' }, "400 InvalidInput: Paths beginning with '/aws-service-role' are reserved for AWS Service Linked Roles"],
    ['ListUsers', { PathPrefix: 'ops' }, '400 ValidationError: The specified value for pathPrefix is invalid. It must begin with the / character and contain only alphanumeric characters and/or / characters.'],
    ['DeleteAccessKey', { AccessKeyId: '' }, '400 ValidationError: The specified value for accessKeyId is invalid. It must contain only alphanumeric characters.'],
    ['PutUserPolicy', { UserName: 'ann', PolicyName: 'a b', PolicyDocument: ALLOW }, '400 ValidationError: The specified value for policyName is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-'],
    ['CreateUser', { UserName: 'x', PermissionsBoundary: 'arn:aws:iam::aws:policy/x' }, '400 InvalidInput: Tocsin has no permissions boundaries; give the user a policy that says what is needed.'],
    ['CreateUser', { UserName: 'x', Tags: [tag('Dup'), tag('dup')] }, '400 InvalidInput: Duplicate tag keys found. Please note that Tag keys are case insensitive.'],
    ['TagUser', { UserName: 'nobody', Tags: [tag('AWS:thing')] }, '400 InvalidInput: Tag keys beginning with aws: are reserved for system use.'],
    ['TagUser', { UserName: 'nobody', Tags: [tag('a')] }, '404 NoSuchEntity: The user with name nobody cannot be found.'],
    ['TagUser', { UserName: 'ann' }, `${ONE} 'tags' failed to satisfy constraint: Member must not be null`],
    ['TagUser', { UserName: 'ann', Tags: [tag('a'), { Value: '' }] }, `${ONE} 'tags.2.member.key' failed to satisfy constraint: Member must not be null`],
    ['TagUser', { UserName: 'ann', Tags: [tag('é'.repeat(129))] }, `${ONE} 'tags.1.member.key' failed to satisfy constraint: Member must have length less than or equal to 128`],
    ['TagUser', { UserName: 'ann', Tags: [tag('a', 'é'.repeat(257))] }, `${ONE} 'tags.1.member.value' failed to satisfy constraint: Member must have length less than or equal to 256`],
    ['TagUser', { UserName: 'ann', Tags: [tag('a', 'b#')] }, `${ONE} 'tags.1.member.value' failed to satisfy constraint: Member must satisfy regular expression pattern: ${CHARACTERS}*`],
    ['TagUser', { UserName: 'ann', Tags: [...Array.from({ length: 50 }, (_, index) => tag(`k${index}`)), tag('b#')] }, `400 ValidationError: 2 validation errors detected: Value at 'tags' failed to satisfy constraint: Member must have length less than or equal to 50; Value at 'tags.51.member.key' failed to satisfy constraint: Member must satisfy regular expression pattern: ${CHARACTERS}+`],
    ['UntagUser', { UserName: 'nobody', TagKeys: ['b#', ''] }, `${ONE} 'tagKeys' failed to satisfy constraint: Member must satisfy constraint: [Member must have length less than or equal to 128, Member must have length greater than or equal to 1, Member must satisfy regular expression pattern: ${CHARACTERS}+, Member must not be null]`],
    ['UntagUser', { UserName: 'ann', TagKeys: Array.from({ length: 51 }, (_, index) => `k${index}`) }, `${ONE} 'tagKeys' failed to satisfy constraint: Member must have length less than or equal to 50`],
    ['UntagUser', { UserName: 'nobody', TagKeys: ['a'] }, '404 NoSuchEntity: The user with name nobody cannot be found.'],
    ['ListGroupsForUser', { UserName: 'nobody' }, '404 NoSuchEntity: The user with name nobody cannot be found.'],
    ['ListUserTags', { UserName: 'nobody' }, '404 NoSuchEntity: The user with name nobody cannot be found.'],
    ['DeleteUser', { UserName: 'nobody' }, '404 NoSuchEntity: The user with name nobody cannot be found.'],
    ['CreateAccessKey', { UserName: 'nobody' }, '404 NoSuchEntity: The user with name nobody cannot be found.'],
    ['ListAccessKeys', { UserName: 'nobody' }, '404 NoSuchEntity: The user with name nobody cannot be found.'],
    ['UpdateAccessKey', { UserName: 'ann', AccessKeyId: 'AKIA000000000000', Status: 'Active' }, '404 NoSuchEntity: The Access Key with id AKIA000000000000 cannot be found.'],
    ['PutUserPolicy', { UserName: 'nobody', PolicyName: 'p', PolicyDocument: ALLOW }, '404 NoSuchEntity: The user with name nobody cannot be found.'],
    ['PutUserPolicy', { UserName: 'ann', PolicyName: 'p', PolicyDocument: '{' }, '400 MalformedPolicyDocument: Syntax errors in policy.'],
    ['PutUserPolicy', { UserName: 'ann', PolicyName: 'p', PolicyDocument: spaced(2048) }, '409 LimitExceeded: Maximum policy size of 2048 bytes exceeded for user ann'],
    ['GetUserPolicy', { UserName: 'ann', PolicyName: 'constructor' }, '404 NoSuchEntity: The user policy with name constructor cannot be found.'],
    ['DeleteUserPolicy', { UserName: 'ann', PolicyName: 'p' }, '404 NoSuchEntity: The user policy with name p cannot be found.'],
    ['ListUsers', { Marker: '?' }, '400 InvalidInput: Invalid Marker.'],
  ])('%s %.100j', async (name, input, message) => {
    const { called } = house()
    await called.run('CreateUser', { UserName: 'ann' })
    expect(await called.refusal(name, input)).toBe(message)
  })
})

test('another account sees none of it', async () => {
  const { called } = house()
  await called.run('CreateUser', { UserName: 'ann' })
  const { AccessKey } = await called.run<{ AccessKey: { AccessKeyId: string } }>('CreateAccessKey', { UserName: 'ann' })
  expect(await called.run('ListUsers', {}, rootOf(THEIRS), THEIRS)).toEqual({ Users: [], IsTruncated: false })
  expect(await called.refusal('GetUser', { UserName: 'ann' }, rootOf(THEIRS), THEIRS)).toMatch(/^404 NoSuchEntity/)
  expect(await called.refusal('DeleteAccessKey', { AccessKeyId: AccessKey.AccessKeyId }, rootOf(THEIRS), THEIRS)).toMatch(/^404 NoSuchEntity/)
  await called.run('CreateUser', { UserName: 'ann' }, rootOf(THEIRS), THEIRS)
  expect(await called.run('ListAccessKeys', { UserName: 'ann' }, rootOf(THEIRS), THEIRS)).toEqual({ AccessKeyMetadata: [], IsTruncated: false })
})

test('two at once cannot make a third key', async () => {
  const { called } = house()
  await called.run('CreateUser', { UserName: 'ann' })
  const results = await Promise.allSettled([1, 2, 3].map(() => called.run('CreateAccessKey', { UserName: 'ann' })))
  expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'fulfilled', 'rejected'])
})
