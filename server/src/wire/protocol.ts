import type { Fault } from './fault.ts'
import type { OperationSchema } from './schema.ts'
import type { WireService } from './service.ts'

/** One HTTP request, read whole. */
export interface WireRequest {
  readonly method: string
  /** As sent, still percent-encoded, without the query string. */
  readonly path: string
  /** As sent, still percent-encoded, without the question mark; empty when there is none. */
  readonly query: string
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string | undefined>>
  /** After `Content-Encoding` has been undone. */
  readonly body: Uint8Array
}

export interface WireReply {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Uint8Array
}

/** An answer whose body may be of any length, and is sent as it comes; its length, where it is known, then stands in the headers. */
export interface StreamedReply {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Uint8Array | AsyncIterable<Uint8Array>
}

export const isWhole = (reply: StreamedReply): reply is WireReply => typeof reply.body === 'string' || reply.body instanceof Uint8Array

/** What a protocol must know of the call that it answers. */
export interface ReplyContext {
  readonly requestId: string
  /** Undefined where the request could not be told to belong to any service. */
  readonly service: WireService | undefined
  /** Undefined where the operation is unknown. */
  readonly operation: OperationSchema | undefined
}

export type ProtocolName = 'aws-json-1.0' | 'aws-json-1.1' | 'aws-query' | 'rest-json' | 'rest-xml' | 'rpc-v2-cbor'

/** One way of writing an operation's input, output and errors on HTTP. */
export interface Protocol {
  readonly name: ProtocolName
  /** The operation's input as the SDK types it. Throws {@link Fault} and nothing else. */
  decode(request: WireRequest, operation: OperationSchema): unknown
  encode(output: unknown, operation: OperationSchema, context: ReplyContext): WireReply
  encodeFault(fault: Fault, context: ReplyContext): WireReply
}

export type Recognition<Service extends WireService = WireService> =
  | {
      readonly kind: 'operation'
      readonly service: Service
      /** The built operation, one of `service.operations`. */
      readonly operation: Service['operations'][number]
      readonly schema: OperationSchema
      readonly protocol: Protocol
    }
  /** An AWS request that cannot be served; the answer goes out in the protocol that it was asked in. */
  | { readonly kind: 'refused'; readonly fault: Fault; readonly service: Service | undefined; readonly protocol: Protocol }
  /** Nothing of AWS about it: the console, health, a browser. */
  | { readonly kind: 'foreign' }
