import type { Answer, Received } from './receiver.ts'

/**
 * Slack's incoming webhook, as strict as the original: every violation of Block Kit's rules is an error, answered as Slack
 * answers it. https://docs.slack.dev/reference/block-kit/blocks
 */
/** `loadable` false: Slack cannot fetch the pictures of messages, and so refuses them. */
export const slackMock = ({ loadable = true } = {}): { readonly answer: Answer; readonly problems: string[]; readonly messages: SlackSeen[] } => {
  const problems: string[] = []
  const messages: SlackSeen[] = []
  const answer: Answer = (received, response) => {
    const found = check(received)
    if (!loadable && received.body.includes('"image_url"')) {
      return void response.writeHead(400, { 'content-type': 'text/html' }).end('invalid_blocks')
    }
    problems.push(...found.problems)
    if (found.problems.length > 0) return void response.writeHead(400, { 'content-type': 'text/html' }).end(found.error)
    messages.push(found.message)
    response.writeHead(200, { 'content-type': 'text/html' }).end('ok')
  }
  return { answer, problems, messages }
}

export interface SlackSeen {
  readonly text?: string
  readonly blocks?: readonly SlackBlock[]
  readonly attachments?: readonly { readonly color: string; readonly blocks: readonly SlackBlock[] }[]
}
export interface SlackBlock {
  readonly type: string
  readonly image_url?: string
  readonly alt_text?: string
  readonly text?: { readonly type: string; readonly text: string }
  readonly fields?: readonly { readonly type: string; readonly text: string }[]
  readonly elements?: readonly {
    readonly type: string
    readonly text: string | { readonly text: string }
    readonly url?: string
    readonly action_id?: string
  }[]
}

/** All that a reader sees, in order. */
export const visibleText = (message: SlackSeen): string =>
  [...(message.blocks ?? []), ...(message.attachments ?? []).flatMap(({ blocks }) => blocks)]
    .flatMap(block => [
      block.text?.text,
      ...(block.fields ?? []).map(({ text }) => text),
      ...(block.elements ?? []).map(({ text }) => (typeof text === 'string' ? text : text.text)),
    ])
    .filter(text => text !== undefined)
    .join('\n')

const check = ({
  headers,
  body,
}: Received): { readonly problems: readonly string[]; readonly error: string; readonly message: SlackSeen } => {
  const problems: string[] = []
  const must = (holds: boolean, problem: string): void => void (holds || problems.push(problem))
  must(headers['content-type']?.startsWith('application/json') === true, 'content type')
  must(body.isWellFormed(), 'half characters')
  let message: SlackSeen = {}
  try {
    message = JSON.parse(body) as SlackSeen
  } catch {
    return { problems: ['not JSON'], error: 'invalid_payload', message }
  }
  const length = (text: string | undefined): number => Array.from(text ?? '').length
  must(length(message.text) > 0, 'no text')
  must(length(message.text) <= 40_000, 'text too long')
  const blocks = [...(message.blocks ?? []), ...(message.attachments ?? []).flatMap(attachment => attachment.blocks)]
  must((message.blocks?.length ?? 0) <= 50, 'more than 50 blocks')
  must(JSON.stringify(message.blocks ?? []).length + JSON.stringify(message.attachments ?? []).length <= 26_000, 'msg_blocks_too_long')
  must(blocks.reduce((sum, block) => sum + length(visibleText({ blocks: [block] })), 0) <= 13_000, 'msg_blocks_too_long')
  for (const attachment of message.attachments ?? []) must(/^#[0-9a-f]{6}$/.test(attachment.color), 'attachment colour')
  for (const { type, text, fields, elements, image_url, alt_text } of blocks) {
    if (type === 'header') must(text?.type === 'plain_text' && length(text.text) >= 1 && length(text.text) <= 150, 'header text 1…150')
    else if (type === 'section') {
      must(text !== undefined || (fields !== undefined && fields.length > 0), 'section without content')
      if (text !== undefined) must(text.type === 'mrkdwn' && length(text.text) >= 1 && length(text.text) <= 3_000, 'section text 1…3000')
      must((fields?.length ?? 0) <= 10, 'section fields ≤ 10')
      for (const field of fields ?? [])
        must(field.type === 'mrkdwn' && length(field.text) >= 1 && length(field.text) <= 2_000, 'field 1…2000')
    } else if (type === 'context') {
      must(elements !== undefined && elements.length >= 1 && elements.length <= 10, 'context elements 1…10')
      for (const element of elements ?? [])
        must(element.type === 'mrkdwn' && typeof element.text === 'string' && element.text.length > 0, 'context element')
    } else if (type === 'actions') {
      must(elements !== undefined && elements.length >= 1 && elements.length <= 25, 'actions elements 1…25')
      for (const { type: kind, text: label, url, action_id } of elements ?? []) {
        must(kind === 'button' && typeof label === 'object' && length(label.text) >= 1 && length(label.text) <= 75, 'button text 1…75')
        must(url !== undefined && /^https?:\/\/[^\s]+$/.test(url) && url.length <= 3_000, 'button url')
        must(action_id !== undefined && action_id.length <= 255, 'action_id')
      }
      must(new Set((elements ?? []).map(({ action_id }) => action_id)).size === elements?.length, 'action_id unique')
    } else if (type === 'image') {
      must(image_url !== undefined && /^https?:\/\/[^\s]+$/.test(image_url) && image_url.length <= 3_000, 'image url')
      must(length(alt_text) >= 1 && length(alt_text) <= 2_000, 'image alt text 1…2000')
    } else problems.push(`unknown block ${type}`)
    // Anything between < and > is a link or a mention; nothing of the message's content may become one.
    for (const piece of mrkdwnOf({
      type,
      ...(text === undefined ? {} : { text }),
      ...(fields === undefined ? {} : { fields }),
      ...(elements === undefined ? {} : { elements }),
    })) {
      must(!/<[!@#]/.test(piece), 'a mention')
      must(!/&(?!(amp|lt|gt);)/.test(piece), 'a bare ampersand')
    }
  }
  return { problems, error: problems.includes('no text') ? 'no_text' : 'invalid_blocks', message }
}

const mrkdwnOf = (block: SlackBlock): readonly string[] => [
  ...(block.text?.type === 'mrkdwn' ? [block.text.text] : []),
  ...(block.fields ?? []).map(({ text }) => text),
  ...(block.elements ?? []).flatMap(({ text }) => (typeof text === 'string' ? [text] : [])),
]
