import { createHash, createHmac } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { Agent, request as httpRequest, type OutgoingHttpHeaders } from 'node:http'
import { join } from 'node:path'
import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3'
import { SignatureV4 } from '@smithy/signature-v4'
import { onTestFinished } from 'vitest'
import { systemEntropy } from '../src/base/entropy.ts'
import { silentLog } from '../src/base/log.ts'
import type { Tenant } from '../src/base/tenancy.ts'
import { epochMillis } from '../src/base/time.ts'
import { objectChores } from '../src/jobs/object-upkeep.ts'
import { ConsoleSessions } from '../src/server/access/console-sessions.ts'
import { policyOf } from '../src/server/access/policy-of.ts'
import { Principals } from '../src/server/access/principals.ts'
import { AuditTrail } from '../src/server/aws/audit-trail.ts'
import { checkedAuthentication, openAuthentication } from '../src/server/aws/authenticate.ts'
import { ObjectDoor } from '../src/server/aws/object-door.ts'
import { OperationRunner } from '../src/server/aws/operation-runner.ts'
import { crossOrigin } from '../src/server/http/cross-origin.ts'
import { listen } from '../src/server/http/listen.ts'
import { SelfMetrics } from '../src/server/self-metrics.ts'
import { s3 } from '../src/services/s3/service.ts'
import { BodyFiles } from '../src/store/objects/body-files.ts'
import { OURS, temporaryControl, temporaryFolder } from './temporary-control.ts'

export const SECRET = 'secretsecretsecretsecretsecretsecretsecret'
/** The SDK signs with the machine's time, so the clock stands there. */
export const NOW = epochMillis(Date.now())

const sha256 = (data: string | Buffer): string => createHash('sha256').update(data).digest('hex')

/** Every name is this machine: `bucket.localhost` is not known everywhere. */
const agent = new Agent({
  lookup: (_name, options, done) => {
    if (options.all === true) (done as unknown as (error: null, found: unknown) => void)(null, [{ address: '127.0.0.1', family: 4 }])
    else done(null, '127.0.0.1', 4)
  },
})

export interface RawReply {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly text: string
  readonly code: string | undefined
}

interface RawRequest {
  readonly method: string
  readonly path: string
  readonly headers?: OutgoingHttpHeaders
  readonly body?: readonly (string | Buffer)[]
  /** Breaks the connection off once the body is written. */
  readonly breakOff?: boolean
}

