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
  [policy({ ...sound, Effect: 'allow' }), 'Syntax errors in policy.'],
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
  [policy({ ...sound, Resource: 'arn:awssns::topic*' }), 'The policy failed legacy parsing'],
  [policy({ ...sound, Resource: 'arn:aws:sns:topic' }), 'The policy failed legacy parsing'],
])('refuses %s', (text, problem) => {
  expect(parsePolicy(text)).toEqual({ ok: false, problem })
})

const RESOURCES = ['*', 'arn:aws:sns:*:*:ops', 'arn:aws-us-gov:sns:*:*:ops:*', 'arn:*:sns:*:*:ops', 'arn:aws:sns:*', 'arn:*', '*:ops']
it.each(RESOURCES)('takes the resource %s', resource => {
  expect(parsePolicy(policy({ ...sound, Resource: resource }))).toMatchObject({ ok: true })
})
