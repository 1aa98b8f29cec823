import type { AlarmFacts, Delivery } from '../../model/notification.ts'
import type { Picture } from '../channel.ts'
import { jsonObject, messageFor } from '../content.ts'
import { confirmLink, unsubscribeLink } from '../links.ts'
import { alarmCard } from '../wording/alarm-card.ts'
import { oneLine, readable, truncate } from '../wording/text.ts'
import { layOut, type MailBody, type MailContent } from './layout.ts'
import { DEFAULT_SUBJECT, MAX_BODY, MAX_SUBJECT } from './settings.ts'

const NEUTRAL = '#687078'
const EMPTY: MailContent = {
  color: NEUTRAL, title: undefined, paragraphs: [], lines: [], code: [], picture: undefined, links: [], details: [], appendix: undefined, unsubscribeUrl: undefined,
}

/** AWS's subjects, e.g. `ALARM: "Database CPU" in US East (N. Virginia)`; people's filters know them. */
export const subjectOf = ({ type, publication }: Delivery): string => {
  switch (type) {
    case 'Notification':
      return truncate(oneLine(publication.subject ?? ''), MAX_SUBJECT) || DEFAULT_SUBJECT
    case 'SubscriptionConfirmation':
      return 'Notification - Subscription Confirmation'
    case 'UnsubscribeConfirmation':
      return 'Notification - Unsubscribe Confirmation'
  }
}

export const bodyOf = (delivery: Delivery, publicUrl: string, picture: Picture | undefined): MailBody => {
  const { type, publication, token, subscription: { topicArn } } = delivery
  switch (type) {
    case 'Notification':
      return layOut(publication.alarm === undefined ? message(delivery, publicUrl) : alarm(delivery, publication.alarm, publicUrl, picture))
    case 'SubscriptionConfirmation':
      return layOut({
        ...EMPTY,
        paragraphs: [
          `You have chosen to subscribe to the topic:\n${topicArn}`,
          'To confirm this subscription, click or visit the link below (If this was in error no action is necessary):',
        ],
        links: [{ text: 'Confirm subscription', url: confirmLink(publicUrl, topicArn, token ?? '') }],
      })
    case 'UnsubscribeConfirmation':
      return layOut({
        ...EMPTY,
        paragraphs: [
          `Your subscription to the topic below has been deleted:\n${topicArn}`,
          'If this was not intended, click or visit the link below to subscribe again:',
        ],
        links: [{ text: 'Subscribe again', url: confirmLink(publicUrl, topicArn, token ?? '') }],
      })
  }
}

const alarm = (
  { publication, subscription }: Delivery, facts: AlarmFacts, publicUrl: string, picture: Picture | undefined,
): MailContent => {
  const card = alarmCard(facts, publication, publicUrl)
  const text = readable(messageFor(publication, 'email'))
  return {
    color: card.badge.color,
    title: card.title,
    paragraphs: card.description === undefined ? [] : [card.description],
    lines: [
      ...card.facts,
      ...(card.action === undefined ? [] : [{ label: 'Action', value: card.action }]),
      ...(card.runbook === undefined ? [] : [{ label: 'Runbook', value: card.runbook, url: card.runbookUrl }]),
    ],
    picture,
    code: card.logLines,
    links: [{ text: 'Open alarm', url: card.page }, ...(card.logsPage === undefined ? [] : [{ text: 'Open logs', url: card.logsPage }])],
    details: card.reason === '' ? [] : [card.reason],
    // AWS's own mail text, where there is one: without it the message is JSON.
    appendix: jsonObject(text) === undefined ? text : undefined,
    unsubscribeUrl: unsubscribeLink(publicUrl, subscription.arn),
  }
}

const message = ({ publication, subscription }: Delivery, publicUrl: string): MailContent => ({
  ...EMPTY,
  paragraphs: [truncate(readable(messageFor(publication, 'email')), MAX_BODY)],
  unsubscribeUrl: unsubscribeLink(publicUrl, subscription.arn),
})
