import type { OutgoingFailureReason, OutgoingResult } from '../base/outgoing.ts'
import { errorCode, RefusedDestination } from './guard.ts'

/** How far a connection had come. */
export type Phase = 'resolve' | 'connect' | 'tls' | 'exchange'

/** What a broken connection is called. Only the host and the error's code are told: messages of Node may quote the request. */
export const failureOf = (error: unknown, phase: Phase, host: string): OutgoingResult => {
  if (error instanceof RefusedDestination) return { kind: 'failure', reason: 'refused', detail: error.message }
  const code = errorCode(error) ?? 'unknown'
  const [reason, text] = classify(code, phase)
  return { kind: 'failure', reason, detail: `${host} ${text} (${code})` }
}

const classify = (code: string, phase: Phase): readonly [OutgoingFailureReason, string] => {
  if (code.startsWith('HPE_')) return ['protocol', 'did not answer in HTTP']
  if (code === 'ERR_INVALID_CHAR' || code === 'ERR_UNESCAPED_CHARACTERS') return ['refused', 'cannot be sent a header or path like this']
  // With several addresses Node reports look-up failures before the `lookup` event, so the code decides first.
  if (DNS_CODES.test(code)) return ['dns', 'could not be resolved']
  switch (phase) {
    case 'resolve':
    case 'connect':
      return ['connect', 'could not be connected to']
    case 'tls':
      return ['tls', 'did not offer TLS that can be trusted']
    case 'exchange':
      return ['reset', 'closed the connection before it answered']
  }
}

const DNS_CODES = /^(ENOTFOUND|EAI_|ENODATA|ESERVFAIL|ETIMEOUT|ENONAME)/
