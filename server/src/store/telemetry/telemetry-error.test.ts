import { expect, test } from 'vitest'
import { EngineRefusal, telemetryError, type TelemetryFailure } from './telemetry-error.ts'

const engine = (code: number, message: string) => new EngineRefusal(code, 'SOME_TYPE', message)

test.for<readonly [TelemetryFailure, Error]>([
  ['full', engine(243, 'Cannot reserve 1.00 MiB, not enough space. ')],
  ['full', engine(75, 'Cannot write to file: errno: 28, strerror: No space left on device. ')],
  ['full', engine(1001, 'std::exception: filesystem error: cannot create directories: No space left on device ')],
  ['statement', engine(75, 'Cannot write to file: errno: 5, strerror: Input/output error. ')],
  ['unavailable', engine(202, 'Too many statements wait in this lane. ')],
  ['unavailable', engine(252, 'Too many parts. ')],
  ['limit', engine(159, 'Timeout exceeded. ')],
  ['limit', engine(241, 'Memory limit exceeded. ')],
  ['statement', engine(62, 'Syntax error. ')],
  ['unavailable', new Error('socket hang up')],
])('$0: $1.message', ([kind, cause]) => {
  const error = telemetryError('inserting into t', cause)
  expect(error).toMatchObject({ kind, cause, retryable: kind === 'full' || kind === 'unavailable' })
  expect(error.message).toContain('inserting into t: ')
  expect(telemetryError('again', error)).toBe(error)
})
