import type { Clock } from '../base/clock.ts'
import { basicTime } from '../wire/sigv4/claim.ts'
import { canonicalRequest } from '../wire/sigv4/canonical.ts'
import { ALGORITHM, type Credential } from '../wire/sigv4/credential.ts'
import { deriveSigningKey, sha256, sign, stringToSign } from '../wire/sigv4/signature.ts'
import { CommandError } from './command-error.ts'
import type { Credentials } from './credentials.ts'

interface Address {
  readonly url: URL
  readonly region: string
  readonly credentials: Credentials
}

/** A running server, as a signed caller sees it. */
export class Server {
  readonly #address: Address
  readonly #clock: Clock

  constructor(address: Address, clock: Clock) {
    this.#address = address
    this.#clock = clock
  }

  /** Answers the JSON of a GET; throws `CommandError` with the server's own words when it refuses. */
  async get(path: string, query: Readonly<Record<string, string>>): Promise<unknown> {
    const url = new URL(path, this.#address.url)
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
    const response = await this.#fetch(url)
    const text = await response.text()
    if (response.ok) return JSON.parse(text)
    const signedWith = response.status === 401 || response.status === 403 ? `\nSigned with ${this.#address.credentials.source}` : ''
    throw new CommandError(`${response.status}: ${messageIn(text)}${signedWith}`)
  }

  async #fetch(url: URL): Promise<Response> {
    try {
      return await fetch(url, { headers: this.#signed(url) })
    } catch (error) {
      const { cause } = error as Error
      throw new CommandError(`${url.origin} does not answer: ${String((cause as Error | undefined)?.message ?? error)}`)
    }
  }

  #signed(url: URL): Readonly<Record<string, string>> {
    const { region, credentials } = this.#address
    const timestamp = basicTime(this.#clock.now())
    const credential: Credential = { accessKeyId: credentials.accessKeyId, date: timestamp.slice(0, 8), region, service: 'tocsin' }
    const headers: Record<string, string> = { host: url.host, 'x-amz-date': timestamp }
    if (credentials.sessionToken !== undefined) headers['x-amz-security-token'] = credentials.sessionToken
    const names = Object.keys(headers).sort()
    const request = { method: 'GET', path: url.pathname, query: url.search.slice(1), headers, body: new Uint8Array(0) }
    const text = stringToSign(timestamp, credential, canonicalRequest(request, names, sha256('')))
    const signature = sign(deriveSigningKey(credentials.secretAccessKey, credential), text).toString('hex')
    const scope = `${credential.date}/${region}/${credential.service}/aws4_request`
    return {
      ...headers,
      authorization: `${ALGORITHM} Credential=${credential.accessKeyId}/${scope}, SignedHeaders=${names.join(';')}, Signature=${signature}`,
    }
  }
}

const messageIn = (text: string): string => {
  try {
    const { message, Message } = JSON.parse(text) as { readonly message?: string; readonly Message?: string }
    return message ?? Message ?? text
  } catch {
    return /<Message>(.*?)<\/Message>/s.exec(text)?.[1] ?? text
  }
}
