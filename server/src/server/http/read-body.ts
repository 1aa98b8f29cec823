import type { IncomingMessage } from 'node:http'
import { Fault } from '../../wire/fault.ts'

/** The largest body any door takes, as received. AWS's own limits (1 MB for PutMetricData) are below it and checked there. */
const MAX_BODY_BYTES = 8 * 1024 * 1024
/** What is beyond the largest body is read and thrown away up to here, so that the sender is there to read the refusal. */
const MAX_DISCARDED_BYTES = 64 * 1024 * 1024

/** The whole body as received. */
export const readBody = (request: IncomingMessage): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    let chunks: Buffer[] = []
    let size = 0
    request.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size <= MAX_BODY_BYTES) chunks.push(chunk)
      else chunks = []
      if (size > MAX_DISCARDED_BYTES) {
        reject(tooLarge())
        request.destroy()
      }
    })
    request.once('end', () => {
      if (size > MAX_BODY_BYTES) reject(tooLarge())
      else resolve(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks, size))
    })
    request.once('error', reject)
    request.once('close', () => {
      // Every request closes; an error, with its stack, is only made for one that was broken off.
      if (!request.complete) reject(new Fault('RequestTimeout', 'The request was broken off before its body was complete.'))
    })
  })

const tooLarge = (): Fault => new Fault('RequestEntityTooLarge', `The request is larger than ${MAX_BODY_BYTES} bytes.`, { status: 413 })
