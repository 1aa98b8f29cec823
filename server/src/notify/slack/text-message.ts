import type { Delivery } from '../../model/notification.ts'
import { jsonObject, messageFor } from '../content.ts'
import { confirmLink } from '../links.ts'
import { oneLine, readable, truncate } from '../wording/text.ts'
import { context, fields, header, labelled, section, type Block, type SlackMessage } from './blocks.ts'
import { customNotification, type CustomNotification } from './chat-schema.ts'
import { MAX_PAYLOAD, MAX_SECTION, MAX_TEXT } from './limits.ts'
import { escape, escapeWithin, link } from './mrkdwn.ts'

/** Of a plain message's own text, so that title and footer still fit. */
const MAX_BODY = MAX_PAYLOAD - 1_500

/** Something published that is no alarm: the custom chat schema, a JSON document, or plain text. */
export const textMessage = ({ publication, subscription }: Delivery): SlackMessage => {
  const text = messageFor(publication, 'slack')
  const custom = customNotification(text)
  if (custom !== undefined) return customMessage(custom)
  const subject = oneLine(publication.subject ?? '')
  return {
    text: escapeWithin(subject === '' ? text : `${subject}: ${text}`, MAX_TEXT),
    blocks: [
      ...(subject === '' ? [] : [header(subject)]),
      ...(jsonObject(text) === undefined ? paragraphs(readable(text)) : [document(text)]),
      context(escapeWithin([subscription.topicDisplayName, subscription.topicArn].filter(name => name !== '').join(' · '), 500)),
    ],
    unfurl_links: false,
  }
}

/** Only seen where an https endpoint at Slack was left unconfirmed. */
export const confirmationMessage = ({ type, token, subscription }: Delivery, publicUrl: string): SlackMessage => {
  const what = type === 'UnsubscribeConfirmation' ? 'This channel was unsubscribed from' : 'Confirm that this channel wants the messages of'
  const url = confirmLink(publicUrl, subscription.topicArn, token ?? '')
  const text = `${what} ${escape(subscription.topicArn)}`
  return {
    text,
    blocks: [section(`${text}\n${link(url, type === 'UnsubscribeConfirmation' ? 'Subscribe again' : 'Confirm subscription')}`)],
    unfurl_links: false,
  }
}

const customMessage = (custom: CustomNotification): SlackMessage => {
  const { title, description, nextSteps, keywords, relatedResources, additionalContext } = custom
  const steps = nextSteps.map(step => `• ${step}`).join('\n')
  return {
    text: escapeWithin(custom.summary ?? title ?? description, MAX_TEXT),
    blocks: [
      ...(title === undefined ? [] : [header(oneLine(title))]),
      // The schema's `client-markdown` is the chat's own dialect, so it is not escaped.
      ...chunks(readable(description), 8_000).map(section),
      ...(additionalContext.length === 0 ? [] : [fields(additionalContext)]),
      ...(steps === '' ? [] : [section(`*Next steps*\n${truncate(readable(steps), 2_000)}`)]),
      ...(relatedResources.length === 0 ? [] : [labelled('Related resources', relatedResources.join('\n'), 700)]),
      ...(keywords.length === 0 ? [] : [context(escapeWithin(keywords.join(' · '), 300))]),
    ],
    unfurl_links: false,
  }
}

const paragraphs = (text: string): readonly Block[] =>
  text.trim() === '' ? [] : chunks(escapeWithin(text, MAX_BODY), MAX_BODY).map(section)

/** Escapes never get cut: a piece ends at a blank where there is one, and never inside `&…;`. */
const chunks = (text: string, limit: number): readonly string[] => {
  const pieces: string[] = []
  let rest = truncate(text, limit)
  while (rest.length > MAX_SECTION) {
    const blank = Math.max(rest.lastIndexOf('\n', MAX_SECTION), rest.lastIndexOf(' ', MAX_SECTION))
    const cut = blank > MAX_SECTION / 2 ? blank : unbroken(rest, MAX_SECTION)
    pieces.push(rest.slice(0, cut))
    rest = rest.slice(cut).trimStart()
  }
  return rest.trim() === '' ? pieces : [...pieces, rest]
}

const unbroken = (text: string, at: number): number => {
  const escapeStart = text.lastIndexOf('&', at - 1)
  if (escapeStart > at - 6 && !text.slice(escapeStart, at).includes(';')) return escapeStart
  const unit = text.charCodeAt(at - 1)
  return unit >= 0xd800 && unit <= 0xdbff ? at - 1 : at
}

const document = (text: string): Block => {
  const pretty = JSON.stringify(JSON.parse(text), undefined, 2).replaceAll('```', '` ` `')
  return section(`\`\`\`${escapeWithin(pretty, MAX_SECTION - 6)}\`\`\``)
}
