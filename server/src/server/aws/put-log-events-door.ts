import type { PutLogEventsCommandInput } from '@aws-sdk/client-cloudwatch-logs'
import { putLogEventsDecoder, type DecodedLogs } from '../../ingest/put-log-events/decode.ts'
import type { LogBody, LogForm } from '../../model/log-intake.ts'
import type { PutLogColumns } from '../../services/logs/put-log-events.ts'
import { groupResource } from '../../services/logs/group-of.ts'
import { awsJson11 } from '../../wire/aws-json/aws-json.ts'
import type { ProtocolName } from '../../wire/protocol.ts'
import { publishedSchemas } from '../../wire/published-schemas.ts'
import { rpcCbor } from '../../wire/rpc-cbor/rpc-cbor.ts'
import { operationSchema } from '../../wire/schema.ts'
import { encodingOf } from './content-encoding.ts'
import type { TelemetryDoor } from './telemetry-door.ts'

const FORMS: Readonly<Partial<Record<ProtocolName, Exclude<LogForm, 'list'>>>> = { 'aws-json-1.0': 'json', 'aws-json-1.1': 'json', 'rpc-v2-cbor': 'cbor' }

/** PutLogEvents: its body goes into the journal as it came, and its events to the store as columns. */
export const putLogEventsDoor = (decode: (body: LogBody) => DecodedLogs, put: PutLogColumns): TelemetryDoor => ({
  async take({ received, recognition, context, call, authorise }) {
    const { protocol, schema } = recognition
    const body: LogBody = { form: FORMS[protocol.name]!, encoding: encodingOf(received.headers['content-encoding']), bytes: received.body }
    const { input, ...events } = decode(body)
    authorise([groupResource(call.tenant, { logGroupName: input.logGroupName }, input.logStreamName)], {})
    return protocol.encode(await put({ ...input, ...events }, call, body), schema, context)
  },
})

const GENERAL = {
  json: { protocol: awsJson11, contentType: 'application/x-amz-json-1.1' },
  cbor: { protocol: rpcCbor, contentType: 'application/cbor' },
} as const

/** The decoder of bodies, for the door and for the journal. */
export const decodePutLogEvents = putLogEventsDecoder((form, body) => {
  const { protocol, contentType } = GENERAL[form]
  const request = { method: 'POST', path: '/', query: '', headers: { 'content-type': contentType }, body }
  return protocol.decode(request, operationSchema(publishedSchemas('client-cloudwatch-logs'), 'PutLogEvents')!) as PutLogEventsCommandInput
})
