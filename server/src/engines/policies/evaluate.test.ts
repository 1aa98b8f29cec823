import { describe, expect, it } from 'vitest'
import { accountId } from '../../base/tenancy.ts'
import { epochMillis } from '../../base/time.ts'
import type { PolicyDocument, Principal } from '../../model/principal.ts'
import { evaluate } from './evaluate.ts'
import type { RequestFacts } from './keys.ts'
import { parsePolicy } from './parse.ts'

const account = accountId('111122223333')
const ALARM = 'arn:aws:cloudwatch:eu-central-1:111122223333:alarm:prod-cpu'
const TOPIC = 'arn:aws:sns:eu-central-1:111122223333:ops'
const facts: RequestFacts = {
  now: epochMillis(Date.parse('2026-03-01T12:00:00Z')),
  sourceIp: '10.1.2.3',
  secureTransport: false,
  region: 'eu-central-1',
  service: {},
}

const policy = (...statements: readonly object[]): PolicyDocument => {
  // What is kept is judged, too, where it would not be taken today.
  const parsed = parsePolicy(JSON.stringify({ Version: '2012-10-17', Statement: statements }), 'kept')
  if (!parsed.ok) throw new Error(parsed.problem)
  return parsed.document
}
const statement = (Effect: string, more: object) => ({
  Effect,
  ...('NotAction' in more ? {} : { Action: '*' }),
  ...('NotResource' in more ? {} : { Resource: '*' }),
  ...more,
})
const allow = (more: object = {}) => statement('Allow', more)
const deny = (more: object = {}) => statement('Deny', more)
const user = (...statements: readonly object[]): Principal => ({
  kind: 'user',
  account,
  accessKeyId: 'AKIA1',
  userName: 'alice',
  userId: 'AIDA1',
  policies: statements.map(one => policy(one)),
})
const may = (principal: Principal, action: string, resource = ALARM, more: Partial<RequestFacts> = {}): boolean =>
  evaluate(principal, action, [resource], { ...facts, ...more }).allowed

