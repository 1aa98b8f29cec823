import type { LogGroup } from '../../model/log.ts'
import { Fault } from '../../wire/fault.ts'
import type { ReceivedRequest } from '../aws/received-request.ts'

/** Tokens begin as CloudWatch Logs' own do; behind that stands the base64 of `ID:SECRET`, an access key. */
const TOKEN = /^bearer +ACWL([A-Za-z0-9+/]{1,1024}={0,2})$/i

/** The request with the key that its bearer token is made of, as Basic authorization; undefined: it has no token. Throws for what is none. */
export const withKeyOfToken = (request: ReceivedRequest): ReceivedRequest | undefined => {
  const { authorization } = request.headers
  if (authorization === undefined || !/^bearer /i.test(authorization)) return undefined
  const key = TOKEN.exec(authorization)?.[1]
  if (key === undefined || !Buffer.from(key, 'base64').includes(':')) throw new Fault('InvalidClientTokenId', 'The bearer token is not valid.', { status: 401 })
  return { ...request, headers: { ...request.headers, authorization: `Basic ${key}` } }
}

/** What whoever puts events has to be allowed. */
export const actionsOf = (withToken: boolean): readonly string[] => (withToken ? ['logs:PutLogEvents', 'logs:CallWithBearerToken'] : ['logs:PutLogEvents'])

/** Throws unless the group takes events of callers with tokens. */
export const requireTokens = (group: LogGroup | undefined): void => {
  if (group?.bearerTokens !== true) throw new Fault('AccessDenied', 'Bearer token authentication is not enabled for the log group.', { status: 403 })
}
