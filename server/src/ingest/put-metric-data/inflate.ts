import { gunzipSync } from 'node:zlib'
import { Fault } from '../../wire/fault.ts'
import type { BodyEncoding } from '../../model/metric-intake.ts'
import { Gunzipper } from './gunzipper.ts'
import { MAX_BODY_BYTES } from './limits.ts'

/** AWS's answer to a body over its limit. */
const tooLarge = (bytes: number | string): Fault =>
  new Fault('RequestEntityTooLarge', `Request size ${bytes} exceeded ${MAX_BODY_BYTES} bytes`, { status: 413 })

const gunzipper = new Gunzipper(MAX_BODY_BYTES)

/**
 * The body itself; an inflated one is valid until the next call. Inflating stops at the limit, so a small bomb cannot fill
 * the memory. A body is at most 1 MB: inflating it in place (about 0.15 ms for a thousand datums) costs less than handing it
 * to a thread and back.
 */
export const inflate = (body: Uint8Array, encoding: BodyEncoding): Uint8Array => {
  if (body.byteLength > MAX_BODY_BYTES) throw tooLarge(body.byteLength)
  if (encoding === 'identity') return body
  const inflated = gunzipper.inflate(body)
  if (inflated !== undefined) return inflated
  try {
    return gunzipSync(body, { maxOutputLength: MAX_BODY_BYTES })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge('(inflated)')
    throw new Fault('SerializationException', 'The request body is not valid gzip.', { cause: error })
  }
}
