import type { Entropy } from '../base/entropy.ts'
import type { ActionPlanner } from '../engines/alarms/actions.ts'
import { cloudWatch } from '../services/cloudwatch/service.ts'
import type { Service } from '../services/operation.ts'
import { sns } from '../services/sns/service.ts'
import { metricSink } from './metric-sink.ts'
import type { Stores } from './stores.ts'

/** Every AWS service that is served, with its ports plugged in. */
export const awsServices = ({ stores, planner, entropy }: { readonly stores: Stores; readonly planner: ActionPlanner; readonly entropy: Entropy }): readonly Service[] => {
  const { control, reads, index, intake } = stores
  const { alarms, tags, topics, subscriptions, outbox } = control
  return [
    cloudWatch({ alarms, tags, directory: index, reads, sink: metricSink(intake), topics, planner, expressions: undefined }),
    sns({ topics, subscriptions, tags, outbox, entropy }),
  ]
}
