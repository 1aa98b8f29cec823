/**
 * Why the telemetry store did not do what was asked.
 * - `full`: no space left; reads and deletes go on, writes succeed again once there is room.
 * - `unavailable`: the engine is starting, was killed, or has too much to do; the same call may be repeated.
 * - `limit`: the statement went over its time or memory limit.
 * - `statement`: the engine refused the statement itself; repeating it will not help.
 */
export type TelemetryFailure = 'full' | 'unavailable' | 'limit' | 'statement'

export class TelemetryError extends Error {
  override readonly name = 'TelemetryError'
  readonly kind: TelemetryFailure
  /** ClickHouse's exception code, when the engine answered at all. */
  readonly code: number | undefined

  constructor(kind: TelemetryFailure, message: string, options: { readonly code?: number; readonly cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.kind = kind
    this.code = options.code
  }

  get retryable(): boolean {
    return this.kind === 'full' || this.kind === 'unavailable'
  }
}

/** The engine's own refusal of a statement. */
export class EngineRefusal extends Error {
  override readonly name = 'EngineRefusal'
  /** ClickHouse's exception code. */
  readonly code: number
  /** Its name, e.g. `SYNTAX_ERROR`. */
  readonly type: string

  constructor(code: number, type: string, message: string, options?: { readonly cause: unknown }) {
    super(message, options)
    this.code = code
    this.type = type
  }
}

/** What any error of a call means; `doing` says what was attempted. */
export const telemetryError = (doing: string, cause: unknown): TelemetryError => {
  if (cause instanceof TelemetryError) return cause
  const reason = cause instanceof Error ? cause.message : String(cause)
  if (!(cause instanceof EngineRefusal)) return new TelemetryError('unavailable', `${doing}: the store does not answer: ${reason}`, { cause })
  const { code, type } = cause
  return new TelemetryError(failureOf(code, reason), `${doing}: ${reason.trim()} (${type}, code ${code})`, { code, cause })
}

// Codes of src/Common/ErrorCodes.cpp in ClickHouse.
const NOT_ENOUGH_SPACE = 243
const LIMITS = new Set([158, 159, 160, 191, 241, 307, 396]) // too many rows, timeout, too slow, set size, memory, bytes, rows or bytes
const BUSY = new Set([202, 203, 209, 210, 216, 236, 242, 252, 734]) // too many queries, no free connection, network, same query id, aborted, read-only table, too many parts, shutdown
const DISK = new Set([74, 75, 76, 481, 1000, 1001]) // cannot read, write, open, create directory; exceptions of the C++ library

const failureOf = (code: number, reason: string): TelemetryFailure => {
  if (code === NOT_ENOUGH_SPACE) return 'full'
  if (DISK.has(code) && /No space left|errno: 28|ENOSPC|Disk quota/i.test(reason)) return 'full'
  if (BUSY.has(code)) return 'unavailable'
  return LIMITS.has(code) ? 'limit' : 'statement'
}
