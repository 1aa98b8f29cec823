import type { Millis } from './time.ts'

/** One HTTP request to somebody else's server. */
export interface OutgoingRequest {
  /** Credentials in it become Basic authorisation. */
  readonly url: string
  readonly method: 'GET' | 'POST'
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | undefined
  /** From the first look-up to the last byte, redirects included. */
  readonly timeout: Millis
}

/** Why nothing, or nothing understandable, came back. `refused`: this side would not go there. */
export type OutgoingFailureReason = 'refused' | 'dns' | 'connect' | 'tls' | 'timeout' | 'reset' | 'protocol' | 'redirects'

/** Texts name the host at most: paths, queries and credentials are secrets. */
export type OutgoingResult =
  | {
      readonly kind: 'answer'
      readonly status: number
      /** Lower-case names; repeated headers are joined with a comma. */
      readonly headers: Readonly<Record<string, string>>
      /** The beginning of the body; what exceeds the limit, or did not come in time, is cut. */
      readonly body: string
    }
  | { readonly kind: 'failure'; readonly reason: OutgoingFailureReason; readonly detail: string }

/** Outgoing HTTP that never throws: every way to fail is an answer. */
export interface OutgoingHttp {
  send(request: OutgoingRequest): Promise<OutgoingResult>
}
