import type { Clock } from '../../base/clock.ts'
import type { Log } from '../../base/log.ts'
import type { Tenant } from '../../base/tenancy.ts'
import { epochMillis, type EpochMillis } from '../../base/time.ts'
import { otlpMessages, otlpPlace } from '../../ingest/otlp/log-event.ts'
import { readJsonLogs } from '../../ingest/otlp/logs-json.ts'
import { readProtobufLogs } from '../../ingest/otlp/logs-protobuf.ts'
import type { OtlpLogRecord } from '../../ingest/otlp/logs.ts'
import { BadOtlp } from '../../ingest/otlp/otlp-reading.ts'
import type { PutLogs } from '../../model/log-intake.ts'
import type { LogGroup, RetentionOf } from '../../model/log.ts'
import type { Fault } from '../../wire/fault.ts'
import type { WireReply } from '../../wire/protocol.ts'
import type { Authentication } from '../aws/authenticate.ts'
import { faultOf } from '../aws/fault-of.ts'
import type { ReceivedRequest } from '../aws/received-request.ts'
import { contentDecoded } from '../http/inflate.ts'
import { authoriseSender, logSenderOf, requireTokens } from '../http-logs/log-sender.ts'
import { otlpAnswer, otlpForm, otlpRefusal, type OtlpForm } from './otlp-reply.ts'
import { LogPlaces } from './log-places.ts'

interface Parts {
  readonly authentication: Authentication
  readonly groups: {
    get(tenant: Tenant, name: string): LogGroup | undefined
    /** Makes what is missing. */
    ensure(tenant: Tenant, name: string, stream: string, now: EpochMillis): Promise<LogGroup>
  }
  readonly retentionOf: RetentionOf
  readonly sink: { accept(put: PutLogs): Promise<unknown> }
  readonly clock: Clock
  readonly log: Log
}

const PATH = '/v1/logs'

/** The answer to a request that could not be read, so that no door has seen it. Undefined: it was not for this one. */
export const otlpRefused = ({ path, headers }: Pick<ReceivedRequest, 'path' | 'headers'>, { status, message }: Fault): WireReply | undefined =>
  path === PATH ? otlpRefusal(otlpForm(headers['content-type']) ?? 'json', status, message) : undefined

/** OTLP logs over HTTP: https://opentelemetry.io/docs/specs/otlp/#otlphttp */
export class OtlpLogsApi {
  readonly #parts: Parts

  constructor(parts: Parts) {
    this.#parts = parts
  }

  /** Undefined: not its path. */
  answer(request: ReceivedRequest): Promise<WireReply> | undefined {
    return request.path === PATH ? this.#answer(request) : undefined
  }

  async #answer(request: ReceivedRequest): Promise<WireReply> {
    const form = otlpForm(request.headers['content-type'])
    if (request.method !== 'POST') return otlpRefusal(form ?? 'json', 405, 'Use POST.')
    if (form === undefined) return otlpRefusal('json', 415, 'Send application/x-protobuf or application/json.')
    try {
      return await this.#take(request, form)
    } catch (error) {
      if (error instanceof BadOtlp) return otlpRefusal(form, 400, error.message)
      const fault = faultOf(error, 'otlp', this.#parts.log)
      // Exporters come again after 429, and never after 400.
      return otlpRefusal(form, fault.code === 'Throttling' ? 429 : fault.status, fault.message)
    }
  }

  async #take(request: ReceivedRequest, form: OtlpForm): Promise<WireReply> {
    const { authentication, groups, retentionOf, sink, clock } = this.#parts
    const sender = await logSenderOf(authentication, request)
    const { tenant } = sender.caller
    const body = await contentDecoded(request.body, request.headers['content-encoding'])
    const now = clock.now()
    const places = new LogPlaces(now, name => {
      const group = groups.get(tenant, name)
      return group && retentionOf(group).days
    })
    const named = namedPlace(request)
    for (const logs of form === 'json' ? readJsonLogs(body) : readProtobufLogs(body)) {
      const place = { ...otlpPlace(logs.resource), ...named }
      const messageOf = otlpMessages(logs)
      for (const record of logs.records) places.add(place.group, place.stream, timeOf(record, now), messageOf(record))
    }
    for (const { group, stream } of places.all()) {
      authoriseSender(sender, request, group, stream, now)
      requireTokens(sender, groups.get(tenant, group))
    }
    for (const { group: name, stream, batches } of places.all()) {
      const group = await groups.ensure(tenant, name, stream, now)
      for (const batch of batches) await sink.accept({ group, stream, ...batch })
    }
    return otlpAnswer(form, places.rejected, places.whyRejected)
  }
}

/** As CloudWatch's own OTLP endpoint is told where to. */
const namedPlace = ({ headers }: ReceivedRequest): { readonly group?: string; readonly stream?: string } => {
  const [group, stream] = [headers['x-aws-log-group'], headers['x-aws-log-stream']]
  return { ...(group === undefined || group === '' ? {} : { group }), ...(stream === undefined || stream === '' ? {} : { stream }) }
}

const NANOS = 1_000_000n

const timeOf = ({ timeUnixNano, observedTimeUnixNano }: OtlpLogRecord, now: EpochMillis): EpochMillis => {
  const at = timeUnixNano === 0n ? observedTimeUnixNano : timeUnixNano
  return at === 0n ? now : epochMillis(Number(at / NANOS))
}

