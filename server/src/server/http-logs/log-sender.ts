import type { EpochMillis } from '../../base/time.ts'
import type { LogGroup } from '../../model/log.ts'
import { groupResource } from '../../services/logs/group-of.ts'
import { Fault } from '../../wire/fault.ts'
import type { Authentication, Caller } from '../aws/authenticate.ts'
import { authorise } from '../aws/authorise.ts'
import type { ReceivedRequest } from '../aws/received-request.ts'

/** Who sends log events over HTTP. */
export interface LogSender {
  readonly caller: Caller
  /** Whether a bearer token says so, and no signature or key. */
  readonly withToken: boolean
}

/** Throws where nobody says who he is, or somebody wrongly. */
export const logSenderOf = async (authentication: Authentication, request: ReceivedRequest): Promise<LogSender> => {
  const translated = withKeyOfToken(request)
  const caller = await authentication.caller(translated ?? request, request.body, undefined)
  if (caller.principal.kind === 'anonymous') {
    throw new Fault('MissingAuthenticationToken', 'Sign the request, or send an access key as Basic authorization or a bearer token.', { status: 401 })
  }
  return { caller, withToken: translated !== undefined }
}

/** Throws unless he may put events into the stream of a group. */
export const authoriseSender = ({ caller, withToken }: LogSender, received: ReceivedRequest, group: string, stream: string, now: EpochMillis): void => {
  const resources = [groupResource(caller.tenant, { logGroupName: group }, stream)]
  for (const action of withToken ? ['logs:PutLogEvents', 'logs:CallWithBearerToken'] : ['logs:PutLogEvents']) {
    authorise({ ...caller, action, resources, conditions: {}, received, now })
  }
}

/** Throws where he has a token, and the group takes no events of such. */
export const requireTokens = ({ withToken }: LogSender, group: LogGroup | undefined): void => {
  if (withToken && group?.bearerTokens !== true) throw new Fault('AccessDenied', 'Bearer token authentication is not enabled for the log group.', { status: 403 })
}

/** Tokens begin as CloudWatch Logs' own do; behind that stands the base64 of `ID:SECRET`, an access key. */
const TOKEN = /^bearer +ACWL([A-Za-z0-9+/]{1,1024}={0,2})$/i

/** The request with the key that its bearer token is made of, as Basic authorization; undefined: it has no token. Throws for what is none. */
const withKeyOfToken = (request: ReceivedRequest): ReceivedRequest | undefined => {
  const { authorization } = request.headers
  if (authorization === undefined || !/^bearer /i.test(authorization)) return undefined
  const key = TOKEN.exec(authorization)?.[1]
  if (key === undefined || !Buffer.from(key, 'base64').includes(':')) throw new Fault('InvalidClientTokenId', 'The bearer token is not valid.', { status: 401 })
  return { ...request, headers: { ...request.headers, authorization: `Basic ${key}` } }
}
