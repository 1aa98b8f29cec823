import type { PutMetricStreamCommandInput, PutMetricStreamOutput } from '@aws-sdk/client-cloudwatch'
import { operation } from '../operation.ts'
import { invalidParameterValue } from './faults.ts'
import { defineStream, enforceStream } from './metric-streams/definition.ts'
import type { MetricStreamStore } from './metric-streams/ports.ts'
import { streamResources } from './metric-streams/resources.ts'
import type { TagStore } from './ports.ts'
import { tagRecord } from './tags.ts'

/** Creates a running stream, or overwrites one and leaves its state and its tags as they are. */
export const putMetricStream = (streams: MetricStreamStore, tags: TagStore) =>
  operation<PutMetricStreamCommandInput, PutMetricStreamOutput>({
    name: 'PutMetricStream',
    kind: 'write',
    access: 'signed',
    resources: (input, tenant) => streamResources([input.Name], tenant),
    async run(input, call) {
      enforceStream(input)
      const given = tagRecord(input.Tags ?? [], invalidParameterValue)
      const existing = await streams.get(call.tenant, input.Name!)
      const stream = defineStream(input, existing === undefined ? given : await tags.get(call.tenant, existing.arn), call)
      await streams.put(stream, given)
      return { Arn: stream.arn }
    },
  })
