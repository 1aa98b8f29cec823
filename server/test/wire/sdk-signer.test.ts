import { createHash, createHmac } from 'node:crypto'
import { SignatureV4 } from '@smithy/signature-v4'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { epochMillis } from '../../src/base/time.ts'
import type { WireRequest } from '../../src/wire/protocol.ts'
import { SignatureVerifier, type SigningSecret } from '../../src/wire/sigv4/verify.ts'

/** What the signer wants of a hash: plain SHA-256, or an HMAC when it is given a key. */
class Sha256 {
  readonly #hash
  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.#hash = secret === undefined ? createHash('sha256') : createHmac('sha256', typeof secret === 'string' ? secret : bytesOf(secret))
  }
  update(data: string | ArrayBuffer | ArrayBufferView): void {
    this.#hash.update(typeof data === 'string' ? data : bytesOf(data))
  }
  digest(): Promise<Uint8Array> {
    return Promise.resolve(new Uint8Array(this.#hash.digest()))
  }
  reset(): void {
    throw new Error('never asked for')
  }
}
const bytesOf = (data: ArrayBuffer | ArrayBufferView): Uint8Array =>
  ArrayBuffer.isView(data) ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength) : new Uint8Array(data)

const NOW = epochMillis(Date.parse('2026-02-28T23:59:59Z'))
const TOKEN = 'a/session+token=='
const signer = (sessionToken?: string): SignatureV4 =>
  new SignatureV4({
    service: 'sns',
    region: 'eu-west-3',
    sha256: Sha256,
    credentials: { accessKeyId: 'ASIA/ODD', secretAccessKey: 's3cr3t/+', ...(sessionToken === undefined ? {} : { sessionToken }) },
  })

const verifier = new SignatureVerifier()
const verify = (request: WireRequest, temporary?: SigningSecret['temporary'], now = NOW) =>
  verifier.verify({
    request,
    body: request.body,
    now,
    signingNames: ['sns'],
    lookup: id => (id === 'ASIA/ODD' ? { secret: 's3cr3t/+', status: 'Active', temporary } : undefined),
  })

type Query = Record<string, string | string[]>

/** As node's http client would put it on the wire. */
const wire = (request: { method: string; path: string; query?: unknown; headers: Record<string, string> }, body: string): WireRequest => ({
  method: request.method,
  path: request.path,
  query: Object.entries((request.query ?? {}) as Query)
    .flatMap(([key, value]) => [value].flat().map(one => `${encodeURIComponent(key)}=${encodeURIComponent(one)}`))
    .join('&'),
  headers: Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value])),
  body: Buffer.from(body),
})

const unsigned = (path: string, query: Query, headers: Record<string, string>, body: string) => ({
  method: 'POST',
  protocol: 'http:',
  hostname: 'localhost',
  path,
  query,
  headers: { host: 'localhost:4566', ...headers },
  body,
})

const text = fc.string({ unit: 'grapheme', maxLength: 20 }).filter(value => value.isWellFormed())
const path = fc.array(text, { maxLength: 5 }).map(parts => `/${parts.map(encodeURIComponent).join('/')}`)
const query = fc.dictionary(text.filter(key => key !== '' && key !== '__proto__' && !/^x-amz-/i.test(key)), fc.oneof(text, fc.array(text, { minLength: 1, maxLength: 3 })), { maxKeys: 5 })
const headers = fc.dictionary(
  fc.stringMatching(/^x-h[a-z0-9-]{1,10}$/),
  fc.stringMatching(/^[ !-~]{0,20}$/).map(value => value),
  { maxKeys: 4 },
)

describe("requests signed by the SDK's own signer", () => {
  it('are accepted whatever is in them, and not when anything changes', async () => {
    await fc.assert(
      fc.asyncProperty(path, query, headers, text, async (somePath, someQuery, someHeaders, body) => {
        const signed = wire(await signer().sign(unsigned(somePath, someQuery, someHeaders, body), { signingDate: new Date(NOW) }), body)
        await expect(verify(signed)).resolves.toMatchObject({ accessKeyId: 'ASIA/ODD', region: 'eu-west-3', service: 'sns' })
        const changes: readonly WireRequest[] = [
          { ...signed, path: `${signed.path}/x` },
          { ...signed, query: `${signed.query}&x=1` },
          { ...signed, body: Buffer.from(`${body}x`) },
          { ...signed, headers: { ...signed.headers, host: 'elsewhere' } },
        ]
        for (const changed of changes) await expect(verify(changed)).rejects.toMatchObject({ code: 'SignatureDoesNotMatch' })
      }),
      { numRuns: 100 },
    )
  })

  it('are accepted as presigned URLs until they expire', async () => {
    await fc.assert(
      fc.asyncProperty(path, query, async (somePath, someQuery) => {
        const url = await signer().presign({ ...unsigned(somePath, someQuery, {}, ''), method: 'GET' }, { signingDate: new Date(NOW), expiresIn: 60 })
        const signed = wire(url, '')
        await expect(verify(signed, undefined, epochMillis(NOW + 60_000))).resolves.toBeDefined()
        await expect(verify(signed, undefined, epochMillis(NOW + 61_000))).rejects.toMatchObject({ message: expect.stringContaining('Signature expired') })
        const later = { ...signed, query: signed.query.replace('X-Amz-Expires=60', 'X-Amz-Expires=6000') }
        await expect(verify(later)).rejects.toMatchObject({ code: 'SignatureDoesNotMatch' })
      }),
      { numRuns: 50 },
    )
  })

  it('need their session token, in either form, while it lasts', async () => {
    const temporary = { sessionToken: TOKEN, expiresAt: epochMillis(NOW + 1000) }
    const request = unsigned('/', { Action: 'Publish' }, {}, '')
    const signed = [
      wire(await signer(TOKEN).sign(request, { signingDate: new Date(NOW) }), ''),
      wire(await signer(TOKEN).presign(request, { signingDate: new Date(NOW) }), ''),
    ]
    for (const one of signed) {
      await expect(verify(one, temporary)).resolves.toBeDefined()
      await expect(verify(one, temporary, epochMillis(NOW + 1000))).rejects.toMatchObject({ code: 'ExpiredToken', shape: 'ExpiredTokenException' })
      await expect(verify(one, { ...temporary, sessionToken: 'another' })).rejects.toMatchObject({ code: 'InvalidClientTokenId' })
      await expect(verify(one)).rejects.toMatchObject({ code: 'InvalidClientTokenId' })
    }
    await expect(verify(wire(await signer().sign(request, { signingDate: new Date(NOW) }), ''), temporary)).rejects.toMatchObject({ code: 'InvalidClientTokenId' })
  })

  it('may leave the body out of the signature', async () => {
    const request = unsigned('/', {}, { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' }, 'a')
    const signed = wire(await signer().sign(request, { signingDate: new Date(NOW) }), 'b')
    await expect(verify(signed)).resolves.toBeDefined()
    const { 'x-amz-content-sha256': _dropped, ...rest } = signed.headers
    await expect(verify({ ...signed, headers: rest })).rejects.toMatchObject({ code: 'SignatureDoesNotMatch' })
  })
})
