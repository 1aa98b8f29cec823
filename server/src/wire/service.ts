/** What recognition and answering must know of a service. */
export interface WireService {
  /** Credential scope names that sign for it, e.g. `['monitoring']`. */
  readonly signingNames: readonly string[]
  /** `X-Amz-Target` prefix and the RPC path's service name; undefined where the service has none. */
  readonly targetPrefix: string | undefined
  /** `Version` of the query protocol; undefined where the service does not speak it. */
  readonly queryVersion: string | undefined
  /** XML namespace of the query protocol's answers. */
  readonly xmlNamespace: string | undefined
  /** True where JSON and CBOR errors carry `x-amzn-query-error`. */
  readonly queryCompatible: boolean
  /** Where `<Operation>$` schemas are looked up, also of operations not built yet; read only once it is asked for (published-schemas.ts). */
  readonly schemas: Readonly<Record<string, unknown>>
  readonly operations: readonly { readonly name: string }[]
}

/** What an operation answers in place of its output where the caller asked for bytes as they are, whatever the protocol. */
export class RawReply {
  readonly contentType: string
  readonly body: Uint8Array

  constructor(contentType: string, body: Uint8Array) {
    this.contentType = contentType
    this.body = body
  }
}
