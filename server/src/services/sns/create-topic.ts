import type { CreateTopicCommandInput, CreateTopicResponse } from '@aws-sdk/client-sns'
import { topicArn } from '../../base/arn.ts'
import type { Topic } from '../../model/topic.ts'
import { enforce, structure, text } from '../constraints.ts'
import { type Call, operation } from '../operation.ts'
import { invalidParameter } from './faults.ts'
import type { SnsParts } from './parts.ts'
import { tagListLimits, tagRecord } from './tags.ts'
import { type Attributes, checkTopicAttributes, defaultOf } from './topic-attributes.ts'

const INPUT = structure({ Name: text(), Tags: tagListLimits }, ['Name'])

export const createTopic = ({ topics, tags, turns }: SnsParts) =>
  operation<CreateTopicCommandInput, CreateTopicResponse>({
    name: 'CreateTopic',
    kind: 'write',
    access: 'signed',
    resources: (input, tenant) => [topicArn(tenant, input.Name ?? '')],
    tagged: ({ Name = '', Tags = [] }, tenant) => (Tags.length === 0 ? undefined : topicArn(tenant, Name)),
    differs: [
      {
        member: 'Attributes',
        how: 'those for encryption, tracing, delivery logs and archives are kept and shown, without effect; so is a policy',
      },
    ],
    async run(input, call) {
      enforce(INPUT, input)
      const topic = wantedTopic(input, call)
      const wantedTags = tagRecord(input.Tags ?? [])
      return turns.run(topic.arn, async () => {
        const existing = await topics.get(call.tenant, topic.arn)
        if (existing === undefined) await topics.put(topic, wantedTags)
        else checkSame(existing, topic.attributes, await tags.get(call.tenant, topic.arn), wantedTags)
        return { TopicArn: topic.arn }
      })
    },
  })

const wantedTopic = (input: CreateTopicCommandInput, { tenant, now }: Call): Topic => {
  const name = input.Name ?? ''
  const { FifoTopic = 'false', ...attributes } = input.Attributes ?? {}
  const protection = input.DataProtectionPolicy === undefined ? {} : { DataProtectionPolicy: input.DataProtectionPolicy }
  const given: Attributes = { ...attributes, ...protection }
  const fifo = FifoTopic.toLowerCase() === 'true'
  if (!fifo && FifoTopic.toLowerCase() !== 'false') throw invalidParameter('Attributes Reason: FifoTopic')
  if (!/^[A-Za-z0-9_-]+(\.fifo)?$/.test(name) || name.length > 256 || name.endsWith('.fifo') !== fifo) throw invalidParameter('Topic Name')
  checkTopicAttributes(given, fifo)
  return { tenant, arn: topicArn(tenant, name), name, attributes: fifo ? { FifoTopic: 'true', ...given } : given, createdAt: now }
}

/** Creating a topic again is harmless as long as nothing would be different. */
const checkSame = (existing: Topic, wanted: Attributes, tags: Attributes, wantedTags: Attributes): void => {
  const differs = Object.entries(wanted).some(([name, value]) => (existing.attributes[name] ?? defaultOf(existing, name)) !== value)
  if (differs) throw invalidParameter('Attributes Reason: Topic already exists with different attributes')
  const differentTags = Object.entries(wantedTags).some(([key, value]) => tags[key] !== value)
  if (differentTags) throw invalidParameter('Tags Reason: Topic already exists with different tags')
}
