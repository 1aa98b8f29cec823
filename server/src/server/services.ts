import type { Entropy } from '../base/entropy.ts'
import type { ActionPlanner } from '../engines/alarms/actions.ts'
import { alarmQueryProblem } from '../engines/promql/alarm-query.ts'
import { cloudWatch } from '../services/cloudwatch/service.ts'
import type { LogTails } from '../services/logs/ports.ts'
import type { LogDefinitionPorts } from '../services/logs/definitions/operations.ts'
import { logs } from '../services/logs/service.ts'
import type { QueryPorts } from '../services/logs/queries/operations.ts'
import type { InsightRuleReports } from '../services/cloudwatch/insight-rules/ports.ts'
import type { BandModels } from '../services/cloudwatch/ports.ts'
import { iam } from '../services/iam/service.ts'
import type { PictureDrawer } from '../services/cloudwatch/widget-image/ports.ts'
import type { Service } from '../services/operation.ts'
import { s3 } from '../services/s3/service.ts'
import { sns } from '../services/sns/service.ts'
import { sts } from '../services/sts/service.ts'
import { metricSink } from './metric-sink.ts'
import type { Stores } from './stores.ts'

interface Parts {
  readonly stores: Stores
  readonly bands: BandModels
  readonly planner: ActionPlanner
  readonly logQueries: QueryPorts
  readonly logDefinitions: LogDefinitionPorts
  readonly insightReports: InsightRuleReports
  readonly entropy: Entropy
  readonly pictures: PictureDrawer
  readonly tails: LogTails
  /** Called after every change of users, keys and policies. */
  readonly accessChanged: () => void
}

/** Every AWS service that is served by the common door, with its ports plugged in. */
export const awsServices = ({ stores, bands, planner, logQueries, logDefinitions, insightReports, entropy, pictures, tails, accessChanged }: Parts): readonly Service[] => {
  const { control, reads, index, intake } = stores
  const { alarms, muteRules, tags, topics, subscriptions, outbox, access, dashboards, metricStreams, insightRules } = control
  return [
    cloudWatch({
      alarms,
      muteRules,
      tags,
      directory: index,
      reads,
      sink: metricSink(intake),
      topics,
      planner,
      detectors: control.anomalyDetectors,
      bands,
      checkPromql: alarmQueryProblem,
      pictures,
      dashboards,
      metricStreams,
      insightRules,
      insightReports,
    }),
    sns({ topics, subscriptions, tags, outbox, entropy }),
    logs({ groups: stores.logs.directory, sink: stores.logs.intake, reads: stores.logs.reads, figures: stores.logs.figures, retentionOf: stores.logs.retentionOf, tags, queries: logQueries, definitions: logDefinitions, metricFilters: stores.logs.metricFilters, subscriptionFilters: stores.logs.subscriptionFilters, destinations: stores.logs.destinations, topics, tails }),
    iam({ access, entropy, changed: accessChanged }),
    sts({ keys: access, entropy }),
  ]
}

/** The service that has a door of its own, since its bodies are streamed. */
export const objectService = ({ control: { buckets, objects, uploads }, bodies }: Stores, entropy: Entropy, publicUrl: string): Service =>
  s3({ buckets, objects, uploads, bodies, entropy, publicUrl })
