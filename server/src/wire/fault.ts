/**
 * An answer that says no, in the caller's protocol. Services throw it; the protocol that the request came in writes it, without
 * a message where that is empty.
 */
export class Fault extends Error {
  override readonly name = 'Fault'
  /** The code of AWS's query protocol, e.g. `InvalidParameterValue`. */
  readonly code: string
  /** The error's shape in AWS's model, e.g. `InvalidParameterValueException`; what JSON and CBOR put in `__type`. */
  readonly shape: string
  readonly status: number
  readonly side: 'Sender' | 'Receiver'
  readonly retryable: boolean
  /** Further members of the error shape. */
  readonly members: Readonly<Record<string, unknown>>

  constructor(code: string, message: string, options: FaultOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.code = code
    this.shape = options.shape ?? code
    this.status = options.status ?? 400
    this.side = this.status >= 500 ? 'Receiver' : 'Sender'
    this.retryable = options.retryable ?? this.status >= 500
    this.members = options.members ?? {}
  }
}

interface FaultOptions {
  readonly shape?: string
  readonly status?: number
  readonly retryable?: boolean
  readonly members?: Readonly<Record<string, unknown>>
  readonly cause?: unknown
}

/** What the model's constraint checks answer in every service. */
export const validationError = (message: string): Fault => new Fault('ValidationError', message, { shape: 'ValidationException' })

/** AWS's text for broken model constraints; several are joined as AWS joins them. */
export const constraintViolations = (violations: readonly string[]): Fault =>
  validationError(`${violations.length} validation error${violations.length === 1 ? '' : 's'} detected: ${violations.join('; ')}`)