/** The real door, stores and listener, on a clock that is moved by hand. */
export const s3Server = async ({ open = false }: { readonly open?: boolean } = {}) => {
  const { store, clock } = temporaryControl()
  clock.step(NOW)
  const entropy = systemEntropy
  const folder = temporaryFolder()
  const bodies = await BodyFiles.open({ folder, freeBytes: () => 1e12, known: blobs => store.objectGarbage.known(blobs) })
  const { buckets, objects, uploads } = store
  const principals = new Principals(store.access, policyOf)
  const sessions = new ConsoleSessions(clock, entropy, false)
  const authentication = open ? openAuthentication(OURS) : checkedAuthentication({ clock, principals, sessions, defaults: OURS })
  const service = s3({ buckets, objects, uploads, bodies, entropy, publicUrl: 'http://localhost:4566' })
  const runner = new OperationRunner(new AuditTrail(store.audit, silentLog), clock)
  const door = new ObjectDoor({ service, authentication, runner, hosts: ['localhost'], metrics: new SelfMetrics(), clock, entropy, log: silentLog })
  const elsewhere = async () => ({ status: 418, headers: {}, body: 'elsewhere' })
  const listener = await listen({ host: '127.0.0.1', port: 0, answer: elsewhere, streams: door, crossOrigin: crossOrigin(!open), log: silentLog })
  onTestFinished(() => listener.close())
  const port = Number(new URL(listener.url).port)

  const keyOf = async (tenant: Tenant) => {
    const id = `AKIA${tenant.account}`
    const key = { account: tenant.account, id, secret: SECRET, status: 'Active' as const, userName: undefined, createdAt: clock.now(), temporary: undefined }
    await store.access.putKey(key)
    return { accessKeyId: id, secretAccessKey: SECRET }
  }

  const client = async (more: S3ClientConfig = {}, tenant: Tenant = OURS): Promise<S3Client> => {
    const credentials = await keyOf(tenant)
    const made = new S3Client({ endpoint: `http://localhost:${port}`, region: tenant.region, credentials, maxAttempts: 1, forcePathStyle: true, requestHandler: { httpAgent: agent }, ...more })
    onTestFinished(() => made.destroy())
    return made
  }

  const raw = ({ method, path, headers = {}, body = [], breakOff = false }: RawRequest): Promise<RawReply> =>
    new Promise((resolve, reject) => {
      const outgoing = httpRequest({ host: '127.0.0.1', port, method, path, headers: { host: 'localhost', ...headers } }, incoming => {
        const pieces: Buffer[] = []
        incoming.on('data', (piece: Buffer) => pieces.push(piece))
        incoming.on('end', () => {
          const text = Buffer.concat(pieces).toString()
          resolve({ status: incoming.statusCode!, headers: incoming.headers, text, code: /<Code>([^<]*)</.exec(text)?.[1] })
        })
      })
      outgoing.on('error', error => (breakOff ? resolve({ status: 0, headers: {}, text: '', code: undefined }) : reject(error)))
      for (const piece of body) outgoing.write(piece)
      if (breakOff) outgoing.write('', () => outgoing.destroy())
      else outgoing.end()
    })

  /** The headers of a signed request; `payload` is what it says of its body. */
  const signed = async (request: { method: string; path: string; query?: Record<string, string>; headers?: Record<string, string> }, payload: string) => {
    const signer = new SignatureV4({ service: 's3', region: OURS.region, credentials: await keyOf(OURS), sha256: Sha256, uriEscapePath: false, applyChecksum: false })
    const headers = { host: 'localhost', 'x-amz-content-sha256': payload, ...request.headers }
    const out = await signer.sign({ protocol: 'http:', hostname: 'localhost', path: request.path, query: request.query ?? {}, method: request.method, headers }, { signingDate: new Date(clock.now()) })
    return out.headers
  }

  /** The path and query of an address that is good for a minute. */
  const presigned = async ({ method, path, host = 'localhost', at = clock.now() }: { method: string; path: string; host?: string; at?: number }): Promise<string> => {
    const signer = new SignatureV4({ service: 's3', region: OURS.region, credentials: await keyOf(OURS), sha256: Sha256, uriEscapePath: false, applyChecksum: false })
    const request = { protocol: 'http:', hostname: host, path, query: {}, method, headers: { host, 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' } }
    const { query = {} } = await signer.presign(request, { expiresIn: 60, signingDate: new Date(at) })
    return `${path}?${Object.entries(query).map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`).join('&')}`
  }

  const files = (): readonly string[] => readdirSync(folder, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile()).map(({ name, parentPath }) => join(parentPath, name).slice(folder.length + 1))

  const chores = objectChores({ clock, ...store, garbage: store.objectGarbage, feed: store.objectFeed, bodies })
  /** As the upkeep's rounds do, until there is nothing more to do. */
  const upkeep = async (): Promise<void> => {
    for (const chore of chores) while (await chore.run());
  }
  return { client, raw, signed, presigned, files, upkeep, store, clock, keyOf }
}

/** What the signer wants of a hash. */
class Sha256 {
  #data = Buffer.alloc(0)
  readonly #secret: Buffer | undefined

  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.#secret = secret === undefined ? undefined : bytes(secret)
  }

  update(data: string | ArrayBuffer | ArrayBufferView): void {
    this.#data = Buffer.concat([this.#data, bytes(data)])
  }

  async digest(): Promise<Uint8Array> {
    return (this.#secret === undefined ? createHash('sha256') : createHmac('sha256', this.#secret)).update(this.#data).digest()
  }

  reset(): void {
    this.#data = Buffer.alloc(0)
  }
}

const bytes = (data: string | ArrayBuffer | ArrayBufferView): Buffer =>
  typeof data === 'string' ? Buffer.from(data) : ArrayBuffer.isView(data) ? Buffer.from(data.buffer, data.byteOffset, data.byteLength) : Buffer.from(data)

/** A body in signed chunks, as `STREAMING-AWS4-HMAC-SHA256-PAYLOAD` has it, chained from the request's own signature. */
export const sealedChunks = (authorization: string, timestamp: string, chunks: readonly string[], trailers?: Readonly<Record<string, string>>): string => {
  const [, date = '', region = ''] = /Credential=[^/]+\/(\d+)\/([^/]+)\//.exec(authorization) ?? []
  let previous = /Signature=([0-9a-f]+)/.exec(authorization)![1]!
  const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest()
  const key = hmac(hmac(hmac(hmac(`AWS4${SECRET}`, date), region), 's3'), 'aws4_request')
  const seal = (kind: string, what: string): string => {
    previous = hmac(key, `${kind}\n${timestamp}\n${date}/${region}/s3/aws4_request\n${previous}\n${what}`).toString('hex')
    return previous
  }
  let text = ''
  for (const chunk of [...chunks, '']) {
    const seal256 = seal('AWS4-HMAC-SHA256-PAYLOAD', `${sha256('')}\n${sha256(chunk)}`)
    text += `${Buffer.byteLength(chunk).toString(16)};chunk-signature=${seal256}\r\n${chunk}${chunk === '' ? '' : '\r\n'}`
  }
  if (trailers === undefined) return `${text}\r\n`
  const lines = Object.entries(trailers).map(([name, value]) => `${name}:${value}`)
  return `${text}${lines.map(line => `${line}\r\n`).join('')}x-amz-trailer-signature:${seal('AWS4-HMAC-SHA256-TRAILER', sha256(lines.map(line => `${line}\n`).join('')))}\r\n\r\n`
}
