import type { Clock } from '../../base/clock.ts'
import type { Log } from '../../base/log.ts'
import type { Tenant } from '../../base/tenancy.ts'
import { epochMillis } from '../../base/time.ts'
import { readHlc } from '../../ingest/http-logs/hlc.ts'
import { BadLogBody, type HttpLogEvent } from '../../ingest/http-logs/http-log-events.ts'
import { readNdJson } from '../../ingest/http-logs/nd-json.ts'
import { readStructuredJson } from '../../ingest/http-logs/structured-json.ts'
import type { PutLogs } from '../../model/log-intake.ts'
import type { LogGroup, LogStream, RetentionOf } from '../../model/log.ts'
import { groupNotFound, streamNotFound } from '../../services/logs/faults.ts'
import { Fault } from '../../wire/fault.ts'
import type { WireReply } from '../../wire/protocol.ts'
import type { Authentication } from '../aws/authenticate.ts'
import { faultOf } from '../aws/fault-of.ts'
import type { ReceivedRequest } from '../aws/received-request.ts'
import { contentDecoded } from '../http/inflate.ts'
import { json, refusal } from '../operator/json-reply.ts'
import { LogPlaces } from '../otlp/log-places.ts'
import { authoriseSender, logSenderOf, requireTokens } from './log-sender.ts'

interface Parts {
  readonly authentication: Authentication
  readonly groups: {
    get(tenant: Tenant, name: string): LogGroup | undefined
    stream(group: number, name: string): Promise<LogStream | undefined>
  }
  readonly retentionOf: RetentionOf
  readonly sink: { accept(put: PutLogs): Promise<unknown> }
  readonly clock: Clock
  readonly log: Log
}

interface Endpoint {
  readonly types: readonly string[]
  readonly read: (body: string) => readonly HttpLogEvent[]
  /** Whether it is told how many events could not be stored. */
  readonly tells: boolean
}

const ENDPOINTS: ReadonlyMap<string, Endpoint> = new Map([
  ['/services/collector/event', { types: ['application/json'], read: readHlc, tells: false }],
  ['/ingest/bulk', { types: ['application/json', 'application/x-ndjson'], read: readNdJson, tells: true }],
  ['/ingest/json', { types: ['application/json'], read: readStructuredJson, tells: true }],
])

/** Of a request, as documented; bytes are counted once it is unpacked. */
const MOST_BYTES = 1_048_576
const MOST_EVENTS = 10_000

/** Log events in plain HTTP requests: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_HTTP_Endpoints.html */
export class HttpLogsApi {
  readonly #parts: Parts

  constructor(parts: Parts) {
    this.#parts = parts
  }

  /** Undefined: not one of its paths. */
  answer(request: ReceivedRequest): Promise<WireReply> | undefined {
    const endpoint = ENDPOINTS.get(request.path)
    return endpoint && this.#answer(request, endpoint)
  }

  async #answer(request: ReceivedRequest, endpoint: Endpoint): Promise<WireReply> {
    if (request.method !== 'POST') return refusal(405, 'Use POST.')
    const type = request.headers['content-type']?.split(';')[0]!.trim().toLowerCase() ?? ''
    if (!endpoint.types.includes(type)) return refusal(400, `The Content-Type must be ${endpoint.types.join(' or ')}.`)
    try {
      return await this.#take(request, endpoint)
    } catch (error) {
      if (error instanceof BadLogBody) return refusal(400, error.message)
      const fault = faultOf(error, 'http-logs', this.#parts.log)
      return refusal(STATUS.get(fault.code) ?? fault.status, fault.message)
    }
  }

  async #take(request: ReceivedRequest, { read, tells }: Endpoint): Promise<WireReply> {
    const { authentication, groups, retentionOf, sink, clock } = this.#parts
    const sender = await logSenderOf(authentication, request)
    const place = namedPlace(request)
    const now = clock.now()
    authoriseSender(sender, request, place.group, place.stream, now)
    const group = groups.get(sender.caller.tenant, place.group)
    if (group === undefined) throw groupNotFound()
    requireTokens(sender, group)
    if ((await groups.stream(group.id, place.stream)) === undefined) throw streamNotFound()
    const body = await contentDecoded(request.body, request.headers['content-encoding'])
    if (body.length > MOST_BYTES) throw new Fault('RequestEntityTooLarge', `The request is larger than ${MOST_BYTES} bytes.`, { status: 413 })
    const events = read(body.toString('utf8'))
    if (events.length > MOST_EVENTS) throw new BadLogBody(`The request has more than ${MOST_EVENTS} events.`)
    const places = new LogPlaces(now, () => retentionOf(group).days)
    // PutLogEvents takes no empty message either.
    for (const { at, message } of events) if (message !== '') places.add(group.name, place.stream, epochMillis(at ?? now), message)
    for (const { stream, batches } of places.all()) {
      for (const batch of batches) await sink.accept({ group, stream, ...batch, hasEntity: place.hasEntity })
    }
    return json(200, !tells || places.rejected === 0 ? {} : { partialSuccess: { rejectedLogRecords: places.rejected, errorMessage: places.whyRejected } })
  }
}

const STATUS: ReadonlyMap<string, number> = new Map([['ResourceNotFoundException', 404], ['Throttling', 429]])

interface NamedPlace {
  readonly group: string
  readonly stream: string
  readonly hasEntity: boolean
}

/** Each by a header or a parameter, and not by both. */
const namedPlace = ({ headers, query }: ReceivedRequest): NamedPlace => {
  const parameters = new URLSearchParams(query)
  const named = (parameter: string, header: string): string => {
    const [inQuery, inHeader] = [parameters.get(parameter) ?? '', headers[header] ?? '']
    if (inQuery !== '' && inHeader !== '') throw new BadLogBody(`Send ${parameter} as a parameter or as the header ${header}, not as both.`)
    if (inQuery === '' && inHeader === '') throw new BadLogBody(`Send ${parameter} as a parameter, or the header ${header}.`)
    return inQuery === '' ? inHeader : inQuery
  }
  return { group: named('logGroup', 'x-aws-log-group'), stream: named('logStream', 'x-aws-log-stream'), hasEntity: parameters.has('entityName') }
}
