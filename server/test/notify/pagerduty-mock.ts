import type { Answer } from './receiver.ts'

export const ROUTING_KEY = 'R0123456789abcdef0123456789ABCDE'

export interface PagerDutySeen {
  readonly routing_key: string
  readonly event_action: string
  readonly dedup_key: string
  readonly payload?: {
    readonly summary: string
    readonly source: string
    readonly severity: string
    readonly timestamp: string
    readonly custom_details?: Readonly<Record<string, unknown>>
  }
  readonly images?: readonly { readonly src: string; readonly href: string; readonly alt: string }[]
  readonly links?: readonly { readonly href: string; readonly text: string }[]
}

/** Events API v2, as strict as the original, with the incidents it would hold open. */
export const pagerDutyMock = (): {
  readonly answer: Answer
  readonly events: PagerDutySeen[]
  readonly open: Set<string>
  readonly problems: string[]
} => {
  const events: PagerDutySeen[] = []
  const open = new Set<string>()
  const problems: string[] = []
  const answer: Answer = ({ path, headers, body }, response) => {
    const say = (status: number, content: unknown): void =>
      void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(content))
    if (path !== '/v2/enqueue') return say(404, { status: 'not found' })
    if (Buffer.byteLength(body) > 512 * 1024) return say(413, { status: 'too large' })
    const errors = check(headers['content-type'], body)
    problems.push(...errors)
    if (errors.length > 0) return say(400, { status: 'invalid event', message: 'Event object is invalid', errors })
    const event = JSON.parse(body) as PagerDutySeen
    events.push(event)
    if (event.event_action === 'trigger') open.add(event.dedup_key)
    else open.delete(event.dedup_key)
    say(202, { status: 'success', message: 'Event processed', dedup_key: event.dedup_key })
  }
  return { answer, events, open, problems }
}

const FIELDS = new Set(['routing_key', 'event_action', 'dedup_key', 'payload', 'images', 'links', 'client', 'client_url'])

const check = (contentType: string | undefined, body: string): readonly string[] => {
  const errors: string[] = []
  const must = (holds: boolean, error: string): void => void (holds || errors.push(error))
  const length = (text: unknown): number => (typeof text === 'string' ? Array.from(text).length : -1)
  must(contentType === 'application/json', 'content type')
  must(body.isWellFormed(), 'half characters')
  let event: PagerDutySeen
  try {
    event = JSON.parse(body) as PagerDutySeen
  } catch {
    return ['not JSON']
  }
  for (const name of Object.keys(event)) must(FIELDS.has(name), `unknown field ${name}`)
  must(event.routing_key === ROUTING_KEY, "'routing_key' is invalid")
  must(['trigger', 'acknowledge', 'resolve'].includes(event.event_action), "'event_action' is invalid")
  must(length(event.dedup_key) >= 1 && length(event.dedup_key) <= 255, "'dedup_key' is invalid")
  if (event.event_action === 'trigger') {
    must(length(event.payload?.summary) >= 1 && length(event.payload?.summary) <= 1_024, "'payload.summary' is missing or too long")
    must(length(event.payload?.source) >= 1, "'payload.source' is missing or blank")
    must(['critical', 'error', 'warning', 'info'].includes(event.payload?.severity ?? ''), "'payload.severity' is invalid")
    must(/^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.test(event.payload?.timestamp ?? ''), "'payload.timestamp' is invalid")
  }
  for (const { href, text } of event.links ?? []) must(/^https?:\/\//.test(href) && length(text) >= 1, "'links' is invalid")
  return errors
}
