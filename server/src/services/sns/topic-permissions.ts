import type { Topic } from '../../model/topic.ts'
import { defaultOf } from './topic-attributes.ts'
import { policyDocument } from './topic-policy.ts'

/** A topic's policy and its statements, ready to be changed. */
export interface TopicPolicy {
  readonly document: Readonly<Record<string, unknown>>
  readonly statements: readonly { readonly Sid?: unknown }[]
}

export const topicPolicy = (topic: Topic): TopicPolicy => {
  const document = policyDocument(topic.attributes['Policy'] ?? defaultOf(topic, 'Policy')) ?? {}
  const statements = document['Statement']
  return { document, statements: (Array.isArray(statements) ? statements : [statements ?? []].flat()) as TopicPolicy['statements'] }
}

export const withStatements = (topic: Topic, statements: TopicPolicy['statements']): Topic => ({
  ...topic,
  attributes: { ...topic.attributes, Policy: JSON.stringify({ ...topicPolicy(topic).document, Statement: statements }) },
})
