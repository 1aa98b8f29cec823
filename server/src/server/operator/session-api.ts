import { z } from 'zod'
import type { Clock } from '../../base/clock.ts'
import type { AccountId, Region } from '../../base/tenancy.ts'
import { isoTime } from '../../base/time.ts'
import type { Principal } from '../../model/principal.ts'
import type { WireReply } from '../../wire/protocol.ts'
import { CSRF_HEADER } from '../aws/authenticate.ts'
import type { ReceivedRequest } from '../aws/received-request.ts'
import { sameText, type ConsoleSession, type ConsoleSessions } from '../access/console-sessions.ts'
import type { Principals } from '../access/principals.ts'
import { json, refusal } from './json-reply.ts'

const SignIn = z.object({
  accessKeyId: z.string().min(1).max(128),
  secretAccessKey: z.string().min(1).max(256),
  sessionToken: z.string().max(4096).optional(),
})

interface Parts {
  readonly clock: Clock
  readonly sessions: ConsoleSessions
  readonly principals: Principals
  readonly region: Region
  /** Undefined when signatures are checked; else the account everybody is root of. */
  readonly openAccount: AccountId | undefined
}

/** `/api/session`: signing in and out of the console with an access key. */
export class SessionApi {
  readonly #parts: Parts

  constructor(parts: Parts) {
    this.#parts = parts
  }

  answer(request: ReceivedRequest): Promise<WireReply> | undefined {
    return request.path === '/api/session' ? this.#answer(request) : undefined
  }

  async #answer(request: ReceivedRequest): Promise<WireReply> {
    switch (request.method) {
      case 'GET':
        return this.#show(request)
      case 'POST':
        return this.#signIn(request)
      case 'DELETE':
        return this.#signOut(request)
      default:
        return refusal(405, 'Use GET, POST or DELETE.')
    }
  }

  async #show(request: ReceivedRequest): Promise<WireReply> {
    const { openAccount, region } = this.#parts
    if (openAccount !== undefined) return json(200, { account: openAccount, region, user: 'root', csrfToken: '', expiresAt: null })
    const session = this.#parts.sessions.find(request.headers['cookie'])
    const body = session === undefined ? undefined : await this.#describe(session)
    // Not an error: browsers would write every 401 to the console of whoever has yet to sign in.
    return body === undefined ? { status: 204, headers: { 'cache-control': 'no-store' }, body: '' } : json(200, body)
  }

  async #signIn(request: ReceivedRequest): Promise<WireReply> {
    // A form of another site can only send "simple" content types; JSON needs its permission first.
    if (request.headers['content-type']?.startsWith('application/json') !== true) return refusal(415, 'Send JSON.')
    const parsed = SignIn.safeParse(parseJson(request.body))
    if (!parsed.success) return refusal(400, 'Send accessKeyId and secretAccessKey.')
    const { accessKeyId, secretAccessKey, sessionToken } = parsed.data
    const now = this.#parts.clock.now()
    const credential = await this.#parts.principals.find(accessKeyId)
    const key = credential?.key
    // Compared also for unknown keys, so that the time taken tells nothing.
    const secretFits = sameText(secretAccessKey, key?.secret ?? '')
    const tokenFits = sameText(sessionToken ?? '', key?.temporary?.sessionToken ?? '') && (key?.temporary?.expiresAt ?? now + 1) > now
    if (key === undefined || !secretFits || !tokenFits) return refusal(403, 'The access key id or the secret access key is wrong.')
    const { session, cookie } = this.#parts.sessions.open(accessKeyId, sessionToken)
    return json(200, await this.#describe(session), { 'set-cookie': cookie })
  }

  #signOut(request: ReceivedRequest): WireReply {
    const session = this.#parts.sessions.find(request.headers['cookie'])
    if (session !== undefined && !sameText(request.headers[CSRF_HEADER] ?? '', session.csrfToken)) return refusal(403, `The ${CSRF_HEADER} header is missing.`)
    return { status: 204, headers: { 'set-cookie': this.#parts.sessions.close(request.headers['cookie']) }, body: '' }
  }

  async #describe(session: ConsoleSession): Promise<Readonly<Record<string, unknown>> | undefined> {
    const credential = await this.#parts.principals.find(session.accessKeyId)
    if (credential === undefined) return undefined
    const { principal } = credential
    return {
      account: principal.account,
      region: this.#parts.region,
      user: nameOf(principal),
      csrfToken: session.csrfToken,
      expiresAt: isoTime(session.expiresAt),
    }
  }
}

const nameOf = (principal: Principal): string => {
  switch (principal.kind) {
    case 'user':
      return principal.userName
    case 'session':
      return principal.name
    case 'root':
    case 'anonymous':
    case 'system':
      return principal.kind
  }
}

const parseJson = (body: Buffer): unknown => {
  try {
    return JSON.parse(body.toString('utf8'))
  } catch {
    return undefined // Not JSON: the schema refuses it.
  }
}
