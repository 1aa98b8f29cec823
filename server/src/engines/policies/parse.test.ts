import { expect, it } from 'vitest'
import { parsePolicy } from './parse.ts'

const policy = (statement: object, rest: object = {}): string => JSON.stringify({ Version: '2012-10-17', Statement: statement, ...rest })
const sound = { Effect: 'Allow', Action: 'sns:*', Resource: '*' }

it('reads single values and lists alike', () => {
  const conditions = { NumericLessThan: { 'aws:EpochTime': 5 }, Bool: { 'aws:SecureTransport': true }, StringLike: { k: ['a', 'b'] } }
  const text = policy([{ Sid: 'One', ...sound, Condition: conditions }, { Effect: 'Deny', NotAction: ['sns:Publish'], NotResource: ['arn:aws:sns:*:*:a'] }])
  expect(parsePolicy(text)).toEqual({
    ok: true,
    document: {
      version: '2012-10-17',
      statements: [
        {
          sid: 'One',
          effect: 'Allow',
          actions: ['sns:*'],
          notActions: [],
          resources: ['*'],
          notResources: [],
          conditions: { NumericLessThan: { 'aws:EpochTime': ['5'] }, Bool: { 'aws:SecureTransport': ['true'] }, StringLike: { k: ['a', 'b'] } },
        },
        { effect: 'Deny', actions: [], notActions: ['sns:Publish'], resources: [], notResources: ['arn:aws:sns:*:*:a'], conditions: {} },
      ],
    },
  })
  expect(parsePolicy(JSON.stringify({ Statement: sound }))).toMatchObject({ ok: true, document: { version: '2008-10-17' } })
})

