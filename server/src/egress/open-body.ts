import { request as httpRequest, type Agent, type IncomingMessage } from 'node:http'
import { request as httpsRequest } from 'node:https'
import type { LookupFunction } from 'node:net'
import { Readable } from 'node:stream'
import type { Target } from './target.ts'

/** An answer whose body is read as it comes, as slowly as the reader likes. */
export interface OpenedBody {
  readonly status: number
  /** What the body is said to be. */
  readonly contentType: string | undefined
  readonly body: AsyncIterable<Uint8Array>
}

/** A body to be put; its length is in the headers. */
export type Upload = AsyncIterable<Uint8Array>

/** How long nothing may come, in milliseconds. */
const SILENCE = 30_000

interface Options {
  readonly target: Target
  readonly headers: Readonly<Record<string, string>>
  readonly agent: Agent
  readonly lookup: LookupFunction
  readonly upload: Upload | undefined
}

/** A GET, or a PUT of what is to be uploaded, whose answer may be of any size. Rejects with what went wrong; so does the body where it breaks off. */
export const openBody = async ({ target, headers, agent, lookup, upload }: Options): Promise<OpenedBody> => {
  const message = await new Promise<IncomingMessage>((resolve, reject) => {
    const request = (target.secure ? httpsRequest : httpRequest)({
      agent, lookup, method: upload === undefined ? 'GET' : 'PUT', host: target.host, port: target.port, path: target.path, headers,
    })
    request.setTimeout(SILENCE, () => request.destroy(new Error(`${target.host} says nothing any more`)))
    request.on('response', resolve)
    request.on('error', reject)
    if (upload === undefined) {
      request.end()
      return
    }
    const source = Readable.from(upload)
    source.on('error', error => request.destroy(error))
    // An answer may come before all was sent; nobody wants the rest then.
    request.on('close', () => source.destroy())
    source.pipe(request)
  })
  return { status: message.statusCode ?? 0, contentType: message.headers['content-type'], body: message as AsyncIterable<Uint8Array> }
}
