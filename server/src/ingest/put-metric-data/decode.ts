import type { PutMetricDataCommandInput } from '@aws-sdk/client-cloudwatch'
import type { Entropy } from '../../base/entropy.ts'
import type { MetricColumns, SeriesNumbers } from '../../model/metric-columns.ts'
import type { AdmitPut, DecodedPut, DecodePut, MetricProtocol, PutRequest } from '../../model/metric-intake.ts'
import { CborScanner } from './cbor.ts'
import { inflate } from './inflate.ts'
import { JsonScanner } from './json.ts'
import { QueryScanner } from './query.ts'
import { SeriesCaches } from './series-caches.ts'
import { validate } from './validate.ts'

/** The wire layer's own decoder for a PutMetricData body; throws a `Fault` for what it cannot read. */
export type GeneralDecode = (protocol: MetricProtocol, body: Uint8Array) => PutMetricDataCommandInput

/**
 * PutMetricData's decoder: bytes to columns by the scanner of the protocol, and what a scanner leaves alone by the general
 * decoder and the validation that knows AWS's texts. Both give the same columns for the same body.
 */
export const putMetricDataDecoder = (series: SeriesNumbers, general: GeneralDecode, entropy: Entropy): DecodePut => {
  const caches = new SeriesCaches(entropy)
  const scanners = {
    json: new JsonScanner(series, caches),
    cbor: new CborScanner(series, caches),
    query: new QueryScanner(series, caches),
  }
  return (request: PutRequest, columns: MetricColumns, admit: AdmitPut): DecodedPut => {
    const body = inflate(request.body, request.encoding)
    columns.clear()
    const namespace = scanners[request.protocol].scan(request.tenant, body, request.receivedAt, columns, admit)
    if (namespace !== undefined) return { namespace, failureMessage: undefined }
    columns.clear()
    return validate(general(request.protocol, body), request, series, columns, admit)
  }
}
