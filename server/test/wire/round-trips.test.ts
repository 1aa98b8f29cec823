import * as cloudwatch from '@aws-sdk/client-cloudwatch'
import * as logs from '@aws-sdk/client-cloudwatch-logs'
import * as sns from '@aws-sdk/client-sns'
import * as xray from '@aws-sdk/client-xray'
import { AwsJson1_0Protocol, AwsJson1_1Protocol, AwsQueryProtocol, AwsRestJsonProtocol, AwsSmithyRpcV2CborProtocol } from '@aws-sdk/core/protocols'
import { type HttpRequest, HttpResponse } from '@smithy/core/protocols'
import { fromBase64, fromUtf8, toBase64, toUtf8 } from '@smithy/core/serde'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { awsJson10, awsJson11 } from '../../src/wire/aws-json/aws-json.ts'
import { awsQuery } from '../../src/wire/aws-query/aws-query.ts'
import type { Protocol } from '../../src/wire/protocol.ts'
import type { WireService } from '../../src/wire/service.ts'
import { restJson } from '../../src/wire/rest-json/rest-json.ts'
import { rpcCbor } from '../../src/wire/rpc-cbor/rpc-cbor.ts'
import { operationSchema, type Shape } from '../../src/wire/schema.ts'
import { services } from './echo-server.ts'

/** The half of the SDK's protocol classes that is called here. */
interface SdkProtocol {
  serializeRequest(operation: object, input: object, context: object): Promise<HttpRequest>
  deserializeResponse(operation: object, context: object, response: HttpResponse): Promise<object>
}

const settings = (service: WireService, namespace: string) => ({
  defaultNamespace: namespace,
  errorTypeRegistries: [],
  xmlNamespace: service.xmlNamespace ?? '',
  version: service.queryVersion ?? '',
  serviceTarget: service.targetPrefix ?? 'X',
})

const serviceWith = (schemas: object): WireService => {
  const found = services.find(service => service.schemas === schemas)
  if (found === undefined) throw new Error('not among the services')
  return found
}
const [cw, logging, notifications, traces] = [cloudwatch, logs, sns, xray].map(serviceWith) as [WireService, WireService, WireService, WireService]

const pairs: readonly [name: string, service: WireService, ours: Protocol, theirs: SdkProtocol][] = [
  ['CloudWatch by AWS JSON 1.0', cw, awsJson10, new AwsJson1_0Protocol(settings(cw, 'com.amazonaws.cloudwatch'))],
  ['CloudWatch by query', cw, awsQuery, new AwsQueryProtocol(settings(cw, 'com.amazonaws.cloudwatch'))],
  ['CloudWatch by RPC CBOR', cw, rpcCbor, new AwsSmithyRpcV2CborProtocol(settings(cw, 'com.amazonaws.cloudwatch'))],
  ['Logs by AWS JSON 1.1', logging, awsJson11, new AwsJson1_1Protocol(settings(logging, 'com.amazonaws.cloudwatchlogs'))],
  ['SNS by query', notifications, awsQuery, new AwsQueryProtocol(settings(notifications, 'com.amazonaws.sns'))],
  ['X-Ray by REST-JSON', traces, restJson, new AwsRestJsonProtocol(settings(traces, 'com.amazonaws.xray'))],
] as unknown as readonly [string, WireService, Protocol, SdkProtocol][]

const context = {
  endpoint: () => Promise.resolve({ protocol: 'http:', hostname: 'localhost', path: '/' }),
  base64Decoder: fromBase64,
  base64Encoder: toBase64,
  utf8Decoder: fromUtf8,
  utf8Encoder: toUtf8,
  disableHostPrefix: true,
}

/** Characters that XML 1.0 can carry; the other protocols carry all. */
const xmlText = fc.string({ unit: 'grapheme-composite', maxLength: 12 }).map(text => text.replace(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, ''))
const anyText = fc.string({ unit: 'binary', maxLength: 12 })
const number = fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer(), fc.maxSafeInteger()).map(value => (value === 0 ? 0 : value))
const date = fc.date({ min: new Date('0001-01-01T00:00:00Z'), max: new Date('9999-12-31T23:59:59.999Z'), noInvalidDate: true })
const bytes = fc.uint8Array({ maxLength: 20 })