describe('statements', () => {
  it.each<[string, readonly object[], boolean]>([
    ['nothing', [], false],
    ['everything', [allow()], true],
    ['the action', [allow({ Action: 'cloudwatch:PutMetricAlarm' })], true],
    ['the action in another case', [allow({ Action: 'CloudWatch:putmetricalarm' })], true],
    ['actions by wildcard', [allow({ Action: ['sns:*', 'cloudwatch:Put*Al?rm'] })], true],
    ['other actions', [allow({ Action: ['cloudwatch:Get*', 'sns:*'] })], false],
    ['all but it', [allow({ NotAction: 'cloudwatch:Put*' })], false],
    ['all but another', [allow({ NotAction: 'cloudwatch:Get*' })], true],
    ['the resource', [allow({ Resource: ALARM })], true],
    ['the resource in another case', [allow({ Resource: ALARM.toUpperCase().replace('ARN:AWS', 'arn:aws') })], false],
    ['resources by wildcard', [allow({ Resource: 'arn:aws:cloudwatch:*:*:alarm:prod-*' })], true],
    ['a star at the end of a part, which reaches over colons', [allow({ Resource: 'arn:aws:cloudwatch:*:alarm:prod-*' })], true],
    ['a star within a part, which does not in a short ARN', [allow({ Resource: 'arn:aws:cloudwatch:eu*prod-*' })], false],
    ['a star within a part, which does not in a whole ARN', [allow({ Resource: 'arn:aws:cloudwatch:eu*3:alarm:prod-cpu:x' })], false],
    ['a deny whose star reaches over colons', [allow(), deny({ Resource: 'arn:aws:cloudwatch:*:alarm:prod-cpu' })], false],
    ['a star that has nothing to reach', [allow({ Resource: 'arn:aws:*:111122223333:alarm:prod-cpu:x' })], false],
    ['other resources', [allow({ Resource: 'arn:aws:cloudwatch:*:*:alarm:test-*' })], false],
    ['all resources but it', [allow({ NotResource: ALARM })], false],
    ['all resources but another', [allow({ NotResource: TOPIC })], true],
    ['a deny after an allow', [allow(), deny({ Action: 'cloudwatch:PutMetricAlarm' })], false],
    ['a deny before an allow', [deny({ Resource: 'arn:aws:cloudwatch:*' }), allow()], false],
    ['a deny of something else', [allow(), deny({ Action: 'sns:*' })], true],
    ['a resource named after the user', [allow({ Resource: 'arn:aws:cloudwatch:*:*:alarm:${aws:username}-*' })], false],
  ])('%s', (_name, statements, expected) => {
    expect(may(user(...statements), 'cloudwatch:PutMetricAlarm')).toBe(expected)
  })

  it('resolves variables', () => {
    const own = user(allow({ Resource: 'arn:aws:sns:*:${aws:PrincipalAccount}:${aws:username}-*' }))
    expect(may(own, 'sns:Publish', `${TOPIC.replace('ops', 'alice-x')}`)).toBe(true)
    expect(may(own, 'sns:Publish', `${TOPIC.replace('ops', 'bob-x')}`)).toBe(false)
  })

  it('judges what it cannot resolve against the caller', () => {
    expect(may(user(allow({ Resource: 'arn:aws:sns:*:*:${aws:PrincipalTag/team}' })), 'sns:Publish', TOPIC)).toBe(false)
    expect(may(user(allow({ NotResource: 'arn:aws:sns:*:*:${aws:PrincipalTag/team}' })), 'sns:Publish', TOPIC)).toBe(false)
    expect(may(user(allow(), deny({ Resource: 'arn:aws:sns:*:*:${aws:PrincipalTag/team}' })), 'sns:Publish', TOPIC)).toBe(false)
  })

  it('wants every resource to be allowed', () => {
    const principal = user(allow({ Resource: 'arn:aws:cloudwatch:*:*:alarm:prod-*' }))
    expect(evaluate(principal, 'cloudwatch:DeleteAlarms', [ALARM, ALARM.replace('prod', 'test')], facts)).toMatchObject({ allowed: false, reason: 'implicit' })
  })

  it('lets only a star reach operations that have no resource', () => {
    expect(may(user(allow()), 'cloudwatch:ListMetrics', '*')).toBe(true)
    expect(may(user(allow({ Resource: 'arn:aws:cloudwatch:*:*:*' })), 'cloudwatch:ListMetrics', '*')).toBe(false)
  })
})

