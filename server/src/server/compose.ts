import type { GetMetricDataCommandInput, GetMetricDataOutput, ListMetricsCommandInput, ListMetricsOutput } from '@aws-sdk/client-cloudwatch'
import { join } from 'node:path'
import type { Clock } from '../base/clock.ts'
import type { Entropy } from '../base/entropy.ts'
import type { Log } from '../base/log.ts'
import { accountId, region, type Tenant } from '../base/tenancy.ts'
import { toSeconds } from '../base/time.ts'
import { Egress } from '../egress/egress.ts'
import { ActionPlanner } from '../engines/alarms/actions.ts'
import { AlarmRounds } from '../jobs/alarm-rounds/alarm-rounds.ts'
import { Explanations } from '../jobs/alarm-rounds/explanations.ts'
import type { AlarmSources } from '../jobs/alarm-rounds/kinds/plans.ts'
import { BandTraining } from '../jobs/band-training/band-training.ts'
import { DeliveryWorker } from '../jobs/deliveries/worker.ts'
import { objectChores } from '../jobs/object-upkeep.ts'
import { MetricStreamRounds } from '../jobs/metric-streams/metric-stream-rounds.ts'
import { Upkeep } from '../jobs/upkeep.ts'
import { Dispatch } from '../notify/dispatch.ts'
import { noMailer } from '../notify/email/no-mailer.ts'
import { alarmPage } from '../notify/links.ts'
import { channels } from '../notify/registry.ts'
import { Signer } from '../notify/signing/signer.ts'
import { ConsoleSessions } from './access/console-sessions.ts'
import { Principals } from './access/principals.ts'
import { checkedAuthentication, openAuthentication } from './aws/authenticate.ts'
import { AwsDoor } from './aws/aws-door.ts'
import { AlarmFollowers } from './alarm-followers.ts'
import { AuditTrail } from './aws/audit-trail.ts'
import { ObjectDoor } from './aws/object-door.ts'
import { OperationRunner } from './aws/operation-runner.ts'
import { decodePutLogEvents, putLogEventsDoor } from './aws/put-log-events-door.ts'
import { AlarmLogs } from './alarm-logs.ts'
import { putMetricDataDoor } from './aws/put-metric-data-door.ts'
import type { Config } from './config/settings.ts'
import { ConsoleFiles } from './http/console-files.ts'
import type { ReceivedRequest } from './aws/received-request.ts'
import { AlarmPictures, reachableUrl } from './pictures/alarm-pictures.ts'
import { pictureDrawer } from './pictures/picture-drawer.ts'
import { PngRenderer } from './pictures/png-renderer.ts'
import { HttpLogsApi } from './http-logs/http-logs-api.ts'
import { OtlpLogsApi } from './otlp/otlp-logs-api.ts'
import { alarmPromql } from './prometheus/alarm-promql.ts'
import { basicAuthentication } from './prometheus/basic-authentication.ts'
import { PrometheusApi } from './prometheus/prometheus-api.ts'
import { PromqlQueries } from './prometheus/promql-queries.ts'
import { RestMetricsApi } from './rest-metrics/rest-metrics-api.ts'
import { DELIVERIES_API } from './operator/deliveries-api.ts'
import { DROPS_API } from './operator/drops-api.ts'
import { EXPLANATION_API } from './operator/explanation-api.ts'
import { health } from './operator/health.ts'
import { OperatorApi } from './operator/operator-api.ts'
import { SessionApi } from './operator/session-api.ts'
import { openDrops } from './drops/open-drops.ts'
import { s3Bucket } from './drops/s3-bucket.ts'
import { exportPlaces } from './exports/export-places.ts'
import { hostRounds } from './host-rounds.ts'
import { publicFiles, publicPage } from './house-door.ts'
import { countedSender, logArrivals } from './log-arrivals.ts'
import { openLogQueries } from './log-queries.ts'
import { logDefinitions } from './log-definitions.ts'
import { logMetricSink } from './log-metric-sink.ts'
import { operationOf } from './operation-of.ts'
import { policyOf } from './access/policy-of.ts'
import { router } from './router.ts'
import { scheduledQueries } from './scheduled-queries.ts'
import { RuleReports } from './rule-reports.ts'
import { selfMetrics } from './self-metrics.ts'
import { awsServices, objectService } from './services.ts'
import { InsightRuleMetrics } from '../services/cloudwatch/insight-rules/rule-metrics.ts'
import { getMetricData } from '../services/cloudwatch/get-metric-data.ts'
import { putLogColumns } from '../services/logs/put-log-events.ts'
import type { Stores } from './stores.ts'
import type { StreamedReply } from '../wire/protocol.ts'

/** The server's parts, joined; what is not in here does not happen. */
export interface Composition {
  answer(request: ReceivedRequest): Promise<StreamedReply>
  /** Requests whose bodies are streamed. */
  readonly objects: ObjectDoor
  /** Starts the clockwork. Resolves when alarms are caught up and the machine has been read once. */
  start(): Promise<void>
  /** Ends the clockwork; the stores stay open. */
  stop(): Promise<void>
}

