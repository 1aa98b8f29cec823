import { describe, expect, it } from 'vitest'
import { actionKind, obstacleTo, runsPerContributor } from './action-kinds.ts'
import { tenant, topic } from './alarm.test-support.ts'

const KINDS = [
  [topic, 'topic', true],
  ['arn:aws:lambda:us-east-1:123456789012:function:f', 'function', true],
  ['arn:aws:ssm:us-east-1:123456789012:document/Restart', 'runbook', true],
  ['arn:aws:ssm:us-east-1:123456789012:opsitem:1#CATEGORY=Availability', 'ops-item', false],
  ['arn:aws:ssm-incidents::123456789012:response-plan/plan', 'incident', false],
  ['arn:aws:aiops:us-east-1:123456789012:investigation-group/group', 'investigation', false],
  ['arn:aws:automate:us-east-1:ec2:stop', 'instance', false],
  ['arn:aws:swf:us-east-1:123456789012:action/actions/AWS_EC2.InstanceId.Stop/1.0', 'instance', false],
  ['arn:aws:autoscaling:us-east-1:123456789012:scalingPolicy:p', 'scaling-policy', false],
  ['arn:aws:s3:::bucket', undefined, false],
  ['nonsense', undefined, false],
] as const

describe('what an ARN asks for', () => {
  it.each(KINDS)('%s is %s', (arn, kind, perContributor) => {
    expect(actionKind(arn)).toBe(kind)
    expect(runsPerContributor(kind)).toBe(perContributor)
  })
})

describe('why it cannot run', () => {
  const obstacle = (arn: string, missing: readonly string[] = []) => obstacleTo(arn, tenant, new Set(missing))
  it.each(KINDS.filter(([arn]) => arn !== topic && arn !== 'nonsense').map(([arn]) => [arn, arn.split(':')[2]]))('%s', (arn, service) =>
    expect(obstacle(arn!)).toBe(`This server cannot run actions of the service ${service}`))
  it.each([
    ['nonsense', 'Invalid parameter: nonsense is not an ARN'],
    ['arn:aws:sns:us-east-1:999999999999:ops', 'CloudWatch Alarms is not authorized to perform: SNS:Publish on resource: arn:aws:sns:us-east-1:999999999999:ops'],
    ['arn:aws:sns:eu-west-1:123456789012:ops', 'CloudWatch Alarms is not authorized to perform: SNS:Publish on resource: arn:aws:sns:eu-west-1:123456789012:ops'],
  ])('%s: %s', (arn, text) => expect(obstacle(arn)).toBe(text))
  it('a topic runs unless it is gone', () => {
    expect(obstacle(topic)).toBeUndefined()
    expect(obstacle(topic, [topic])).toBe('Topic does not exist')
  })
})
