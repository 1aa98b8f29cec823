import { truncate } from '../wording/text.ts'
import { MAX_ALT, MAX_BUTTON_TEXT, MAX_FIELD, MAX_FIELDS, MAX_HEADER, MAX_SECTION, MAX_URL } from './limits.ts'
import { escapeWithin } from './mrkdwn.ts'

/** The parts of Block Kit that messages are built of; every builder keeps Slack's limits. */
export type Block =
  | { readonly type: 'header'; readonly text: PlainText }
  | { readonly type: 'section'; readonly text: Mrkdwn }
  | { readonly type: 'section'; readonly fields: readonly Mrkdwn[] }
  | { readonly type: 'context'; readonly elements: readonly Mrkdwn[] }
  | { readonly type: 'actions'; readonly elements: readonly Button[] }
  | { readonly type: 'image'; readonly image_url: string; readonly alt_text: string }

export interface PlainText {
  readonly type: 'plain_text'
  readonly text: string
  readonly emoji: boolean
}
export interface Mrkdwn {
  readonly type: 'mrkdwn'
  readonly text: string
}
export interface Button {
  readonly type: 'button'
  readonly text: PlainText
  readonly url: string
  readonly action_id: string
}

export interface SlackMessage {
  /** What notifications and screen readers say. */
  readonly text: string
  readonly blocks: readonly Block[]
  readonly attachments?: readonly { readonly color: string; readonly blocks: readonly Block[] }[]
  readonly unfurl_links: false
}

// `emoji: false` would show colon codes as typed, but Slack still turns real emoji into pictures.
const plain = (text: string, limit: number): PlainText => ({ type: 'plain_text', text: truncate(text, limit), emoji: true })
const mrkdwn = (text: string): Mrkdwn => ({ type: 'mrkdwn', text })

export const header = (text: string): Block => ({ type: 'header', text: plain(text, MAX_HEADER) })

/** `text` is mrkdwn already, and short enough. */
export const section = (text: string): Block => ({ type: 'section', text: mrkdwn(text) })

/** A bold label above a text of any length and content. */
export const labelled = (label: string, text: string, limit: number): Block =>
  section(`*${label}*\n${escapeWithin(text, Math.min(limit, MAX_SECTION - label.length - 3))}`)

/** Lines as they are, each cut so that the first ten can be seen; a line cannot end the block of code that it stands in. */
export const code = (label: string, lines: readonly string[]): Block => {
  const told = lines.slice(0, CODE_LINES).map(line => escapeWithin(line.replaceAll('```', "'''"), CODE_WIDTH))
  const more = lines.length - told.length
  return section(`*${label}*\n\`\`\`${told.join('\n')}\`\`\`${more > 0 ? `\nand ${more} more` : ''}`)
}

const CODE_LINES = 10
const CODE_WIDTH = 250

export const fields = (lines: readonly { readonly label: string; readonly value: string }[]): Block => ({
  type: 'section',
  fields: lines.slice(0, MAX_FIELDS).map(({ label, value }) => {
    const name = escapeWithin(label, 100)
    return mrkdwn(`*${name}*\n${escapeWithin(value, Math.min(500, MAX_FIELD - name.length - 3))}`)
  }),
})

export const context = (text: string): Block => ({ type: 'context', elements: [mrkdwn(text)] })

/** Slack loads it while the message is posted, and refuses the message where it cannot. */
export const image = (url: string, alt: string): Block => ({ type: 'image', image_url: url, alt_text: truncate(alt, MAX_ALT) })

/** Buttons that open a page; addresses that Slack would refuse are left out. */
export const buttons = (
  links: readonly { readonly text: string; readonly url: string | undefined; readonly id: string }[],
): readonly Block[] => {
  const elements = links.flatMap(({ text, url, id }): readonly Button[] =>
    url === undefined || url.length > MAX_URL ? [] : [{ type: 'button', text: plain(text, MAX_BUTTON_TEXT), url, action_id: id }])
  return elements.length === 0 ? [] : [{ type: 'actions', elements }]
}
