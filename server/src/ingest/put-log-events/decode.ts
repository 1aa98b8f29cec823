import { isAscii } from 'node:buffer'
import { gunzipSync } from 'node:zlib'
import type { PutLogEventsCommandInput } from '@aws-sdk/client-cloudwatch-logs'
import { epochMillis, type EpochMillis } from '../../base/time.ts'
import type { LogBody, LogEventColumns, LogForm } from '../../model/log-intake.ts'
import { Fault } from '../../wire/fault.ts'
import { Gunzipper } from '../put-metric-data/gunzipper.ts'

/** The wire layer's own decoder for a PutLogEvents body; throws a `Fault` for what it cannot read. */
export type GeneralDecode = (form: Exclude<LogForm, 'list'>, body: Uint8Array) => PutLogEventsCommandInput

/** A PutLogEvents request, its events as columns. What the model's limits say is not checked. */
export interface DecodedLogs extends LogEventColumns {
  readonly input: Omit<PutLogEventsCommandInput, 'logEvents'>
}

/** Events take 1 MiB at most; with each character escaped in JSON they are some six times as long. */
const MAX_BODY_BYTES = 8 * 1_048_576

/** PutLogEvents' decoder. Bodies that are not plainly right are left to the general one, which knows AWS's texts. */
export const putLogEventsDecoder = (general: GeneralDecode): ((body: LogBody) => DecodedLogs) => {
  const gunzipper = new Gunzipper(MAX_BODY_BYTES)
  return ({ form, encoding, bytes }) => {
    if (form === 'list') throw new RangeError('the list is no request')
    const body = inflate(gunzipper, bytes, encoding)
    return (form === 'json' ? plainJson(body) : undefined) ?? columnsOf(general(form, body))
  }
}

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

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Most requests are ASCII, which needs no decoding; throws for what is not UTF-8. */
const textOf = (body: Uint8Array): string =>
  isAscii(body) ? Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('latin1') : strict.decode(body)

/** Undefined for anything but a request whose members are all of the right types. */
const plainJson = (body: Uint8Array): DecodedLogs | undefined => {
  let parsed: Partial<Record<string, unknown>>
  try {
    parsed = JSON.parse(textOf(body)) as Partial<Record<string, unknown>>
  } catch {
    return undefined
  }
  const { logEvents, logGroupName, logStreamName, sequenceToken, entity } = parsed ?? {}
  if (entity !== undefined || !Array.isArray(logEvents) || typeof logGroupName !== 'string' || typeof logStreamName !== 'string') return undefined
  if (sequenceToken !== undefined && typeof sequenceToken !== 'string') return undefined
  const timestamps: EpochMillis[] = []
  const messages: string[] = []
  for (const event of logEvents as readonly (Partial<Record<string, unknown>> | null)[]) {
    const { timestamp, message } = event ?? {}
    if (!Number.isSafeInteger(timestamp) || typeof message !== 'string') return undefined
    timestamps.push(epochMillis(timestamp as number))
    messages.push(message)
  }
  return { input: { logGroupName, logStreamName, sequenceToken }, timestamps, messages }
}

const columnsOf = ({ logEvents = [], ...input }: PutLogEventsCommandInput): DecodedLogs => ({
  input,
  // What is missing is found by whoever checks the limits.
  timestamps: logEvents.map(({ timestamp }) => epochMillis(timestamp ?? NaN)),
  messages: logEvents.map(({ message }) => message ?? ''),
})
