import { parseArn } from '../../base/arn.ts'
import type { Tenant } from '../../base/tenancy.ts'
import type { Topic } from '../../model/topic.ts'
import { invalidParameter, topicNotFound } from './faults.ts'
import type { TopicStore } from './ports.ts'

/** Refuses what is no ARN, or of another region. `name` is how the parameter is called in the refusal. */
export const checkArn = (tenant: Tenant, arn: string, name = 'TopicArn'): void => {
  const elements = arn.split(':').length
  if (elements < 6) throw invalidParameter(`${name} Reason: An ARN must have at least 6 elements, not ${elements}`)
  const parts = parseArn(arn)
  // What SNS says of an ARN that has no region.
  if (parts?.region === '') throw invalidParameter(`${name} Reason: A  ARN must begin with arn:null, not ${arn}`)
  if (parts === undefined || parts.service !== 'sns' || parts.region !== tenant.region) throw invalidParameter(name)
}

/** The caller's topic. Another account's topic does not exist, as far as the caller is told. */
export const findTopic = async (topics: TopicStore, tenant: Tenant, arn: string, name?: string): Promise<Topic> => {
  checkArn(tenant, arn, name)
  // There are no mobile push endpoints here.
  if (name === 'TargetArn' && parseArn(arn)?.resource.startsWith('endpoint/') === true) {
    throw invalidParameter('TargetArn Reason: No endpoint found for the target arn specified')
  }
  const topic = await topics.get(tenant, arn)
  if (topic === undefined) throw topicNotFound()
  return topic
}

export const isFifo = (arn: string): boolean => arn.endsWith('.fifo')
