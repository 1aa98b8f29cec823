import { BinaryWriter } from '@bufbuild/protobuf/wire'
import type { WireReply } from '../../wire/protocol.ts'

export type OtlpForm = 'protobuf' | 'json'

const CONTENT_TYPE: Readonly<Record<OtlpForm, string>> = { protobuf: 'application/x-protobuf', json: 'application/json' }
/** Seconds after which whoever was told to come again should. */
const RETRY_AFTER = '1'

/** What a request's content type says; undefined: neither. */
export const otlpForm = (contentType: string | undefined): OtlpForm | undefined => {
  const type = contentType?.split(';')[0]!.trim().toLowerCase()
  return type === 'application/x-protobuf' || type === 'application/protobuf' ? 'protobuf' : type === 'application/json' ? 'json' : undefined
}

/** An Export…ServiceResponse: all was taken, or all but so many records. */
export const otlpAnswer = (form: OtlpForm, rejected: number, why: string): WireReply => {
  if (form === 'json') {
    return reply(200, form, JSON.stringify(rejected === 0 ? {} : { partialSuccess: { rejectedLogRecords: String(rejected), errorMessage: why } }))
  }
  const writer = new BinaryWriter()
  if (rejected > 0) writer.uint32(tag(1, 2)).fork().uint32(tag(1, 0)).int64(rejected).uint32(tag(2, 2)).string(why).join()
  return reply(200, form, Buffer.from(writer.finish()))
}

/** A google.rpc.Status, as OTLP wants refusals. */
export const otlpRefusal = (form: OtlpForm, status: number, message: string): WireReply => {
  const code = CODES[status] ?? (status < 500 ? 3 : 13)
  const body = form === 'json'
    ? JSON.stringify({ code, message })
    : Buffer.from(new BinaryWriter().uint32(tag(1, 0)).int32(code).uint32(tag(2, 2)).string(message).finish())
  return reply(status, form, body, status === 429 || status === 503 ? { 'retry-after': RETRY_AFTER } : {})
}

/** https://github.com/googleapis/googleapis/blob/master/google/rpc/code.proto */
const CODES: Readonly<Record<number, number>> = { 400: 3, 401: 16, 403: 7, 404: 5, 429: 8, 500: 13, 503: 14 }

const tag = (field: number, wireType: number): number => field * 8 + wireType

const reply = (status: number, form: OtlpForm, body: string | Uint8Array, headers: Readonly<Record<string, string>> = {}): WireReply =>
  ({ status, headers: { 'content-type': CONTENT_TYPE[form], ...headers }, body })
