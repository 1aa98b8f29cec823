import { Agent as HttpAgent } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import { isIP } from 'node:net'
import type { Clock } from '../base/clock.ts'
import type { OutgoingHttp, OutgoingRequest, OutgoingResult } from '../base/outgoing.ts'
import { millis, type Millis } from '../base/time.ts'
import type { AllowList } from './allow-list.ts'
import { exchange } from './exchange.ts'
import { openBody, type OpenedBody, type Upload } from './open-body.ts'
import { failureOf } from './failure.ts'
import { guardedLookup, refusal, systemResolver, type Resolver } from './guard.ts'
import { redirectOf } from './redirect.ts'
import { parseTarget, type Target } from './target.ts'

export interface EgressOptions {
  readonly clock: Clock
  readonly allow: AllowList
  /** Used where the request does not name its own. */
  readonly userAgent: string
  readonly resolve?: Resolver
  /** Certificates to trust besides the well-known ones (PEM). */
  readonly ca?: string
  readonly connectTimeout?: Millis
}

const CONNECT_TIMEOUT = millis(10_000)
const MAX_REDIRECTS = 3
/** Idle connections are dropped before the usual server does it (Node 5 s, Apache 5 s): a race then is rare. */
const IDLE_TIMEOUT = 4_000
const MAX_IDLE_PER_HOST = 16

/**
 * HTTP to servers that users name. Only http and https, only to addresses that were checked (see {@link guardedLookup}),
 * each redirect checked again, nothing read without a limit, no proxy, no cookie.
 */
export class Egress implements OutgoingHttp {
  readonly #options: EgressOptions
  readonly #resolve: Resolver
  readonly #plain: HttpAgent
  readonly #secure: HttpsAgent

  constructor(options: EgressOptions) {
    this.#options = options
    this.#resolve = options.resolve ?? systemResolver
    const pool = { keepAlive: true, timeout: IDLE_TIMEOUT, maxFreeSockets: MAX_IDLE_PER_HOST }
    this.#plain = new HttpAgent(pool)
    this.#secure = new HttpsAgent(options.ca === undefined ? pool : { ...pool, ca: options.ca })
  }

  async send(request: OutgoingRequest): Promise<OutgoingResult> {
    const deadline = this.#options.clock.now() + request.timeout
    let target = parseTarget(request.url)
    if (target === undefined) return { kind: 'failure', reason: 'refused', detail: 'the endpoint is not an http or https URL' }
    const { method, body } = request
    const headers: Record<string, string> = { 'user-agent': this.#options.userAgent, ...request.headers }
    for (let redirects = 0; ; redirects++) {
      const result = await this.#once(target, method, headers, body, millis(deadline - this.#options.clock.now()))
      if (result.kind === 'failure') return result
      const next = redirectOf(result, method, target)
      if (next === undefined) return result
      if (redirects === MAX_REDIRECTS) {
        return { kind: 'failure', reason: 'redirects', detail: `${target.host} redirects more than ${MAX_REDIRECTS} times` }
      }
      if (next.url.origin !== target.url.origin) delete headers.authorization
      target = next
    }
  }

  /** A GET of something large, as it comes, or a PUT of it. No redirect is followed. Rejects with what went wrong. */
  async open(url: string, headers: Readonly<Record<string, string>>, upload?: Upload): Promise<OpenedBody> {
    const { allow, userAgent } = this.#options
    const target = parseTarget(url)
    if (target === undefined) throw new Error('the endpoint is not an http or https URL')
    const refused = isIP(target.host) === 0 ? undefined : refusal(target.host, target, allow)
    if (refused !== undefined) throw new Error(refused)
    const agent = target.secure ? this.#secure : this.#plain
    return openBody({ target, headers: { 'user-agent': userAgent, ...headers }, agent, lookup: guardedLookup(target, allow, this.#resolve), upload })
  }

  /** Drops idle and active connections. */
  close(): void {
    this.#plain.destroy()
    this.#secure.destroy()
  }

  async #once(
    target: Target, method: 'GET' | 'POST', headers: Readonly<Record<string, string>>, body: string | undefined, timeout: Millis,
  ): Promise<OutgoingResult> {
    const { allow, clock, connectTimeout = CONNECT_TIMEOUT } = this.#options
    // Literal addresses never reach a look-up.
    const refused = isIP(target.host) === 0 ? undefined : refusal(target.host, target, allow)
    if (refused !== undefined) return { kind: 'failure', reason: 'refused', detail: refused }
    const authorised = target.authorization === undefined ? headers : { ...headers, authorization: target.authorization }
    const lookup = guardedLookup(target, allow, this.#resolve)
    const agent = target.secure ? this.#secure : this.#plain
    try {
      return await exchange({ target, method, headers: authorised, body, connectTimeout, timeout, clock, agent, lookup })
    } catch (error) {
      // node:http throws synchronously on header values and paths it will not send.
      return failureOf(error, 'resolve', target.host)
    }
  }
}
