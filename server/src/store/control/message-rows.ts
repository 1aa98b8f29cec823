import { epochMillis } from '../../base/time.ts'
import type { AlarmFacts, MessageAttribute, Publication } from '../../model/notification.ts'
import { owner, stored, tenantOf } from './control-database.ts'
import type { MessageRow } from './tables.ts'

export const messageRow = (publication: Publication): Omit<MessageRow, 'seq'> => ({
  ...owner(publication.tenant),
  topic_arn: publication.topicArn,
  message_id: publication.messageId,
  subject: publication.subject ?? null,
  message: publication.message,
  structure: publication.structure ?? null,
  attributes: attributesText(publication.attributes),
  published_at: publication.publishedAt,
  alarm: publication.alarm === undefined ? null : JSON.stringify(publication.alarm),
  group_id: publication.groupId ?? null,
})

type StoredAttribute = { readonly type: string; readonly text: string } | { readonly type: string; readonly base64: string }

const attributesText = (attributes: Publication['attributes']): string => {
  const entries = Object.entries(attributes).map(([name, { type, text, binary }]): [string, StoredAttribute] => [
    name,
    binary === undefined ? { type, text } : { type, base64: Buffer.from(binary).toString('base64') },
  ])
  return JSON.stringify(Object.fromEntries(entries))
}

export const publicationOf = (row: Omit<MessageRow, 'seq'>): Publication => ({
  tenant: tenantOf(row),
  topicArn: row.topic_arn,
  messageId: row.message_id,
  subject: row.subject ?? undefined,
  message: row.message,
  structure: row.structure === null ? undefined : 'json',
  attributes: attributesOf(row.attributes),
  publishedAt: epochMillis(row.published_at),
  alarm: row.alarm === null ? undefined : stored<AlarmFacts>(row.alarm),
  groupId: row.group_id ?? undefined,
})

const attributesOf = (text: string): Readonly<Record<string, MessageAttribute>> => {
  if (text === '{}') return {}
  const attributes = Object.entries(stored<Readonly<Record<string, StoredAttribute>>>(text))
  return Object.fromEntries(
    attributes.map(([name, attribute]) => [
      name,
      'base64' in attribute ? { type: attribute.type, binary: Buffer.from(attribute.base64, 'base64') } : attribute,
    ]),
  )
}
