import { STATUS_CODES } from 'node:http'
import type { OutgoingResult } from '../base/outgoing.ts'
import { epochMillis, millis, type EpochMillis } from '../base/time.ts'
import type { DeliveryOutcome } from '../model/notification.ts'
import { concealed } from './secrets.ts'
import { oneLine, truncate } from './wording/text.ts'

/** A receiver that asks for more patience than this gets this. */
const MAX_RETRY_AFTER = millis(60 * 60 * 1000)
/** Of the answer's text, in code points. */
const MAX_QUOTE = 200

/**
 * What an HTTP answer means. Done: 2xx. Worth a retry: no answer, 408, 425, 429, 5xx, and 1xx or 3xx (a proxy in between
 * speaks, not the receiver). Final: every other 4xx, and destinations that this server refuses to connect to.
 */
export const verdict = (result: OutgoingResult, now: EpochMillis, secrets: readonly string[]): DeliveryOutcome => {
  if (result.kind === 'failure') {
    const retryable = result.reason !== 'refused'
    return { kind: 'failed', retryable, status: undefined, detail: concealed(result.detail, secrets), retryAt: undefined }
  }
  const { status } = result
  const detail = `${status} ${STATUS_CODES[status] ?? ''}`.trim() + quoted(result, secrets)
  if (status >= 200 && status < 300) return { kind: 'delivered', status, detail }
  const retryable = status === 408 || status === 425 || status === 429 || status >= 500 || status < 400
  return { kind: 'failed', retryable, status, detail, retryAt: retryable ? retryAfter(result.headers['retry-after'], now) : undefined }
}

/** `Retry-After` in seconds or as an HTTP date; undefined when absent, unreadable or in the past. */
const retryAfter = (header: string | undefined, now: EpochMillis): EpochMillis | undefined => {
  if (header === undefined) return undefined
  const text = header.trim()
  const at = /^\d+(\.\d+)?$/.test(text) ? now + Math.ceil(Number(text) * 1000) : HTTP_DATE.test(text) ? Date.parse(text) : Number.NaN
  return at > now ? epochMillis(Math.min(at, now + MAX_RETRY_AFTER)) : undefined
}

const HTTP_DATE = /^[A-Z][a-z]+, \d{2}[ -][A-Z][a-z]{2}[ -]\d{2,4} \d{2}:\d{2}:\d{2} GMT$/

const quoted = ({ headers, body }: Extract<OutgoingResult, { kind: 'answer' }>, secrets: readonly string[]): string => {
  if (headers['content-encoding'] !== undefined) return ''
  // Conceal before cutting: half a secret would not be recognised.
  const text = truncate(oneLine(concealed(body, secrets)), MAX_QUOTE)
  return text === '' ? '' : `: ${text}`
}
