import { expect, test } from 'vitest'
import type { Log } from '../../base/log.ts'
import { StoreFull } from '../../store/control/store-failure.ts'
import { OverloadedError } from '../../store/intake/overloaded-error.ts'
import { DiskFullError, JournalError, JournalFullError } from '../../store/journal/journal-error.ts'
import { TelemetryError } from '../../store/telemetry/telemetry-error.ts'
import { Fault } from '../../wire/fault.ts'
import { faultOf } from './fault-of.ts'

const BUSY = 'The telemetry store is not available at the moment; try again.'
const UNKNOWN = 'The request processing has failed because of an unknown error, exception or failure.'

test.for<readonly [unknown, number, string, string, number]>([
  [new Fault('InvalidFormat', 'no'), 400, 'InvalidFormat', 'no', 0],
  [new StoreFull('no room'), 503, 'ServiceUnavailable', "The server's disk has no room: no room", 0],
  [new DiskFullError('no room'), 503, 'ServiceUnavailable', "The server's disk has no room: no room", 0],
  [new JournalFullError('full'), 400, 'Throttling', 'Rate exceeded', 0],
  [new OverloadedError('too much'), 400, 'Throttling', 'Rate exceeded', 0],
  [new TelemetryError('unavailable', 'it was killed'), 503, 'ServiceUnavailable', BUSY, 0],
  [new TelemetryError('full', 'no room'), 503, 'ServiceUnavailable', BUSY, 0],
  [new TelemetryError('limit', 'too large'), 500, 'InternalFailure', UNKNOWN, 1],
  [new TelemetryError('statement', 'syntax'), 500, 'InternalFailure', UNKNOWN, 1],
  [new JournalError('closed'), 500, 'InternalFailure', UNKNOWN, 1],
  [new TypeError('a defect'), 500, 'InternalFailure', UNKNOWN, 1],
  ['a text', 500, 'InternalFailure', UNKNOWN, 1],
])('%s is %i %s; only what is ours to mend is written down', ([error, status, code, message, lines]) => {
  const said: unknown[] = []
  const log: Log = { info: () => undefined, warn: () => undefined, error: facts => said.push(facts) }
  const fault = faultOf(error, 'request-1', log)
  expect({ status: fault.status, code: fault.code, message: fault.message }).toEqual({ status, code, message })
  expect(said).toHaveLength(lines)
})