/** Values of a shape. `whole`: no empty structures and maps, of which a form has no trace. */
const valuesOf = (shape: Shape, xml: boolean, whole: boolean, depth = 0): fc.Arbitrary<unknown> => {
  const text = xml ? xmlText : anyText
  const inner = (next: Shape) => valuesOf(next, xml, whole, depth + 1)
  switch (shape.kind) {
    case 'structure': {
      const shallow = ({ kind }: Shape) => depth < 5 || kind === 'string' || kind === 'number'
      const members = shape.members.filter(({ shape: target }) => shallow(target) && !(whole && isEmpty(target)))
      const record = Object.fromEntries(members.map(({ name, shape: target }) => [name, inner(target)]))
      if (shape.union) return fc.oneof(...members.map(({ name, shape: target }) => inner(target).map(value => ({ [name]: value }))))
      // Left out, the SDK would make up tokens itself.
      const tokens = members.filter(({ traits }) => 'idempotencyToken' in traits).map(({ name }) => name)
      const some = fc.record(record, { requiredKeys: tokens }).map(value => ({ ...value }))
      return whole && members.length > 0 && depth > 0 ? some.filter(value => Object.keys(value).length > 0) : some
    }
    case 'list':
      return fc.array(inner(shape.item), { maxLength: 4 })
    case 'map': {
      const key = text.filter(name => name !== '__proto__')
      return fc.dictionary(key, inner(shape.value), { maxKeys: 3, minKeys: whole ? 1 : 0 }).map(value => ({ ...value }))
    }
    case 'string':
      return text
    case 'boolean':
      return fc.boolean()
    case 'blob':
      return bytes
    case 'timestamp':
      return date
    case 'document':
      return fc.jsonValue()
    case 'unit':
      return fc.constant({})
    default:
      return number
  }
}

const isEmpty = (shape: Shape): boolean => shape.kind === 'structure' && shape.members.length === 0

/** The SDK has a class of its own for bytes that it read. */
const plain = (value: unknown): unknown => {
  if (value instanceof Uint8Array) return Uint8Array.from(value)
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value !== 'object' || value === null || value instanceof Date) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]))
}

describe.each(pairs)('%s', (_name, service, ours, theirs) => {
  const operations = service.operations.flatMap(({ name }) => {
    const ofOurs = operationSchema(service.schemas, name)
    const raw = service.schemas[`${name}$`] as readonly [number, string, string, object | number, object, object]
    const [, namespace, operationName, traits, input, output] = raw
    if (ofOurs === undefined || /StartLiveTail|GetLogObject/.test(name)) return []
    return [{ ofOurs, ofTheirs: { namespace, name: operationName, traits, input, output } }]
  })
  const isQuery = ours === awsQuery

  it('reads what the SDK writes', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...operations).chain(operation => valuesOf(operation.ofOurs.input, false, isQuery).map(input => ({ operation, input: input as object }))),
        async ({ operation, input }) => {
          const smithy = { __smithy_context: { service: 'S', operation: operation.ofOurs.name } }
          const request = await theirs.serializeRequest(operation.ofTheirs, input, { ...context, ...smithy })
          const { body, headers, method, path } = request
          const raw = typeof body === 'string' ? Buffer.from(body) : ((body ?? new Uint8Array(0)) as Uint8Array)
          expect(ours.decode({ method, path, query: '', headers, body: raw }, operation.ofOurs)).toEqual(input)
        },
      ),
      { numRuns: 300 },
    )
  })

  it('is read by the SDK', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...operations).chain(operation => valuesOf(operation.ofOurs.output, isQuery, false).map(output => ({ operation, output }))),
        async ({ operation, output }) => {
          const { status, headers, body } = ours.encode(output, operation.ofOurs, { requestId: 'r', service, operation: operation.ofOurs })
          const response = new HttpResponse({ statusCode: status, headers: { ...headers }, body: typeof body === 'string' ? Buffer.from(body) : body })
          const { $metadata, ...read } = (await theirs.deserializeResponse(operation.ofTheirs, context, response)) as Record<string, unknown>
          expect($metadata).toMatchObject({ requestId: 'r' })
          expect(plain(read)).toEqual(output)
        },
      ),
      { numRuns: 300 },
    )
  })
})