describe('conditions', () => {
  it.each<[string, object, boolean | undefined]>([
    ['StringEquals', { StringEquals: { 'aws:username': ['bob', 'alice'] } }, true],
    ['StringEquals takes stars literally', { StringEquals: { 'aws:username': 'al*' } }, false],
    ['key names in any case', { StringEquals: { 'AWS:UserName': 'alice' } }, true],
    ['StringNotEquals', { StringNotEquals: { 'aws:username': ['bob', 'alice'] } }, false],
    ['StringEqualsIgnoreCase', { StringEqualsIgnoreCase: { 'aws:username': 'ALICE' } }, true],
    ['StringNotEqualsIgnoreCase', { StringNotEqualsIgnoreCase: { 'aws:username': 'ALICE' } }, false],
    ['StringLike', { StringLike: { 'aws:username': 'a*e' } }, true],
    ['StringNotLike', { StringNotLike: { 'aws:username': 'a*e' } }, false],
    ['a variable in a value', { StringEquals: { 'aws:userid': 'AIDA1', 'aws:username': '${aws:username}' } }, true],
    ['two operators, both true', { StringLike: { 'aws:username': 'a*' }, IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } }, true],
    ['two operators, one false', { StringLike: { 'aws:username': 'a*' }, IpAddress: { 'aws:SourceIp': '11.0.0.0/8' } }, false],
    ['IpAddress, exact', { IpAddress: { 'aws:SourceIp': '10.1.2.3' } }, true],
    ['IpAddress, range', { IpAddress: { 'aws:SourceIp': ['192.168.0.0/16', '10.1.2.0/30'] } }, true],
    ['IpAddress, other range', { IpAddress: { 'aws:SourceIp': '10.1.2.4/30' } }, false],
    ['IpAddress, nonsense', { IpAddress: { 'aws:SourceIp': '10.1.2.3/' } }, false],
    ['IpAddress, IPv6', { IpAddress: { 'aws:SourceIp': '2001:db8::/32' } }, false],
    ['NotIpAddress', { NotIpAddress: { 'aws:SourceIp': '10.0.0.0/8' } }, false],
    ['Bool', { Bool: { 'aws:SecureTransport': 'False' } }, true],
    ['Bool, other', { Bool: { 'aws:SecureTransport': true } }, false],
    ['DateGreaterThan', { DateGreaterThan: { 'aws:CurrentTime': '2026-03-01T11:59:59Z' } }, true],
    ['DateLessThan', { DateLessThan: { 'aws:CurrentTime': '2026-03-01' } }, false],
    ['DateLessThanEquals, epoch', { DateLessThanEquals: { 'aws:CurrentTime': '1772366400' } }, true],
    ['DateEquals, half a date', { DateEquals: { 'aws:CurrentTime': '2026-03' } }, false],
    ['NumericLessThan', { NumericLessThan: { 'aws:EpochTime': 1772366401 } }, true],
    ['NumericGreaterThanEquals', { NumericGreaterThanEquals: { 'aws:EpochTime': '1772366401' } }, false],
    ['NumericEquals, empty', { NumericEquals: { 'aws:EpochTime': '' } }, false],
    ['ArnLike', { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:user/a*' } }, true],
    ['ArnEquals', { ArnEquals: { 'aws:PrincipalArn': '${aws:PrincipalArn}' } }, true],
    ['ArnNotLike', { ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:user/*' } }, false],
    ['a region', { StringEquals: { 'aws:RequestedRegion': 'eu-central-1' } }, true],
    ['absent', { StringEquals: { 'cloudwatch:namespace': 'x' } }, false],
    ['absent, IfExists', { StringEqualsIfExists: { 'cloudwatch:namespace': 'x' } }, true],
    ['absent, negated', { StringNotEquals: { 'cloudwatch:namespace': 'x' } }, true],
    ['absent, for all', { 'ForAllValues:StringEquals': { 'cloudwatch:namespace': 'x' } }, true],
    ['absent, for any', { 'ForAnyValue:StringEquals': { 'cloudwatch:namespace': 'x' } }, false],
    ['present, IfExists', { StringEqualsIfExists: { 'aws:username': 'bob' } }, false],
    ['Null, absent', { Null: { 'cloudwatch:namespace': 'true' } }, true],
    ['Null, present', { Null: { 'aws:username': 'true' } }, false],
    ['Null false, present', { Null: { 'aws:username': false } }, true],
    ['an unknown key', { StringEquals: { 'aws:PrincipalTag/team': 'x' } }, undefined],
    ['an unknown key, IfExists', { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'true' } }, undefined],
    ['an unknown operator', { BinaryEquals: { 'aws:username': 'eA==' } }, undefined],
    ['an unknown key beside a false one', { StringEquals: { 'aws:PrincipalTag/team': 'x', 'aws:username': 'bob' } }, false],
  ])('%s', (_name, Condition, holds) => {
    expect(may(user(allow({ Condition })), 'cloudwatch:GetMetricData'), 'Allow').toBe(holds === true)
    expect(may(user(allow(), deny({ Condition })), 'cloudwatch:GetMetricData'), 'Deny').toBe(holds === false)
  })

  it('sees the facts of the service and of the connection', () => {
    const principal = user(allow({ Condition: { StringLike: { 'cloudwatch:namespace': 'App/*' } } }))
    expect(may(principal, 'cloudwatch:PutMetricData', '*', { service: { 'cloudwatch:namespace': 'App/Web' } })).toBe(true)
    expect(may(principal, 'cloudwatch:PutMetricData', '*', { service: { 'cloudwatch:namespace': 'Other' } })).toBe(false)
    const local = user(allow({ Condition: { IpAddress: { 'aws:SourceIp': ['127.0.0.0/8', '2001:db8::/32'] } } }))
    expect(may(local, 'sns:Publish', TOPIC, { sourceIp: '::ffff:127.0.0.1' })).toBe(true)
    expect(may(local, 'sns:Publish', TOPIC, { sourceIp: '2001:db8::7' })).toBe(true)
    expect(may(local, 'sns:Publish', TOPIC, { sourceIp: undefined })).toBe(false)
  })
})

describe('principals', () => {
  const root: Principal = { kind: 'root', account, accessKeyId: 'AKIAROOT' }

  it('lets root and the house itself do everything in their account, and nobody reach into another one', () => {
    expect(may(root, 'cloudwatch:PutMetricAlarm')).toBe(true)
    expect(may({ kind: 'system', account }, 'cloudwatch:PutMetricAlarm')).toBe(true)
    expect(may(root, 'sns:Publish', 'arn:aws:sns:eu-central-1:999999999999:ops')).toBe(false)
    expect(may(user(allow()), 'sns:Publish', 'arn:aws:sns:eu-central-1:999999999999:ops')).toBe(false)
    expect(may({ kind: 'anonymous', account }, 'sns:Publish', TOPIC)).toBe(false)
  })

  it('gives a session what both its issuer and its own policy allow', () => {
    const session = (issuer: Principal, document: PolicyDocument | undefined): Principal => ({
      kind: 'session',
      account,
      accessKeyId: 'ASIA1',
      name: 'deploy',
      issuer,
      session: document,
    })
    const publishOnly = policy(allow({ Action: 'sns:Publish' }))
    expect(may(session(root, undefined), 'sns:Subscribe', TOPIC)).toBe(true)
    expect(may(session(root, publishOnly), 'sns:Publish', TOPIC)).toBe(true)
    expect(evaluate(session(root, publishOnly), 'sns:Subscribe', [TOPIC], facts)).toEqual({
      allowed: false,
      reason: 'implicit',
      policy: 'session',
      message: `User: arn:aws:sts::${account}:federated-user/deploy is not authorized to perform: sns:Subscribe on resource: ${TOPIC} because no session policy allows the sns:Subscribe action`,
    })
    expect(may(session(user(), publishOnly), 'sns:Publish', TOPIC)).toBe(false)
    expect(may(session(user(allow()), policy(allow(), deny())), 'sns:Publish', TOPIC)).toBe(false)
  })
})

it('says no in the words of AWS', () => {
  const text = (principal: Principal, resource = ALARM) => {
    const decision = evaluate(principal, 'cloudwatch:PutMetricAlarm', [resource], facts)
    return decision.allowed ? 'allowed' : decision.message
  }
  const who = 'User: arn:aws:iam::111122223333:user/alice is not authorized to perform: cloudwatch:PutMetricAlarm'
  expect(text(user())).toBe(`${who} on resource: ${ALARM} because no identity-based policy allows the cloudwatch:PutMetricAlarm action`)
  expect(text(user(allow(), deny()))).toBe(`${who} on resource: ${ALARM} with an explicit deny in an identity-based policy`)
  expect(text(user(), 'arn:aws:iam::111122223333:user/bob')).toContain(' on resource: user bob because ')
  expect(text(user(), 'arn:aws:iam::111122223333:user/*')).toContain(' on resource: arn:aws:iam::111122223333:user/ because ')
  expect(text(user(), '*')).toBe(`${who} because no identity-based policy allows the cloudwatch:PutMetricAlarm action`)
})
