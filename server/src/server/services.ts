import type { Clock } from '../base/clock.ts'
import type { ActionPlanner } from '../engines/alarms/actions.ts'
import { cloudWatch } from '../services/cloudwatch/service.ts'
import type { Service } from '../services/operation.ts'
import { metricSink } from './metric-sink.ts'
import type { Stores } from './stores.ts'

/** Every AWS service that is served, with its ports plugged in. */
export const awsServices = ({ stores, planner }: { readonly stores: Stores; readonly planner: ActionPlanner; readonly clock: Clock }): readonly Service[] => {
  const { control, reads, index, intake } = stores
  return [
    cloudWatch({
      alarms: control.alarms,
      tags: control.tags,
      directory: index,
      reads,
      sink: metricSink(intake),
      topics: control.topics,
      planner,
      expressions: undefined,
    }),
  ]
}
