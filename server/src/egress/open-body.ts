import { request as httpRequest, type Agent, type IncomingMessage } from 'node:http'
import { request as httpsRequest } from 'node:https'
import type { LookupFunction } from 'node:net'
import type { Target } from './target.ts'

/** An answer whose body is read as it comes, as slowly as the reader likes. */
export interface OpenedBody {
  readonly status: number
  readonly body: AsyncIterable<Uint8Array>
}

/** How long nothing may come, in milliseconds. */
const SILENCE = 30_000

interface Options {
  readonly target: Target
  readonly headers: Readonly<Record<string, string>>
  readonly agent: Agent
  readonly lookup: LookupFunction
}

/** A GET whose answer may be of any size. Rejects with what went wrong; so does the body where it breaks off. */
export const openBody = async ({ target, headers, agent, lookup }: Options): Promise<OpenedBody> => {
  const message = await new Promise<IncomingMessage>((resolve, reject) => {
    const request = (target.secure ? httpsRequest : httpRequest)({ agent, lookup, method: 'GET', host: target.host, port: target.port, path: target.path, headers })
    request.setTimeout(SILENCE, () => request.destroy(new Error(`${target.host} says nothing any more`)))
    request.on('response', resolve)
    request.on('error', reject)
    request.end()
  })
  return { status: message.statusCode ?? 0, body: message as AsyncIterable<Uint8Array> }
}
