import { createHash, timingSafeEqual } from 'node:crypto'
import type { Clock } from '../../base/clock.ts'
import type { Entropy } from '../../base/entropy.ts'
import { epochMillis, type EpochMillis } from '../../base/time.ts'

/** Someone signed in at the console with an access key. */
export interface ConsoleSession {
  readonly accessKeyId: string
  readonly sessionToken: string | undefined
  /** Must come with every request that could change something: a page of another origin cannot know it. */
  readonly csrfToken: string
  readonly expiresAt: EpochMillis
}

const LIFETIME = 12 * 3600 * 1000
const MAX_SESSIONS = 10_000
const COOKIE = 'tocsin-session'

/**
 * Sessions of the console, kept in memory under the hash of their cookie: a restart signs everybody out, and a dump of
 * the server's files signs nobody in.
 */
export class ConsoleSessions {
  readonly #clock: Clock
  readonly #entropy: Entropy
  readonly #secure: boolean
  readonly #sessions = new Map<string, ConsoleSession>()

  /** `secure`: people reach the server over https, and the cookie may travel no other way. */
  constructor(clock: Clock, entropy: Entropy, secure: boolean) {
    this.#clock = clock
    this.#secure = secure
    this.#entropy = entropy
  }

  open(accessKeyId: string, sessionToken: string | undefined): { readonly session: ConsoleSession; readonly cookie: string } {
    this.#forgetOld()
    const secret = this.#secret()
    const session = { accessKeyId, sessionToken, csrfToken: this.#secret(), expiresAt: epochMillis(this.#clock.now() + LIFETIME) }
    this.#sessions.set(hash(secret), session)
    return { session, cookie: this.#setCookie(secret, LIFETIME / 1000) }
  }

  find(cookieHeader: string | undefined): ConsoleSession | undefined {
    const secret = cookieOf(cookieHeader)
    const session = secret === undefined ? undefined : this.#sessions.get(hash(secret))
    return session === undefined || session.expiresAt <= this.#clock.now() ? undefined : session
  }

  /** Signs out; answers the header that takes the cookie away. */
  close(cookieHeader: string | undefined): string {
    const secret = cookieOf(cookieHeader)
    if (secret !== undefined) this.#sessions.delete(hash(secret))
    return this.#setCookie('', 0)
  }

  #setCookie(value: string, maxAgeSeconds: number): string {
    return `${COOKIE}=${value}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${maxAgeSeconds}${this.#secure ? '; Secure' : ''}`
  }

  #secret(): string {
    return Buffer.from(this.#entropy.bytes(32)).toString('base64url')
  }

  #forgetOld(): void {
    for (const [key, { expiresAt }] of this.#sessions) {
      if (expiresAt <= this.#clock.now() || this.#sessions.size >= MAX_SESSIONS) this.#sessions.delete(key)
    }
  }
}

/** Constant-time equality of two texts. */
export const sameText = (a: string, b: string): boolean => timingSafeEqual(Buffer.from(hash(a)), Buffer.from(hash(b)))

const hash = (text: string): string => createHash('sha256').update(text).digest('hex')

const cookieOf = (header: string | undefined): string | undefined =>
  header
    ?.split(';')
    .map(pair => pair.trim())
    .find(pair => pair.startsWith(`${COOKIE}=`))
    ?.slice(COOKIE.length + 1)
