import type { PutMetricDataCommandInput } from '@aws-sdk/client-cloudwatch'
import type { DecodedPut, MetricProtocol, PutRequest } from '../../model/metric-intake.ts'
import { awsJson10 } from '../../wire/aws-json/aws-json.ts'
import { awsQuery } from '../../wire/aws-query/aws-query.ts'
import type { Protocol, ProtocolName } from '../../wire/protocol.ts'
import { publishedSchemas } from '../../wire/published-schemas.ts'
import { rpcCbor } from '../../wire/rpc-cbor/rpc-cbor.ts'
import { operationSchema } from '../../wire/schema.ts'
import { encodingOf } from './content-encoding.ts'
import type { TelemetryDoor } from './telemetry-door.ts'

interface Intake {
  accept(request: PutRequest, admit: (namespace: string) => void): Promise<DecodedPut>
}

const FORMS: Readonly<Partial<Record<ProtocolName, MetricProtocol>>> = {
  'aws-json-1.0': 'json',
  'aws-json-1.1': 'json',
  'rpc-v2-cbor': 'cbor',
  'aws-query': 'query',
}

/** PutMetricData as bytes, from the socket to the journal. */
export const putMetricDataDoor = (intake: Intake): TelemetryDoor => ({
  async take({ received, recognition, context, call, authorise }) {
    const { protocol, schema } = recognition
    // Called by GET, the form stands in the query string.
    const byQuery = received.method === 'GET'
    const { failureMessage } = await intake.accept(
      {
        tenant: call.tenant,
        protocol: FORMS[protocol.name]!,
        encoding: byQuery ? 'identity' : encodingOf(received.headers['content-encoding']),
        body: byQuery ? Buffer.from(received.query) : received.body,
        receivedAt: call.now,
      },
      namespace => authorise(['*'], { 'cloudwatch:namespace': namespace }),
    )
    const reply = protocol.encode({}, schema, context)
    return failureMessage === undefined ? reply : { ...reply, headers: { ...reply.headers, 'x-amzn-failure-message': failureMessage } }
  },
})

const GENERAL: Readonly<Record<MetricProtocol, { readonly protocol: Protocol; readonly contentType: string }>> = {
  json: { protocol: awsJson10, contentType: 'application/x-amz-json-1.0' },
  cbor: { protocol: rpcCbor, contentType: 'application/cbor' },
  query: { protocol: awsQuery, contentType: 'application/x-www-form-urlencoded' },
}

/** The wire's own decoder, for bodies that the scanners leave alone. */
export const decodePutMetricData = (form: MetricProtocol, body: Uint8Array): PutMetricDataCommandInput => {
  const { protocol, contentType } = GENERAL[form]
  const request = { method: 'POST', path: '/', query: '', headers: { 'content-type': contentType }, body }
  return protocol.decode(request, operationSchema(publishedSchemas('client-cloudwatch'), 'PutMetricData')!) as PutMetricDataCommandInput
}
