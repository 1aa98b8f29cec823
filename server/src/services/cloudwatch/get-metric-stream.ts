import type { GetMetricStreamCommandInput, GetMetricStreamOutput } from '@aws-sdk/client-cloudwatch'
import { enforce, structure } from '../constraints.ts'
import { operation } from '../operation.ts'
import { resourceNotFound } from './faults.ts'
import { streamName } from './metric-streams/definition.ts'
import type { MetricStreamStore } from './metric-streams/ports.ts'
import { streamResources } from './metric-streams/resources.ts'
import { describeStream } from './metric-streams/view.ts'

const INPUT = structure({ Name: streamName }, ['Name'])

export const getMetricStream = (streams: MetricStreamStore) =>
  operation<GetMetricStreamCommandInput, GetMetricStreamOutput>({
    name: 'GetMetricStream',
    kind: 'read',
    access: 'signed',
    resources: (input, tenant) => streamResources([input.Name], tenant),
    async run(input, call) {
      enforce(INPUT, input)
      const stream = await streams.get(call.tenant, input.Name!)
      if (stream === undefined) throw resourceNotFound('metric-stream', input.Name!)
      return describeStream(stream)
    },
  })