interface Options {
  readonly config: Config
  readonly stores: Stores
  /** How links in messages reach the server. */
  readonly publicUrl: string
  readonly clock: Clock
  readonly entropy: Entropy
  readonly log: Log
}

const CONSOLE_FOLDER = join(import.meta.dirname, '../../../console/dist')

export const compose = async (options: Options): Promise<Composition> => {
  const { config, stores, publicUrl, clock, entropy, log } = options
  const { control } = stores
  const home: Tenant = { account: accountId(config.account), region: region(config.region) }
  const metrics = selfMetrics(stores)
  const arrivals = logArrivals({ stores, publicUrl, clock, entropy, log })

  const alarmUrl = (tenant: Tenant, name: string): string => alarmPage(publicUrl, tenant, name)
  const principals = new Principals(control.access, policyOf)
  const planner = new ActionPlanner(entropy, alarmUrl)
  const renderer = new PngRenderer(clock)
  const training = new BandTraining({ clock, entropy, log, book: control.anomalyDetectors, alarms: control.alarmBook, reads: stores.reads })
  const http = new Egress({ clock, allow: config.egressAllow, userAgent: 'Tocsin' })
  const places = exportPlaces(config.exports, { home, http, bodies: stores.bodies, clock, entropy })
  const definitions = logDefinitions({ stores, metrics: logMetricSink(stores.intake, clock), exportPlaces: places, clock, entropy, log })
  const logQueries = await openLogQueries({ stores, folder: config.data, clock, entropy, log })
  const schedules = scheduledQueries({ stores, searcher: logQueries.searcher, clock, entropy, log })
  const insightReports = new RuleReports({ groups: stores.logs.directory, parts: logQueries.parts, entropy })
  const ruleValues = new InsightRuleMetrics(control.insightRules, insightReports)
  const services = awsServices({ insightReports, stores, bands: training, planner, logQueries: logQueries.ports, logDefinitions: definitions.ports, entropy, pictures: pictureDrawer(renderer), tails: arrivals.tails, accessChanged: () => principals.forget() })

  const sessions = new ConsoleSessions(clock, entropy, publicUrl.startsWith('https:'))
  const open = config.auth === 'off'
  const authentication = open ? openAuthentication(home) : checkedAuthentication({ clock, principals, sessions, defaults: home })
  const runner = new OperationRunner(new AuditTrail(control.audit, log), clock)
  const aws = new AwsDoor({
    services,
    authentication,
    runner,
    telemetryDoors: new Map([
      ['cloudwatch.PutMetricData', putMetricDataDoor(stores.intake)],
      ['logs.PutLogEvents', putLogEventsDoor(decodePutLogEvents, putLogColumns(stores.logs.directory, stores.logs.intake, stores.logs.retentionOf))],
    ]),
    metrics,
    clock,
    entropy,
    log,
  })

  const hosts = ['localhost', new URL(publicUrl).hostname]
  const objects = new ObjectDoor({ service: objectService(stores, entropy, publicUrl), authentication, runner, hosts, metrics, clock, entropy, log })
  const signer = await Signer.open(control.settings, publicUrl, clock, entropy)
  const smtp = config.smtpUrl === undefined ? undefined : await smtpMailer(config.smtpUrl.href, publicUrl, clock)
  const mail = smtp ?? noMailer
  const queries = new PromqlQueries({ directory: stores.index, sums: stores.reads, clock })
  const pictures = new AlarmPictures({
    reads: stores.reads,
    alarms: control.alarms,
    getMetricData: getMetricData({ reads: stores.reads, directory: stores.index, bands: training, rules: ruleValues }),
    promql: queries,
    renderer,
    publicUrl: reachableUrl(config.publicUrl),
    clock,
    entropy,
    log,
  })
  const sender = countedSender(new Dispatch(channels, { clock, http, mail, signer, pictures, publicUrl }), arrivals)
  const deliveries = new DeliveryWorker({ queue: control.deliveryQueue, sender, clock, entropy, log })
  const sources: AlarmSources = {
    windows: stores.head,
    reads: stores.reads,
    sums: stores.reads,
    directory: stores.index,
    bands: training.models,
    promql: alarmPromql(queries),
    logs: new AlarmLogs({ groups: stores.logs.directory, parts: logQueries.parts, searcher: logQueries.searcher, clock, entropy }),
    rules: ruleValues,
  }
  const followers = new AlarmFollowers({ control, planner, clock, entropy, log })
  const rounds = new AlarmRounds({
    clock,
    log,
    book: control.alarmBook,
    topics: control.topics,
    mutes: followers.mutes,
    sources,
    planner,
  })
  followers.follow(rounds)
  const host = config.hostMetrics === 'off' ? undefined : hostRounds({ intervalSeconds: Number(config.hostMetrics), home, settings: control.settings, services, clock, entropy, log })
  const { metricStreams, tags } = control
  const streams = new MetricStreamRounds({ clock, entropy, log, http, streams: metricStreams, tags, directory: stores.index, reads: stores.reads })
  const drops = openDrops({ stores, folders: config.drops, remote: config.dropBuckets.map(bucket => s3Bucket(bucket, http, clock)), home, clock, log })
  const upkeep = new Upkeep({
    clock,
    log,
    chores: [
      { name: 'prune definitions and messages', run: () => control.prune() },
      ...objectChores({ clock, ...control, garbage: control.objectGarbage, feed: control.objectFeed, bodies: stores.bodies }),
      ...logQueries.chores,
      { name: 'roll metrics up', run: async () => (await stores.tables.rollUp(toSeconds(clock.now()))) > 0 },
      { name: 'sum metrics up', run: () => stores.tables.sumUp(toSeconds(clock.now())) },
      { name: 'remove log events', run: () => stores.logs.upkeep.run() },
      { name: 'write log events again', run: () => stores.logs.layout.run() },
      { name: 'expire metrics', run: async () => (await stores.tables.expire(toSeconds(clock.now())), false) },
    ],
  })

  const basic = open ? authentication : basicAuthentication({ authentication, principals, region: home.region })
  const operator = { authentication, clock, log }
  return {
    objects,
    answer: router({
      doors: [
        publicPage('/health', () => health({
          telemetry: { working: stores.telemetry.status().state === 'ready', ...stores.telemetry.status() },
          intake: {
            working: stores.intake.writer.trouble === undefined,
            state: stores.intake.writer.trouble ?? 'writing',
            waiting: stores.intake.writer.waiting,
            journalBytes: stores.journal.size,
          },
          logs: {
            working: stores.logs.intake.writer.trouble === undefined,
            state: stores.logs.intake.writer.trouble ?? 'writing',
            waiting: stores.logs.intake.writer.waiting,
          },
          logDrops: drops.health(),
          alarms: { working: true, state: 'evaluating', ...rounds.status },
          // A receiver that is away is its owner's matter: the server is well.
          metricStreams: { working: true, state: 'sending', ...streams.status },
          deliveries: { working: true, state: 'delivering', ...deliveries.counts() },
        })),
        // Before the server's own figures: `GET /metrics` is this one's where JSON is wanted.
        new RestMetricsApi({
          authentication: basic,
          groups: stores.logs.directory,
          sink: stores.logs.intake,
          reads: stores.logs.reads,
          listMetrics: operationOf<ListMetricsCommandInput, ListMetricsOutput>(services, 'cloudwatch', 'ListMetrics'),
          getMetricData: operationOf<GetMetricDataCommandInput, GetMetricDataOutput>(services, 'cloudwatch', 'GetMetricData'),
          clock,
          log,
        }),
        publicPage('/metrics', async () => ({ status: 200, headers: { 'content-type': metrics.contentType }, body: await metrics.text() })),
        new SessionApi({ clock, sessions, principals, region: home.region, openAccount: open ? home.account : undefined }),
        new OperatorApi(operator, DELIVERIES_API, control.deliveryLog),
        new OperatorApi(operator, EXPLANATION_API, new Explanations(control.alarms, sources)),
        new PrometheusApi({ authentication: basic, queries, directory: stores.index, clock, log }),
        new OperatorApi(operator, DROPS_API, { definitions: control.drops, changed: () => drops.changed(), audit: control.audit }),
        new HttpLogsApi({ authentication: basic, groups: stores.logs.directory, retentionOf: stores.logs.retentionOf, sink: stores.logs.intake, clock, log }),
        new OtlpLogsApi({ authentication: basic, groups: stores.logs.directory, retentionOf: stores.logs.retentionOf, sink: stores.logs.intake, clock, log }),
        publicFiles(path => signer.certificateAt(path), { 'content-type': 'application/x-pem-file' }),
        // A picture never changes; whoever has its name may keep it as long as it is kept here.
        publicFiles(path => pictures.at(path), { 'content-type': 'image/png', 'cache-control': 'public, max-age=86400, immutable' }),
      ],
      console: new ConsoleFiles(CONSOLE_FOLDER),
      aws,
    }),
    async start() {
      await deliveries.start()
      await host?.start()
      await followers.open()
      await training.start()
      await rounds.start()
      await followers.start()
      streams.start()
      definitions.start()
      arrivals.start()
      await drops.start()
      schedules.start()
      upkeep.start()
    },
    async stop() {
      await drops.stop()
      await Promise.all([upkeep.stop(), logQueries.stop(), schedules.stop(), definitions.stop(), arrivals.stop(), streams.stop(), host?.stop(), rounds.stop(), training.stop()])
      await followers.stop()
      await deliveries.stop()
      renderer.stop()
      http.close()
      smtp?.close()
    },
  }
}

/** Loaded only where a mail server is set: what speaks SMTP is a large library. */
const smtpMailer = async (smtpUrl: string, publicUrl: string, clock: Clock) => {
  const { SmtpMailer } = await import('../notify/email/smtp-mailer.ts')
  return new SmtpMailer(smtpUrl, publicUrl, clock)
}
