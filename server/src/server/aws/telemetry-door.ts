import type { Call, Service } from '../../services/operation.ts'
import type { Recognition, ReplyContext, WireReply } from '../../wire/protocol.ts'
import type { ReceivedRequest } from './received-request.ts'

/** Takes one data operation's body as bytes: no objects are made of it on the way to the journal. */
export interface TelemetryDoor {
  take(request: TelemetryRequest): Promise<WireReply>
}

export interface TelemetryRequest {
  readonly received: ReceivedRequest
  readonly recognition: Extract<Recognition<Service>, { readonly kind: 'operation' }>
  readonly context: ReplyContext
  readonly call: Call
  /** Throws AccessDenied. */
  readonly authorise: (resources: readonly string[], conditions: Readonly<Record<string, string>>) => void
}
