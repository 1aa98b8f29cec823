/** A request as it came off the socket. */
export interface ReceivedRequest {
  readonly method: string
  readonly path: string
  readonly query: string
  readonly headers: Readonly<Record<string, string | undefined>>
  /** As received: the signature covers these bytes. */
  readonly body: Buffer
  readonly sourceAddress: string
  readonly secure: boolean
}