it.each([
  ['', 'Syntax errors in policy.'],
  ['{', 'Syntax errors in policy.'],
  ['null', 'Syntax errors in policy.'],
  ['[]', 'Syntax errors in policy.'],
  [policy([]), 'Syntax errors in policy.'],
  ['{"Version":"2012-10-17"}', 'Syntax errors in policy.'],
  [policy(sound, { Version: '2020-01-01' }), 'Syntax errors in policy.'],
  [policy(sound, { Surprise: 1 }), 'Syntax errors in policy.'],
  [policy({ ...sound, Effect: 'permit' }), 'Syntax errors in policy.'],
  [policy({ ...sound, Effect: 'allow' }), 'The policy failed legacy parsing'],
  [policy({ ...sound, Sid: 4 }), 'Syntax errors in policy.'],
  [policy({ ...sound, Action: [1] }), 'Syntax errors in policy.'],
  [policy({ ...sound, NotAction: 'sns:*' }), 'Syntax errors in policy.'],
  [policy({ ...sound, NotResource: '*' }), 'Syntax errors in policy.'],
  [policy({ ...sound, Condition: [] }), 'Syntax errors in policy.'],
  [policy({ ...sound, Condition: { StringAlmostEquals: { a: 'b' } } }), 'Syntax errors in policy.'],
  [policy({ ...sound, Condition: { StringEquals: { a: { b: 1 } } } }), 'Syntax errors in policy.'],
  [policy({ ...sound, Principal: '*' }), 'Policy document should not specify a principal.'],
  [policy([{ ...sound, Sid: 'a' }, { ...sound, Sid: 'a' }]), 'Statement IDs (SID) in a single policy must be unique.'],
  [policy({ Effect: 'Allow', Resource: '*' }), 'Policy statement must contain actions.'],
  [policy({ ...sound, Action: [] }), 'Policy statement must contain actions.'],
  [policy({ Effect: 'Allow', Action: '*' }), 'Policy statement must contain resources.'],
  [policy({ ...sound, Resource: [] }), 'Policy statement must contain resources.'],
  [policy({ ...sound, Action: 'Publish' }), 'Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.'],
  [policy({ ...sound, Action: 'a:b:c' }), 'Actions/Condition can contain only one colon.'],
  [policy({ ...sound, Action: 'a_b:c' }), 'Vendor a_b is not valid'],
  [policy({ ...sound, Resource: 'topic' }), 'Resource topic must be in ARN format or "*".'],
  [policy({ ...sound, Resource: 'sns::topic' }), 'Partition "" is not valid for resource "arn::topic:*:*:*".'],
  [policy({ ...sound, Resource: 'arn:aws2:sns:*:*:topic' }), 'Partition "aws2" is not valid for resource "arn:aws2:sns:*:*:topic".'],
  [policy({ ...sound, Resource: 'arn:aws:sns::topic' }), 'The policy failed legacy parsing'],
  [policy({ ...sound, Resource: 'arn:aws::::topic' }), 'The policy failed legacy parsing'],
  [policy({ ...sound, Resource: 'arn:aws' }), 'Resource vendor must be fully qualified and cannot contain regexes.'],
  [policy({ ...sound, Resource: 'arn:aws:s3:eu-west-1::logs' }), 'Resource arn:aws:s3:eu-west-1::logs can not contain region information.'],
  [policy({ ...sound, Resource: 'arn:aws:iam:eu-west-1::user/a' }), 'IAM resource arn:aws:iam:eu-west-1::user/a cannot contain region information.'],
  [policy({ ...sound, Resource: 'arn:aws:iam:::people/a' }),
    'IAM resource path must either be "*", root, or start with user/, federated-user/, role/, group/, instance-profile/, mfa/, ' +
    'server-certificate/, policy/, sms-mfa/, saml-provider/, oidc-provider/, report/, access-report/.'],
  [policy({ ...sound, NotPrincipal: '*' }), 'Policy document should not specify a principal.'],
  [policy({ ...sound, Effects: 'Allow' }), 'Syntax errors in policy.'],
  [policy(sound, { version: '2012-10-17' }), 'Syntax errors in policy.'],
  [policy({ ...sound, Sid: 'allow-all' }),
    'Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*'],
  ...['*:Publish', 'sns*:Publish', 'sn?:Get'].map(action =>
    [policy({ ...sound, Action: action }), 'Action vendors (e.g., aws, ec2, etc.) must not contain wildcards.']),
  ...['arn:aws:*:::b', 'arn:aws:s3*:::b'].map(resource =>
    [policy({ ...sound, Resource: resource }), 'Resource vendor must be fully qualified and cannot contain regexes.']),
  [policy({ ...sound, Resource: 'arn:aws:s3:us-east-1:111122223333:b' }), 'Resource arn:aws:s3:us-east-1:111122223333:b can not contain region information.'],
  [policy({ ...sound, Resource: 'arn:aws:s3::111122223333:b' }), 'Resource arn:aws:s3::111122223333:b cannot contain an account id.'],
  [policy({ ...sound, Resource: 'arn:aws:route53:us-east-1::hostedzone/z' }), 'Resource arn:aws:route53:us-east-1::hostedzone/z can not contain region information.'],
  ...([
    ['NumericLessThan', ['abc', ' 10', '0x10']],
    ['IpAddress', ['203.0.113.999/24', 'example.com', '1.2.3', '10.0.0.0/33', '10.0.0.1 ']],
    ['ForAnyValue:NotIpAddressIfExists', ['1.2.3']],
    ['ArnLike', ['nope', 'arn:aws:s3:b', '${aws:PrincipalArn}']],
    ['DateLessThan', ['2026/01/01', '2026-13-45', 'Sat, 21 Nov 2026 21:00:00 GMT']],
  ] as const).flatMap(([operator, values]) => values.map(value => [policy({ ...sound, Condition: { [operator]: { a: value } } }), 'The policy failed legacy parsing'])),
  ...['!!!', 'abc', 'YWJj=='].map(value => [policy({ ...sound, Condition: { BinaryEquals: { a: value } } }), 'Syntax errors in policy.']),
  [policy({ ...sound, Condition: { NullIfExists: { a: 'true' } } }), 'Syntax errors in policy.'],
  ...['tomorrow', '2026-13', '2026-12-13t2:00:00.5+1', '2026-12-13t2:00:00.1999999999+10:59', '9223372036854775808'].map(date =>
    [policy({ ...sound, Condition: { DateLessThan: { 'aws:CurrentTime': date } } }), 'The policy failed legacy parsing']),
])('refuses %s', (text, problem) => {
  expect(parsePolicy(text)).toEqual({ ok: false, problem })
})

