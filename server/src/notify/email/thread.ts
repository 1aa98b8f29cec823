import { createHash } from 'node:crypto'
import type { AlarmFacts, Delivery } from '../../model/notification.ts'

/** Which mail this is and which it follows, so that mail programs show an alarm's incident as one conversation. */
export interface Thread {
  readonly id: string
  readonly follows: string | undefined
}

/**
 * An incident is the alarm and the moment it went off. The mail that opens it has an id made of both alone, so the later
 * ones know it without anything being kept; repeats of a mail have its id again.
 */
export const threadOf = ({ publication, subscription }: Delivery): Thread => {
  const own = `message.${publication.messageId}.${digest(subscription.arn).slice(0, 8)}`
  const { alarm } = publication
  if (alarm === undefined) return { id: own, follows: undefined }
  const began = incidentStart(alarm)
  if (began === undefined) return { id: own, follows: undefined }
  const opening = `alarm.${digest(`${alarm.arn}\n${began}\n${subscription.arn}`).slice(0, 32)}`
  return alarm.state === 'ALARM' ? { id: opening, follows: undefined } : { id: own, follows: opening }
}

/** Undefined for a change that belongs to no incident. */
const incidentStart = (alarm: AlarmFacts): number | undefined => {
  if (alarm.state === 'ALARM') return alarm.changedAt
  return alarm.previousState === 'ALARM' ? alarm.previousSince : undefined
}

const digest = (text: string): string => createHash('sha256').update(text).digest('hex')
