import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gunzipSync } from 'node:zlib'
import { onTestFinished } from 'vitest'
import type { Call, Operation, Service } from '../src/services/operation.ts'
import { Fault } from '../src/wire/fault.ts'
import type { WireReply, WireRequest } from '../src/wire/protocol.ts'
import { recogniser } from '../src/wire/recognise.ts'
import { encodeOutput } from '../src/wire/reply.ts'

/** Services behind the real protocols on a local port, without signatures: the caller is whoever `call` says. Answers the address. */
export const served = async (services: readonly Service[], call: () => Call): Promise<string> => {
  const recognise = recogniser(services)
  const answer = async (request: WireRequest): Promise<WireReply> => {
    const found = recognise(request)
    if (found.kind === 'foreign') throw new Error(`not recognised: ${request.method} ${request.path}`)
    const context = { requestId: 'request-1', service: found.service, operation: found.kind === 'operation' ? found.schema : undefined }
    if (found.kind === 'refused') return found.protocol.encodeFault(found.fault, context)
    try {
      const output = await (found.operation as Operation).run(found.protocol.decode(request, found.schema) as never, call())
      return encodeOutput(found.protocol, output, found.schema, context)
    } catch (error) {
      if (error instanceof Fault) return found.protocol.encodeFault(error, context)
      throw error
    }
  }
  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = []
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
    incoming.on('end', () => {
      const [path = '/', query = ''] = incoming.url!.split('?')
      const raw = Buffer.concat(chunks)
      const body = incoming.headers['content-encoding'] === 'gzip' ? gunzipSync(raw) : raw
      const headers = Object.fromEntries(Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]))
      answer({ method: incoming.method!, path, query, headers, body }).then(
        reply => outgoing.writeHead(reply.status, reply.headers).end(reply.body),
        (error: unknown) => outgoing.writeHead(500).end(String(error)),
      )
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => new Promise<void>(resolve => server.close(() => resolve())))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}