it.each([
  ['legacy parsing before actions', { Effect: 'Allow', Resource: 'arn:aws:sns::topic' }, 'The policy failed legacy parsing'],
  ['dates before partitions', { ...sound, Resource: 'arn:other:sns:::a', Condition: { DateLessThan: { a: 'b' } } }, 'The policy failed legacy parsing'],
  ['partitions before what comes after', { ...sound, Resource: ['arn:other:sns:::a', 'arn:other:sns::a'] },
    'Partition "other" is not valid for resource "arn:other:sns:::a".'],
  ['resources before prefixes of actions', { ...sound, Action: 'a:b:c', Resource: 'topic' }, 'Resource topic must be in ARN format or "*".'],
  ['types before missing parts', { Effect: 'Allow', Resource: '*', Condition: { Bool: { a: {} } } }, 'Syntax errors in policy.'],
  ['unique ids before missing parts', [{ ...sound, Sid: 'a' }, { Sid: 'a', Effect: 'Allow' }],
    'Statement IDs (SID) in a single policy must be unique.'],
])('names %s', (_, statement, problem) => {
  expect(parsePolicy(policy(statement))).toEqual({ ok: false, problem })
})

it.each(['01T', '2026-07-01T13:20:15Z', '2026-12-13T21:20:37.593194+00:00', '2026-12-13t2:00:00.593194+23', '-292275054', '1800000000', '${a:b}'])(
  'takes the date %s', date => {
    expect(parsePolicy(policy({ ...sound, Condition: { DateLessThan: { 'aws:CurrentTime': date } } }))).toMatchObject({ ok: true })
  },
)

it.each([
  ['NumericLessThan', ['10', 10, '10.5', '-1', '1e3']],
  ['IpAddress', ['203.0.113.0/24', '203.0.113.5', '0.0.0.0/0', '2001:db8::/32', '2001:db8::1', '::/0']],
  ['ArnLike', ['arn:*:s3:::b', 'arn:aws:*:*:*:*', '*']],
  ['BinaryEquals', ['YWJj', 'YWJjZA==']],
  ['DateLessThan', ['2026', '2026-01', '2026-01-01', '2026-01-01T00:00Z', '2026-01-01T00:00:00+09:00', '1767225600']],
  ['ForAllValues:Null', ['true']],
])('takes values of %s', (operator, values) => {
  for (const value of values) expect(parsePolicy(policy({ ...sound, Condition: { [operator]: { a: value } } }))).toMatchObject({ ok: true })
})

it('takes an operator of any name that names no key', () => {
  const parsed = parsePolicy(policy({ ...sound, Condition: { Anything: {}, StringEquals: {} } }))
  expect(parsed).toMatchObject({ ok: true, document: { statements: [{ conditions: {} }] } })
})

it('reads what is kept, though it would not be taken today', () => {
  const kept = policy({ ...sound, Resource: 'arn:aws:iam:::people/a', Condition: { DateLessThan: { 'aws:CurrentTime': 'tomorrow' } } })
  expect(parsePolicy(kept, 'kept')).toMatchObject({ ok: true, document: { statements: [{ resources: ['arn:aws:iam:::people/a'] }] } })
  expect(parsePolicy('{', 'kept')).toEqual({ ok: false, problem: 'Syntax errors in policy.' })
})

const RESOURCES = ['*', 'arn:aws:sns:*:*:ops', 'arn:aws-us-gov:sns:*:*:ops:*', 'arn:*:sns:*:*:ops', 'arn:aws:sns:*', 'arn:*', '*:ops', 'arn:aws:sns',
  'arn:aws:iam::*:user/${aws:username}', 'arn:aws:iam::000000000000:*', 'arn:aws:s3:eu-west-1:000000000000:accesspoint/a']
it.each(RESOURCES)('takes the resource %s', resource => {
  expect(parsePolicy(policy({ ...sound, Resource: resource }))).toMatchObject({ ok: true })
})
