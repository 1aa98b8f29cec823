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
    run: (input, call) => sink.put(call, input),
  })
