import type { PutMetricDataCommandInput } from '@aws-sdk/client-cloudwatch'
import { operation } from '../operation.ts'
import type { MetricSink } from './ports.ts'

/** Publishes datapoints. The sink validates them, since the same rules hold on the fast path around this operation. */
export const putMetricData = (sink: MetricSink) =>
  operation<PutMetricDataCommandInput, void>({
    name: 'PutMetricData',
    kind: 'data',
    access: 'signed',
    resources: () => ['*'],
    conditions: input => (input.Namespace === undefined ? {} : { 'cloudwatch:namespace': input.Namespace }),
    differs: [
      { member: 'Namespace', how: 'namespaces `AWS/…` are for anybody whom the policies allow: exporters fill them in' },
      {
        member: 'MetricData.StatisticValues',
        how: 'refused beside `Values` with `InvalidParameterCombination`: AWS takes one of them, and does not say which',
      },
      { member: 'EntityMetricData.Entity', how: 'checked, not kept: there is nothing yet that would look at entities' },
    ],
    run: (input, call) => sink.put(call, input),
  })
