import { alarmArn } from '../base/arn.ts'
import type { Log } from '../base/log.ts'
import { isWhole, type StreamedReply, type WireReply } from '../wire/protocol.ts'
import { authorise } from './aws/authorise.ts'
import type { Authentication } from './aws/authenticate.ts'
import type { AwsDoor } from './aws/aws-door.ts'
import { bareFault } from './aws/bare-fault.ts'
import { faultOf } from './aws/fault-of.ts'
import type { ReceivedRequest } from './aws/received-request.ts'
import { pageForPeople } from './http/confirmation-page.ts'
import type { ConsoleFiles } from './http/console-files.ts'
import { explainAlarm, explainedAlarm } from './operator/explanation-api.ts'
import { listDeliveries } from './operator/deliveries-api.ts'
import type { DropsApi } from './operator/drops-api.ts'
import { health, type PartHealth } from './operator/health.ts'
import { refusal } from './operator/json-reply.ts'
import type { SessionApi } from './operator/session-api.ts'
import type { OtlpLogsApi } from './otlp/otlp-logs-api.ts'
import type { PrometheusApi } from './prometheus/prometheus-api.ts'
import type { RestMetricsApi } from './rest-metrics/rest-metrics-api.ts'
import type { SelfMetrics } from './self-metrics.ts'
import type { Clock } from '../base/clock.ts'

interface Parts {
  readonly aws: AwsDoor
  readonly authentication: Authentication
  readonly session: SessionApi
  readonly deliveries: Parameters<typeof listDeliveries>[0]
  readonly prometheus: PrometheusApi
  readonly otlpLogs: OtlpLogsApi
  readonly drops: DropsApi
  readonly restMetrics: RestMetricsApi
  readonly explanations: Parameters<typeof explainAlarm>[0]
  readonly health: () => Readonly<Record<string, PartHealth>>
  readonly metrics: SelfMetrics
  readonly console: ConsoleFiles
  /** The picture of a message that a path names. */
  readonly pictureAt: (path: string) => Promise<Uint8Array | undefined>
  /** The certificate that a path of SNS's SigningCertURL names. */
  readonly certificateAt: (path: string) => string | undefined
  readonly clock: Clock
  readonly log: Log
}

/** A picture never changes; whoever has its name may keep it as long as it is kept here. */
const PNG = { 'content-type': 'image/png', 'cache-control': 'public, max-age=86400, immutable' }

/** Which door a request is for. What is not ours by its path is AWS's; what is not AWS's either is nowhere. */
export const router = (parts: Parts) => async (request: ReceivedRequest): Promise<StreamedReply> => {
  const reading = request.method === 'GET' || request.method === 'HEAD'
  if (request.path === '/health' && reading) return health(parts.health())
  const ofServices = await parts.restMetrics.answer(request)
  if (ofServices !== undefined) return ofServices
  if (request.path === '/metrics' && reading) return { status: 200, headers: { 'content-type': parts.metrics.contentType }, body: await parts.metrics.text() }
  if (request.path === '/api/session') return parts.session.answer(request)
  if (request.path === '/api/deliveries' && reading) return deliveries(parts, request)
  if (request.path === '/api/alarms/explanation' && reading) return explanation(parts, request)
  const queried = request.path.startsWith('/api/v1/') ? await parts.prometheus.answer(request) : undefined
  if (queried !== undefined) return queried
  const ofDrops = await parts.drops.answer(request)
  if (ofDrops !== undefined) return ofDrops
  const exported = await parts.otlpLogs.answer(request)
  if (exported !== undefined) return exported
  const certificate = reading ? parts.certificateAt(request.path) : undefined
  if (certificate !== undefined) return { status: 200, headers: { 'content-type': 'application/x-pem-file' }, body: certificate }
  const picture = reading ? await parts.pictureAt(request.path) : undefined
  if (picture !== undefined) return { status: 200, headers: PNG, body: picture }
  if (reading && request.query === '') {
    const file = parts.console.answer(request.path, request.headers)
    if (file !== undefined) return file
  }
  const answer = await parts.aws.answer(request)
  if (answer === undefined) return refusal(404, request.path === '/' && reading ? 'The console is not built: run npm run prepare.' : `There is nothing at ${request.path}.`)
  const action = followedLink(request)
  return action === undefined || !isWhole(answer) ? answer : pageForPeople(answer, action)
}

const deliveries = async ({ authentication, deliveries: log, clock, log: serverLog }: Parts, request: ReceivedRequest): Promise<WireReply> => {
  try {
    const caller = await authentication.caller(request, request.body, undefined)
    authorise({ ...caller, action: 'tocsin:ListDeliveries', resources: ['*'], conditions: {}, received: request, now: clock.now() })
    return await listDeliveries(log, caller, request.query)
  } catch (error) {
    return bareFault(faultOf(error, 'deliveries', serverLog))
  }
}

const explanation = async ({ authentication, explanations, clock, log }: Parts, request: ReceivedRequest): Promise<WireReply> => {
  try {
    const caller = await authentication.caller(request, request.body, undefined)
    const name = explainedAlarm(request.query)
    const resources = [name === undefined ? '*' : alarmArn(caller.tenant, name)]
    authorise({ ...caller, action: 'tocsin:ExplainAlarm', resources, conditions: {}, received: request, now: clock.now() })
    return await explainAlarm(explanations, caller, request.query, clock.now())
  } catch (error) {
    return bareFault(faultOf(error, 'explanation', log))
  }
}

/** A browser that follows a link out of a mail. */
const followedLink = ({ method, headers, query }: ReceivedRequest): 'ConfirmSubscription' | 'Unsubscribe' | undefined => {
  if (method !== 'GET' || headers['accept']?.includes('text/html') !== true) return undefined
  const action = new URLSearchParams(query).get('Action')
  return action === 'ConfirmSubscription' || action === 'Unsubscribe' ? action : undefined
}
