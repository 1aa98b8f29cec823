import type { Log } from '../../base/log.ts'
import { TelemetryError } from '../../store/telemetry/telemetry-error.ts'
import { Fault } from '../../wire/fault.ts'

/**
 * What a failure of the house is to a caller. The stores' typed failures are told by their names: whoever is full or
 * overloaded says so with a fault that SDKs retry; anything else is a defect, logged with the request's id.
 */
export const faultOf = (error: unknown, requestId: string, log: Log): Fault => {
  if (error instanceof Fault) return error
  // What the store cannot do at all is a defect; what it cannot do now is told so that callers come again.
  if (error instanceof TelemetryError && error.retryable) {
    const text = 'The telemetry store is not available at the moment; try again.'
    return new Fault('ServiceUnavailable', text, { shape: 'ServiceUnavailableException', status: 503, cause: error })
  }
  const { name, message } = error instanceof Error ? error : new Error(String(error))
  switch (name) {
    case 'StoreFull':
    case 'DiskFull':
      return new Fault('ServiceUnavailable', `The server's disk has no room: ${message}`, { shape: 'ServiceUnavailableException', status: 503, cause: error })
    case 'Overloaded':
    case 'JournalFull':
      return new Fault('Throttling', 'Rate exceeded', { shape: 'ThrottlingException', status: 400, retryable: true, cause: error })
    default:
      return defect(error, requestId, log)
  }
}

const defect = (error: unknown, requestId: string, log: Log): Fault => {
  log.error({ requestId, error: error instanceof Error ? (error.stack ?? error.message) : String(error) }, 'a request failed for a reason of ours')
  return new Fault('InternalFailure', 'The request processing has failed because of an unknown error, exception or failure.', {
    shape: 'InternalFailure',
    status: 500,
    cause: error,
  })
}
