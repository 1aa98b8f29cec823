import type { PutMetricStreamCommandInput, PutMetricStreamOutput } from '@aws-sdk/client-cloudwatch'
import { metricStreamArn } from '../../base/arn.ts'
import { keptReceiver } from '../../model/stream-endpoint.ts'
import { operation } from '../operation.ts'
import { invalidParameterValue } from './faults.ts'
import { defineStream, enforceStream } from './metric-streams/definition.ts'
import type { MetricStreamStore } from './metric-streams/ports.ts'
import { streamResources } from './metric-streams/resources.ts'
import type { TagStore } from './ports.ts'
import { taggedIn, tagRecord } from './tags.ts'

/** Creates a running stream, or overwrites one and leaves its state and its tags as they are. */
export const putMetricStream = (streams: MetricStreamStore, tags: TagStore) =>
  operation<PutMetricStreamCommandInput, PutMetricStreamOutput>({
    name: 'PutMetricStream',
    kind: 'write',
    access: 'signed',
    resources: (input, tenant) => streamResources([input.Name], tenant),
    tagged: (input, tenant) => taggedIn(input, metricStreamArn(tenant, input.Name ?? '*')),
    differs: [
      {
        member: 'FirehoseArn',
        how:
          'the `http` or `https` URL of a receiver, or an ARN beside a tag `Endpoint` with that URL: there are no delivery ' +
          "streams here. It gets what Firehose's HTTP endpoint destination sends; its access key is the URL's fragment",
      },
      { member: 'RoleArn', how: 'kept, without effect' },
      { member: 'IncludeLinkedAccountsMetrics', how: 'kept, without effect: accounts are kept apart' },
    ],
    async run(input, call) {
      enforceStream(input)
      const given = tagRecord(input.Tags ?? [], invalidParameterValue)
      const existing = await streams.get(call.tenant, input.Name!)
      const firehoseArn = keptReceiver(input.FirehoseArn!, existing?.firehoseArn)
      const stream = defineStream({ ...input, FirehoseArn: firehoseArn }, existing === undefined ? given : await tags.get(call.tenant, existing.arn), call)
      await streams.put(stream, given)
      return { Arn: stream.arn }
    },
  })
