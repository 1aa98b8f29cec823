import type { Clock } from '../../base/clock.ts'
import type { Log } from '../../base/log.ts'
import type { Tenant } from '../../base/tenancy.ts'
import { epochMillis, millis } from '../../base/time.ts'
import type { Labels } from '../../engines/promql/labels.ts'
import { TYPE_NAMES } from '../../engines/promql/plan.ts'
import { PromqlError } from '../../engines/promql/promql-error.ts'
import { LISTED_FOR } from '../../model/metric-limits.ts'
import type { WireReply } from '../../wire/protocol.ts'
import { authorise } from '../aws/authorise.ts'
import type { Authentication } from '../aws/authenticate.ts'
import { faultOf } from '../aws/fault-of.ts'
import type { ReceivedRequest } from '../aws/received-request.ts'
import { json } from '../operator/json-reply.ts'
import { instantResult, rangeResult } from './json-results.ts'
import type { PromqlQueries, QueryLimits } from './promql-queries.ts'
import { BadParameter, QueryParameters } from './query-parameters.ts'
import { selectSeries, type MetricDirectory } from './series-selection.ts'

interface Parts {
  readonly authentication: Authentication
  readonly queries: PromqlQueries
  readonly directory: MetricDirectory
  readonly clock: Clock
  readonly log: Log
}

/** Prometheus's limit of points a series, and ours of a query's cost: a second or two of the machine. */
const MOST_POINTS = 11_000
const SAMPLES = { total: 50_000_000, instant: 4_000_000 }
const LONGEST = millis(30_000)
/** So many queries may run at once; those that come then are told to come again. */
const MOST_RUNNING = 20
const MOST_LISTED = 100_000

type Call = (parameters: QueryParameters, tenant: Tenant) => Promise<unknown>

interface FoundCall {
  readonly action: string
  readonly call: Call
}

/** Prometheus's query API, as dashboards use it, over the caller's metrics. */
export class PrometheusApi {
  readonly #parts: Parts
  #running = 0

  constructor(parts: Parts) {
    this.#parts = parts
  }

  /** Undefined: none of its paths. */
  answer(request: ReceivedRequest): Promise<WireReply> | undefined {
    const found = this.#callOf(request.path)
    return found === undefined ? undefined : this.#answer(request, found)
  }

  async #answer(request: ReceivedRequest, found: FoundCall): Promise<WireReply> {
    if (request.method !== 'GET' && request.method !== 'POST') return refused(405, 'bad_data', 'Use GET or POST.')
    const { authentication, clock, log } = this.#parts
    if (this.#running >= MOST_RUNNING) return refused(503, 'unavailable', 'too many queries are running; try again')
    this.#running++
    try {
      const caller = await authentication.caller(request, request.body, undefined)
      authorise({ ...caller, action: found.action, resources: ['*'], conditions: {}, received: request, now: clock.now() })
      const form = request.headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true ? request.body.toString('utf8') : ''
      return json(200, { status: 'success', data: await found.call(new QueryParameters(request.query, form), caller.tenant) })
    } catch (error) {
      if (error instanceof BadParameter) return refused(400, 'bad_data', error.message)
      if (error instanceof PromqlError) return refused(error.kind === 'timeout' ? 503 : 422, error.kind, error.message)
      const fault = faultOf(error, 'prometheus', log)
      return refused(fault.status, fault.status < 500 ? 'bad_data' : fault.status === 503 ? 'unavailable' : 'internal', fault.message)
    } finally {
      this.#running--
    }
  }

