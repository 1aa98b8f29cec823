import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gunzipSync } from 'node:zlib'
import * as cloudwatch from '@aws-sdk/client-cloudwatch'
import * as logs from '@aws-sdk/client-cloudwatch-logs'
import * as sns from '@aws-sdk/client-sns'
import * as sts from '@aws-sdk/client-sts'
import * as xray from '@aws-sdk/client-xray'
import { systemClock } from '../../src/base/clock.ts'
import { Fault } from '../../src/wire/fault.ts'
import type { WireReply, WireRequest } from '../../src/wire/protocol.ts'
import type { WireService } from '../../src/wire/service.ts'
import { recogniser } from '../../src/wire/recognise.ts'
import { SignatureVerifier } from '../../src/wire/sigv4/verify.ts'

export const CREDENTIALS = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' }

/** Every operation of the model counts as built, save those named. */
const service = (
  schemas: Readonly<Record<string, unknown>>,
  fields: Omit<WireService, 'schemas' | 'operations'>,
  unbuilt: readonly string[] = [],
): WireService => ({
  ...fields,
  schemas,
  operations: Object.entries(schemas)
    .filter(([name, value]) => name.endsWith('$') && Array.isArray(value) && value[0] === 9)
    .map(([name]) => ({ name: name.slice(0, -1) }))
    .filter(({ name }) => !unbuilt.includes(name)),
})

export const services: readonly WireService[] = [
  service(
    cloudwatch,
    {
      signingNames: ['monitoring'],
      targetPrefix: 'GraniteServiceVersion20100801',
      queryVersion: '2010-08-01',
      xmlNamespace: 'http://monitoring.amazonaws.com/doc/2010-08-01/',
      queryCompatible: true,
    },
    ['PutMetricStream'],
  ),
  service(sns, {
    signingNames: ['sns'],
    targetPrefix: undefined,
    queryVersion: '2010-03-31',
    xmlNamespace: 'http://sns.amazonaws.com/doc/2010-03-31/',
    queryCompatible: false,
  }),
  service(sts, {
    signingNames: ['sts'],
    targetPrefix: undefined,
    queryVersion: '2011-06-15',
    xmlNamespace: 'https://sts.amazonaws.com/doc/2011-06-15/',
    queryCompatible: false,
  }),
  service(logs, {
    signingNames: ['logs'],
    targetPrefix: 'Logs_20140328',
    queryVersion: undefined,
    xmlNamespace: undefined,
    queryCompatible: false,
  }),
  service(xray, {
    signingNames: ['xray'],
    targetPrefix: undefined,
    queryVersion: undefined,
    xmlNamespace: undefined,
    queryCompatible: false,
  }),
]

const recognise = recogniser(services)

/** What a request came to: the input as decoded, or the answer that refused it. */
export const answer = (request: WireRequest, handle: (input: unknown, name: string) => unknown, requestId = 'a-request'): WireReply | undefined => {
  const found = recognise(request)
  if (found.kind === 'foreign') return undefined
  const context = { requestId, service: found.service, operation: found.kind === 'operation' ? found.schema : undefined }
  if (found.kind === 'refused') return found.protocol.encodeFault(found.fault, context)
  try {
    return found.protocol.encode(handle(found.protocol.decode(request, found.schema), found.operation.name), found.schema, context)
  } catch (error) {
    if (error instanceof Fault) return found.protocol.encodeFault(error, context)
    throw error
  }
}

export interface EchoServer {
  readonly endpoint: string
  /** The last decoded input, as the operation would have seen it. */
  readonly seen: { input: unknown; name: string }
  /** The next outputs: a value, or a Fault to be thrown. */
  reply: unknown
  readonly replies: WireReply[]
  close(): Promise<void>
}

/** A listener that is nothing but the wire layer: it verifies, decodes, remembers, and answers what it was told to. */
export const startEchoServer = async (): Promise<EchoServer> => {
  const verifier = new SignatureVerifier()
  const seen = { input: undefined as unknown, name: '' }
  const replies: WireReply[] = []
  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = []
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
    incoming.on('end', () => void respond())
    const respond = async () => {
      const raw = Buffer.concat(chunks)
      const [path = '/', query = ''] = (incoming.url ?? '/').split('?', 2)
      const headers = incoming.headers as Readonly<Record<string, string | undefined>>
      const body = headers['content-encoding'] === 'gzip' ? gunzipSync(raw) : raw
      const request = { method: incoming.method ?? 'GET', path, query, headers, body }
      await verifier.verify({
        request,
        body: raw,
        now: systemClock.now(),
        signingNames: undefined,
        lookup: id => (id === CREDENTIALS.accessKeyId ? { secret: CREDENTIALS.secretAccessKey, status: 'Active', temporary: undefined } : undefined),
      })
      const handle = (input: unknown, name: string): unknown => {
        Object.assign(seen, { input, name })
        if (echo.reply instanceof Error) throw echo.reply
        return echo.reply
      }
      const reply = answer(request, handle) ?? { status: 404, headers: {}, body: 'foreign' }
      replies.push(reply)
      outgoing.writeHead(reply.status, reply.headers).end(reply.body)
    }
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const close = () =>
    new Promise<void>(resolve => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  const echo: EchoServer = { endpoint: `http://127.0.0.1:${port}`, seen, reply: {}, replies, close }
  return echo
}
