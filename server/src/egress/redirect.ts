import type { OutgoingResult } from '../base/outgoing.ts'
import { parseTarget, type Target } from './target.ts'

/**
 * Where an answer sends the request next, or undefined when the answer stands as it is. A body goes only to the host that
 * it was meant for (307, 308), and never from https to http: a signed message or a secret must not wander off.
 */
export const redirectOf = (result: OutgoingResult, method: 'GET' | 'POST', from: Target): Target | undefined => {
  if (result.kind !== 'answer' || !REDIRECTS.has(result.status) || result.headers.location === undefined) return undefined
  const target = parseTarget(result.headers.location, from.url)
  if (target === undefined || (from.secure && !target.secure)) return undefined
  if (method === 'GET') return target
  const keepsBody = result.status === 307 || result.status === 308
  return keepsBody && target.host === from.host ? target : undefined
}

const REDIRECTS = new Set([301, 302, 303, 307, 308])
