import type { DeleteMetricStreamCommandInput } from '@aws-sdk/client-cloudwatch'
import { enforce, structure } from '../constraints.ts'
import { operation } from '../operation.ts'
import { streamName } from './metric-streams/definition.ts'
import type { MetricStreamStore } from './metric-streams/ports.ts'
import { streamResources } from './metric-streams/resources.ts'

const INPUT = structure({ Name: streamName }, ['Name'])

/** Deleting what is not there is no error. */
export const deleteMetricStream = (streams: MetricStreamStore) =>
  operation<DeleteMetricStreamCommandInput, object>({
    name: 'DeleteMetricStream',
    kind: 'write',
    access: 'signed',
    resources: (input, tenant) => streamResources([input.Name], tenant),
    async run(input, call) {
      enforce(INPUT, input)
      await streams.delete(call.tenant, input.Name!)
      return {}
    },
  })
