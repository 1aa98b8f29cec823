/** What keeps a command from being carried out, in words for the one who gave it. */
export class CommandError extends Error {
  override readonly name: string = 'CommandError'
}

/** Where StartQuery's query is wrong; offsets of its characters, the end exclusive. */
export interface Place {
  readonly start: number
  readonly end: number
}

/** The server's own refusal. */
export class Refused extends CommandError {
  override readonly name = 'Refused'
  readonly status: number
  /** AWS's name of it; '' where the answer had none. */
  readonly code: string
  readonly place: Place | undefined

  constructor(message: string, { status, code, place }: { readonly status: number; readonly code: string; readonly place: Place | undefined }) {
    super(message)
    this.status = status
    this.code = code
    this.place = place
  }
}

/** Nobody answers at the server's address. */
export class Unreachable extends CommandError {
  override readonly name = 'Unreachable'
}

/** Whether the same command may well succeed in a moment. */
export const mayPass = (error: unknown): boolean =>
  error instanceof Unreachable || (error instanceof Refused && (error.status >= 500 || error.status === 429 || error.code === 'ThrottlingException'))
