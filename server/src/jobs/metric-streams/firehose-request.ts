import type { OutgoingRequest } from '../../base/outgoing.ts'
import { millis, type EpochMillis } from '../../base/time.ts'
import { uuidOf } from '../../base/uuid-of.ts'
import type { StreamEndpoint } from '../../model/stream-endpoint.ts'

/** A receiver that takes longer is taken for dead (Firehose waits three minutes). */
const TIMEOUT = millis(30_000)

/**
 * What Amazon Data Firehose sends to an HTTP endpoint, so that receivers of metric streams need no change: records in base64 inside
 * JSON.
 */
export const firehoseRequest = (endpoint: StreamEndpoint, streamArn: string, record: Uint8Array, now: EpochMillis): OutgoingRequest => {
  const id = requestId(streamArn, record)
  return {
    url: endpoint.url,
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-amz-firehose-protocol-version': '1.0',
      'x-amz-firehose-request-id': id,
      'x-amz-firehose-source-arn': streamArn,
      ...(endpoint.accessKey === undefined ? {} : { 'x-amz-firehose-access-key': endpoint.accessKey }),
    },
    body: JSON.stringify({ requestId: id, timestamp: now, records: [{ data: Buffer.from(record).toString('base64') }] }),
    timeout: TIMEOUT,
  }
}

/** Made of the content: what is sent again has the id that it had. */
export const requestId = (streamArn: string, record: Uint8Array): string => uuidOf(streamArn, '\n', record)