  #callOf(path: string): FoundCall | undefined {
    switch (path) {
      case '/api/v1/query':
        return { action: 'cloudwatch:GetMetricData', call: (parameters, tenant) => this.#instant(parameters, tenant) }
      case '/api/v1/query_range':
        return { action: 'cloudwatch:GetMetricData', call: (parameters, tenant) => this.#range(parameters, tenant) }
      case '/api/v1/series':
        return { action: 'cloudwatch:ListMetrics', call: (parameters, tenant) => this.#series(parameters, tenant) }
      case '/api/v1/labels':
        return { action: 'cloudwatch:ListMetrics', call: (parameters, tenant) => this.#names(parameters, tenant) }
    }
    const label = VALUES_PATH.exec(path)?.[1]
    return label === undefined ? undefined : { action: 'cloudwatch:ListMetrics', call: (parameters, tenant) => this.#values(parameters, tenant, decoded(label)) }
  }

  async #instant(parameters: QueryParameters, tenant: Tenant): Promise<unknown> {
    const at = parameters.time('time', this.#parts.clock.now())
    return instantResult(await this.#parts.queries.instant(tenant, parameters.query(), at, limits(parameters)), at)
  }

  async #range(parameters: QueryParameters, tenant: Tenant): Promise<unknown> {
    const [start, end] = [parameters.time('start', undefined), parameters.time('end', undefined)]
    if (end < start) throw new BadParameter('invalid parameter "end": end timestamp must not be before start time')
    const step = parameters.duration('step', undefined)
    if (step <= 0) throw new BadParameter('invalid parameter "step": zero or negative query resolution step widths are not accepted. Try a positive integer')
    if ((end - start) / step > MOST_POINTS) {
      throw new BadParameter('exceeded maximum resolution of 11,000 points per timeseries. Try decreasing the query resolution (?step=XX)')
    }
    const plan = parameters.query()
    if (plan.type !== 'scalar' && plan.type !== 'vector') {
      throw new BadParameter(`invalid parameter "query": invalid expression type "${TYPE_NAMES[plan.type]}" for range query, must be Scalar or instant Vector`)
    }
    return rangeResult(await this.#parts.queries.range(tenant, plan, [start, end, step], limits(parameters)))
  }

  async #series(parameters: QueryParameters, tenant: Tenant): Promise<unknown> {
    if (parameters.matches().length === 0) throw new BadParameter('no match[] parameter provided')
    return (await this.#found(parameters, tenant)).slice(0, parameters.limit()).map(labels => labels.toRecord())
  }

  async #names(parameters: QueryParameters, tenant: Tenant): Promise<readonly string[]> {
    const found = await this.#found(parameters, tenant)
    return sorted(found.flatMap(({ pairs }) => pairs.map(([name]) => name))).slice(0, parameters.limit())
  }

  async #values(parameters: QueryParameters, tenant: Tenant, label: string): Promise<readonly string[]> {
    const found = await this.#found(parameters, tenant)
    return sorted(found.map(labels => labels.get(label)).filter(value => value !== '')).slice(0, parameters.limit())
  }

  /** The label sets that fit one of the selectors; all when there is none. */
  async #found(parameters: QueryParameters, tenant: Tenant): Promise<readonly Labels[]> {
    const { clock, directory } = this.#parts
    // As far back as ListMetrics.
    const since = parameters.time('start', epochMillis(clock.now() - LISTED_FOR))
    const selectors = parameters.matches()
    const found = new Map<string, Labels>()
    for (const matchers of selectors.length === 0 ? [[]] : selectors) {
      for (const { labels } of await selectSeries(directory, tenant, matchers, since)) found.set(labels.key, labels)
      if (found.size > MOST_LISTED) throw new PromqlError(`more than ${MOST_LISTED} series fit; narrow them down with match[]`)
    }
    return [...found.values()]
  }
}

const VALUES_PATH = /^\/api\/v1\/label\/([^/]+)\/values$/

const decoded = (label: string): string => {
  try {
    return decodeURIComponent(label)
  } catch {
    throw new BadParameter(`invalid label name: ${JSON.stringify(label)}`)
  }
}

const limits = (parameters: QueryParameters): QueryLimits => ({ samples: SAMPLES, time: millis(Math.min(LONGEST, parameters.duration('timeout', LONGEST))) })

const sorted = (texts: Iterable<string>): readonly string[] => [...new Set(texts)].sort()

const refused = (status: number, errorType: string, error: string): WireReply => json(status, { status: 'error', errorType, error })
