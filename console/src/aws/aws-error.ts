/** An answer that was not a success: the AWS error code and message, or the HTTP status where there was no AWS error. */
export class AwsError extends Error {
  override readonly name = 'AwsError'
  readonly code: string
  readonly status: number
  /** The error shape's own members, and whatever else came. */
  readonly members: Readonly<Record<string, unknown>>

  constructor(code: string, message: string, status: number, members: Readonly<Record<string, unknown>> = {}) {
    super(message)
    this.code = code
    this.status = status
    this.members = members
  }
}

const SIGNED_OUT = new Set([
  'MissingAuthenticationToken', 'MissingAuthenticationTokenException', 'ExpiredToken', 'ExpiredTokenException',
  'InvalidClientTokenId', 'UnrecognizedClientException',
])

/** Whether the error means that the session is over, as against a permission that is missing. */
export const meansSignedOut = (error: unknown): boolean =>
  error instanceof AwsError && (error.status === 401 || SIGNED_OUT.has(error.code))

/** Reads AWS JSON's error body: `{"__type":"prefix#Code","message":"…"}`; a proxy's HTML page becomes its status line. */
export const errorFromJson = (body: string, status: number, statusText: string): AwsError => {
  const fields = parsed(body)
  const type = fields['__type'] ?? fields['code'] ?? fields['Code']
  const code = typeof type === 'string' ? afterHash(type) : `HTTP ${status}`
  const text = fields['message'] ?? fields['Message']
  return new AwsError(code, typeof text === 'string' && text !== '' ? text : `${status} ${statusText}`.trim(), status, fields)
}

const afterHash = (type: string): string => type.slice(type.indexOf('#') + 1)

const parsed = (body: string): Record<string, unknown> => {
  try {
    const value: unknown = JSON.parse(body)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}
