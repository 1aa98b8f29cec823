import { isUtf8 } from 'node:buffer'
import { gunzipSync } from 'node:zlib'
import type { PutLogEventsCommandInput } from '@aws-sdk/client-cloudwatch-logs'
import type { EncodedLogEvents, LogBody, LogForm } from '../../model/log-intake.ts'
import { logColumns } from '../../model/log-columns.ts'
import { Fault } from '../../wire/fault.ts'
import { Gunzipper } from '../put-metric-data/gunzipper.ts'
import { LogJsonScanner, type ScannedLogs } from './json.ts'
import { TextKernel } from './text-kernel.ts'

/** The wire layer's own decoder for a PutLogEvents body; throws a `Fault` for what it cannot read. */
export type GeneralDecode = (form: Exclude<LogForm, 'list'>, body: Uint8Array) => PutLogEventsCommandInput

/** A PutLogEvents request, its events as columns. What the model's limits say is not checked. */
export interface DecodedLogs extends EncodedLogEvents {
  readonly input: Omit<PutLogEventsCommandInput, 'logEvents'>
}

/** Events take 1 MiB at most; with each character escaped in JSON they are some six times as long. */
const MAX_BODY_BYTES = 8 * 1_048_576

/** PutLogEvents' decoder. Bodies that are not plainly right are left to the general one, which knows AWS's texts. */
export const putLogEventsDecoder = (general: GeneralDecode): ((body: LogBody) => DecodedLogs) => {
  const kernel = new TextKernel(MAX_BODY_BYTES)
  const gunzipper = new Gunzipper(MAX_BODY_BYTES, kernel.input)
  const scanner = new LogJsonScanner(kernel)
  return ({ form, encoding, bytes }) => {
    if (form === 'list') throw new RangeError('the list is no request')
    const body = inflate(gunzipper, bytes, encoding)
    if (form === 'json') {
      if (body.buffer !== kernel.input.buffer) kernel.input.set(body)
      const logs = scanned(scanner.scan(body.length))
      if (logs !== undefined) return logs
    }
    return columnsOf(general(form, form === 'json' ? wellFormed(body) : body))
  }
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

/**
 * CloudWatch Logs puts U+FFFD in the place of bytes that are no UTF-8, and counts its three bytes: SDKs for Go before the second
 * version send a container's lines as they are, and would lose a whole batch for one of them (github.com/moby/moby/pull/37986).
 */
const wellFormed = (body: Uint8Array): Uint8Array => (isUtf8(body) ? body : Buffer.from(decoder.decode(body)))

const inflate = (gunzipper: Gunzipper, bytes: Uint8Array, encoding: LogBody['encoding']): Uint8Array => {
  if (bytes.byteLength > MAX_BODY_BYTES) throw tooLarge()
  if (encoding === 'identity') return bytes
  const inflated = gunzipper.inflate(bytes)
  if (inflated !== undefined) return inflated
  try {
    return gunzipSync(bytes, { maxOutputLength: MAX_BODY_BYTES })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge()
    throw new Fault('SerializationException', 'The request body is not valid gzip.', { cause: error })
  }
}

const tooLarge = (): Fault => new Fault('RequestEntityTooLarge', `The request is larger than ${MAX_BODY_BYTES} bytes.`, { status: 413 })

const scanned = (logs: ScannedLogs | undefined): DecodedLogs | undefined => {
  if (logs === undefined) return undefined
  const { timestamps, messages, ...input } = logs
  return { input, timestamps, messages }
}

const columnsOf = ({ logEvents, ...input }: PutLogEventsCommandInput): DecodedLogs => ({ input, ...logColumns(logEvents) })
