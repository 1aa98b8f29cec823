import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Fault } from '../../wire/fault.ts'
import type { StreamedReply } from '../../wire/protocol.ts'

/** A sender, or a reader, that lets so many milliseconds pass without a byte is cut off. */
const IDLE = 60_000
/** What is not kept is read and thrown away up to here, so that the sender is there to read the refusal. */
const MAX_DISCARDED_BYTES = 64 * 1024 * 1024

/** The body as it comes. Whoever stops reading leaves the connection as it is, so that it can still be answered on. */
export const arriving = (request: IncomingMessage): AsyncIterable<Uint8Array> => {
  request.setTimeout(IDLE, () => request.destroy())
  return bytesOf(request)
}

async function* bytesOf(request: IncomingMessage): AsyncGenerator<Uint8Array> {
  try {
    for await (const bytes of request.iterator({ destroyOnReturn: false })) yield bytes as Buffer
  } catch (error) {
    throw new Fault('RequestTimeout', 'Your socket connection to the server was not read from or written to within the timeout period.', { cause: error })
  }
}

/** Resolves when all is written, or the reader has gone, which is nobody's failure. */
export const streamReply = async (
  response: ServerResponse,
  request: IncomingMessage,
  reply: StreamedReply,
  origin: Readonly<Record<string, string>>,
  keepAlive: boolean,
): Promise<void> => {
  const { body } = reply
  const whole = typeof body === 'string' || body instanceof Uint8Array
  if (response.headersSent || response.destroyed) {
    if (!whole) Readable.from(body).destroy()
    return
  }
  const headers: Record<string, string | number> = { ...reply.headers, ...origin }
  if (whole && reply.status !== 204 && reply.status !== 304 && headers['content-length'] === undefined) headers['content-length'] = Buffer.byteLength(body)
  if (!keepAlive) headers['connection'] = 'close'
  response.writeHead(reply.status, headers)
  if (whole) {
    response.end(request.method === 'HEAD' ? undefined : body)
    return
  }
  response.setTimeout(IDLE, () => response.destroy())
  try {
    await pipeline(Readable.from(body, { objectMode: false }), response)
  } catch (error) {
    // Nothing can be said any more but that it is not whole; a failure of ours is not to look like the reader's.
    const left = ['ERR_STREAM_PREMATURE_CLOSE', 'ECONNRESET', 'EPIPE'].includes((error as NodeJS.ErrnoException).code ?? '')
    response.destroy()
    if (!left) throw error
  }
}

/** Reads on what nobody wanted, up to a bound. */
export const drain = (request: IncomingMessage): void => {
  if (request.complete || request.destroyed) return
  let discarded = 0
  request.on('data', (bytes: Buffer) => {
    discarded += bytes.length
    if (discarded > MAX_DISCARDED_BYTES) request.destroy()
  })
  request.once('error', () => request.destroy())
}
