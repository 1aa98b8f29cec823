import type { GetMetricStreamOutput, MetricStreamFilter } from '@aws-sdk/client-cloudwatch'
import type { MetricStream, StreamFilter } from '../../../model/metric-stream.ts'
import { shownReceiver } from '../../../model/stream-endpoint.ts'

/** A stream as GetMetricStream describes it; ListMetricStreams leaves out the filters and statistics. */
export const describeStream = (stream: MetricStream): GetMetricStreamOutput => ({
  ...describeEntry(stream),
  RoleArn: stream.roleArn,
  ...(stream.include.length > 0 ? { IncludeFilters: stream.include.map(filterOf) } : {}),
  ...(stream.exclude.length > 0 ? { ExcludeFilters: stream.exclude.map(filterOf) } : {}),
  ...(stream.statistics.length > 0
    ? {
        StatisticsConfigurations: stream.statistics.map(({ metrics, additional }) => ({
          IncludeMetrics: metrics.map(({ namespace, metricName }) => ({ Namespace: namespace, MetricName: metricName })),
          AdditionalStatistics: [...additional],
        })),
      }
    : {}),
  IncludeLinkedAccountsMetrics: stream.includeLinkedAccounts,
})

export const describeEntry = ({ arn, name, firehoseArn, state, format, createdAt, updatedAt }: MetricStream) => ({
  Arn: arn,
  Name: name,
  FirehoseArn: shownReceiver(firehoseArn),
  State: state,
  OutputFormat: format,
  CreationDate: new Date(createdAt),
  LastUpdateDate: new Date(updatedAt),
})

const filterOf = ({ namespace, metricNames }: StreamFilter): MetricStreamFilter => ({
  Namespace: namespace,
  ...(metricNames === undefined ? {} : { MetricNames: [...metricNames] }),
})
