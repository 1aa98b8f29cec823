import type { Clock } from '../base/clock.ts'
import { basicTime } from '../wire/sigv4/claim.ts'
import { canonicalRequest } from '../wire/sigv4/canonical.ts'
import { ALGORITHM, type Credential } from '../wire/sigv4/credential.ts'
import { deriveSigningKey, sha256, sign, stringToSign } from '../wire/sigv4/signature.ts'
import { type Place, Refused, Unreachable } from './command-error.ts'
import type { Credentials } from './credentials.ts'

interface Address {
  readonly url: URL
  readonly region: string
  readonly credentials: Credentials
}

interface Request {
  readonly method: 'GET' | 'POST'
  readonly url: URL
  /** Whose name the signature bears. */
  readonly service: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** A running server, as a signed caller sees it. */
export class Server {
  readonly #address: Address
  readonly #clock: Clock

  constructor(address: Address, clock: Clock) {
    this.#address = address
    this.#clock = clock
  }

  /** Answers the JSON of a GET; throws `Refused` with the server's own words, or `Unreachable`. */
  async get(path: string, query: Readonly<Record<string, string>>): Promise<unknown> {
    const url = new URL(path, this.#address.url)
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
    return JSON.parse(await this.#answer({ method: 'GET', url, service: 'tocsin', headers: {}, body: '' }))
  }

  /** Calls an operation of CloudWatch Logs; throws as `get` does. */
  async logs<Answer>(operation: string, input: Readonly<Record<string, unknown>>): Promise<Answer> {
    const headers = { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': `Logs_20140328.${operation}` }
    const text = await this.#answer({ method: 'POST', url: new URL('/', this.#address.url), service: 'logs', headers, body: JSON.stringify(input) })
    return (text === '' ? {} : JSON.parse(text)) as Answer
  }

  async #answer(request: Request): Promise<string> {
    const response = await this.#fetch(request)
    const text = await response.text()
    if (response.ok) return text
    const { code, words, place } = refusalIn(text)
    // Logs says by a name what others say by a status.
    const isAboutSigner = response.status === 401 || response.status === 403 || /^(AccessDenied|UnrecognizedClient|InvalidSignature|ExpiredToken)/.test(code)
    const signedWith = isAboutSigner ? `\nSigned with ${this.#address.credentials.source}` : ''
    throw new Refused(`${response.status}: ${words}${signedWith}`, { status: response.status, code, place })
  }

  async #fetch(request: Request): Promise<Response> {
    const { method, url, body } = request
    try {
      return await fetch(url, { method, headers: this.#signed(request), ...(body !== '' && { body }) })
    } catch (error) {
      const { cause } = error as Error
      throw new Unreachable(`${url.origin} does not answer: ${String((cause as Error | undefined)?.message ?? error)}`)
    }
  }

  #signed({ method, url, service, headers: own, body }: Request): Readonly<Record<string, string>> {
    const { region, credentials } = this.#address
    const timestamp = basicTime(this.#clock.now())
    const credential: Credential = { accessKeyId: credentials.accessKeyId, date: timestamp.slice(0, 8), region, service }
    const headers: Record<string, string> = { ...own, 'host': url.host, 'x-amz-date': timestamp }
    if (credentials.sessionToken !== undefined) headers['x-amz-security-token'] = credentials.sessionToken
    const names = Object.keys(headers).sort()
    const request = { method, path: url.pathname, query: url.search.slice(1), headers, body: new TextEncoder().encode(body) }
    const text = stringToSign(timestamp, credential, canonicalRequest(request, names, sha256(body)))
    const signature = sign(deriveSigningKey(credentials.secretAccessKey, credential), text).toString('hex')
    const scope = `${credential.date}/${region}/${credential.service}/aws4_request`
    return {
      ...headers,
      authorization: `${ALGORITHM} Credential=${credential.accessKeyId}/${scope}, SignedHeaders=${names.join(';')}, Signature=${signature}`,
    }
  }
}

interface Refusal {
  readonly __type?: string
  readonly message?: string
  readonly Message?: string
  readonly queryCompileError?: { readonly message?: string; readonly location?: { readonly startCharOffset?: number; readonly endCharOffset?: number } }
}

const refusalIn = (text: string): { readonly code: string; readonly words: string; readonly place: Place | undefined } => {
  try {
    const { __type: type = '', message, Message, queryCompileError } = JSON.parse(text) as Refusal
    const { startCharOffset: start, endCharOffset } = queryCompileError?.location ?? {}
    const place = start === undefined || endCharOffset === undefined ? undefined : { start, end: Math.max(endCharOffset, start + 1) }
    const where = place === undefined ? '' : ` (characters ${place.start + 1} to ${place.end})`
    return { code: type.slice(type.indexOf('#') + 1), words: `${queryCompileError?.message ?? message ?? Message ?? text}${where}`, place }
  } catch {
    return { code: '', words: /<Message>(.*?)<\/Message>/s.exec(text)?.[1] ?? text, place: undefined }
  }
}
