import type { Clock } from '../../base/clock.ts'
import type { Log } from '../../base/log.ts'
import type { Tenant } from '../../base/tenancy.ts'
import type { EpochMillis } from '../../base/time.ts'
import type { LogGroup } from '../../model/log.ts'
import type { PutLogs } from '../../model/log-intake.ts'
import type { WireReply } from '../../wire/protocol.ts'
import { authorise } from '../aws/authorise.ts'
import type { Authentication, Caller } from '../aws/authenticate.ts'
import { contentDecoded } from '../http/inflate.ts'
import { faultOf } from '../aws/fault-of.ts'
import type { ReceivedRequest } from '../aws/received-request.ts'
import { json, refusal } from '../operator/json-reply.ts'
import { aggregateSeries, type MetricOperations } from './aggregate-series.ts'
import { listDatapoints, type EventPages } from './list-datapoints.ts'
import { OPENAPI } from './openapi.ts'
import { readPosted } from './read-posted.ts'
import { readQuery } from './read-query.ts'
import { LOG_GROUP, NAMESPACE, eventOf, type ServiceMetric } from './service-metric.ts'

interface Parts extends MetricOperations {
  readonly authentication: Authentication
  readonly groups: {
    get(tenant: Tenant, name: string): LogGroup | undefined
    /** Makes what is missing. */
    ensure(tenant: Tenant, name: string, stream: string, now: EpochMillis): Promise<LogGroup>
  }
  readonly sink: { accept(put: PutLogs): Promise<unknown> }
  readonly reads: EventPages
  readonly clock: Clock
  readonly log: Log
}

const PATH = '/metrics'

/** Metrics by service name, as a small REST API: `POST /metrics`, `GET /metrics`, `GET /openapi.json`. */
export class RestMetricsApi {
  readonly #parts: Parts

  constructor(parts: Parts) {
    this.#parts = parts
  }

  /** Undefined: not for this door; `GET /metrics` is, where JSON is wanted or anything is asked for. */
  answer(request: ReceivedRequest): Promise<WireReply> | undefined {
    const { path, method } = request
    const reads = method === 'GET' || method === 'HEAD'
    if (path === '/openapi.json') return Promise.resolve(reads ? json(200, OPENAPI) : notAllowed('GET, HEAD'))
    if (path !== PATH || (reads && !wantsJson(request))) return undefined
    return reads || method === 'POST' ? this.#answer(request) : Promise.resolve(notAllowed('GET, HEAD, POST'))
  }

  async #answer(request: ReceivedRequest): Promise<WireReply> {
    const { method } = request
    const { authentication, clock, log } = this.#parts
    try {
      const caller = await authentication.caller(request, request.body, undefined)
      const now = clock.now()
      const action = method === 'POST' ? 'cloudwatch:PutMetricData' : 'cloudwatch:GetMetricData'
      authorise({ ...caller, action, resources: ['*'], conditions: { 'cloudwatch:namespace': NAMESPACE }, received: request, now })
      return method === 'POST' ? await this.#post(request, caller.tenant, now) : await this.#get(request.query, caller, now)
    } catch (error) {
      const fault = faultOf(error, 'metrics', log)
      return json(fault.status, { message: fault.message, code: fault.code })
    }
  }

  async #post(request: ReceivedRequest, tenant: Tenant, now: EpochMillis): Promise<WireReply> {
    const posted = readPosted(await contentDecoded(request.body, request.headers['content-encoding']), now)
    if (posted.kind === 'problems') return json(400, { message: 'Nothing was taken.', problems: posted.problems })
    const { groups, sink } = this.#parts
    for (const [stream, metrics] of byService(posted.metrics)) {
      const group = await groups.ensure(tenant, LOG_GROUP, stream, now)
      await sink.accept({ group, stream, timestamps: metrics.map(({ timestamp }) => timestamp), messages: metrics.map(eventOf) })
    }
    return json(201, { accepted: posted.metrics.length })
  }

  async #get(text: string, caller: Caller, now: EpochMillis): Promise<WireReply> {
    const query = readQuery(text, now)
    if (typeof query === 'string') return refusal(400, query)
    const { groups, reads, ...operations } = this.#parts
    if (query.aggregate !== undefined) return json(200, await aggregateSeries(operations, query, query.aggregate, { ...caller, requestId: 'metrics', now }))
    return json(200, await listDatapoints(reads, groups.get(caller.tenant, LOG_GROUP), query))
  }
}

const notAllowed = (methods: string): WireReply => json(405, { message: `Use ${methods.split(', ').join(' or ')}.` }, { allow: methods })

/** Scrapers ask for text, browsers for anything; whoever asks for something in particular means this API. */
const wantsJson = ({ headers, query }: ReceivedRequest): boolean => query !== '' || headers['accept']?.includes('application/json') === true

const byService = (metrics: readonly ServiceMetric[]): ReadonlyMap<string, readonly ServiceMetric[]> =>
  Map.groupBy([...metrics].sort((a, b) => a.timestamp - b.timestamp), ({ serviceName }) => serviceName)
