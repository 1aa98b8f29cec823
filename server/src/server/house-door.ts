import type { WireReply } from '../wire/protocol.ts'
import type { ReceivedRequest } from './aws/received-request.ts'
import { refusal } from './operator/json-reply.ts'

/** An address of the house's own, beside AWS's. */
export interface HouseDoor {
  /** Undefined, at once: the request is for another door. */
  answer(request: ReceivedRequest): Promise<WireReply> | undefined
}

/** A page that anybody may read. */
export const publicPage = (path: string, page: () => WireReply | Promise<WireReply>): HouseDoor => ({
  answer: request => (request.path === path && isReading(request) ? Promise.resolve(page()) : undefined),
})

/** Files that have their addresses from `fileAt`, which knows at once whether there is one; anybody may read them. */
export const publicFiles = (
  fileAt: (path: string) => Promise<string | Uint8Array | undefined> | string | undefined,
  headers: Readonly<Record<string, string>>,
): HouseDoor => ({
  answer: request => {
    const file = isReading(request) ? fileAt(request.path) : undefined
    return file === undefined ? undefined : fileReply(request.path, file, headers)
  },
})

export const isReading = ({ method }: ReceivedRequest): boolean => method === 'GET' || method === 'HEAD'

const fileReply = async (path: string, file: Promise<string | Uint8Array | undefined> | string, headers: Readonly<Record<string, string>>): Promise<WireReply> => {
  const body = await file
  return body === undefined ? refusal(404, `There is nothing at ${path}.`) : { status: 200, headers, body }
}
