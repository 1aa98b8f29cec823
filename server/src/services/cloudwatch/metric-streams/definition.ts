import type { MetricStreamFilter, PutMetricStreamCommandInput } from '@aws-sdk/client-cloudwatch'
import { metricStreamArn } from '../../../base/arn.ts'
import { parseStatistic } from '../../../engines/statistics/parse.ts'
import { STREAM_FORMATS, type MetricStream, type StreamFilter, type StreamFormat, type StreamStatistics } from '../../../model/metric-stream.ts'
import { streamEndpoint } from '../../../model/stream-endpoint.ts'
import { enforce, list, oneOf, structure, text } from '../../constraints.ts'
import type { Call } from '../../operation.ts'
import { invalidParameterCombination, invalidParameterValue } from '../faults.ts'
import { amazonResourceName, metricName, namespace, tagList } from '../limits.ts'

/** AWS's documented limits: filters with their metric names, configurations, metrics and statistics in one of them. */
const FILTERS = 1000
const CONFIGURATIONS = 100
const CONFIGURED_METRICS = 100
const STATISTICS = 20

export const streamName = text({ min: 1, max: 255, pattern: /[0-9A-Za-z_-]+/ })
const filters = list(structure({ Namespace: namespace, MetricNames: list(metricName) }, ['Namespace']))

const INPUT = structure(
  {
    Name: streamName,
    IncludeFilters: filters,
    ExcludeFilters: filters,
    FirehoseArn: amazonResourceName,
    RoleArn: amazonResourceName,
    OutputFormat: oneOf(STREAM_FORMATS),
    Tags: tagList,
    StatisticsConfigurations: list(
      structure(
        {
          IncludeMetrics: list(structure({ Namespace: namespace, MetricName: metricName }, ['Namespace', 'MetricName'])),
          AdditionalStatistics: list(text()),
        },
        ['IncludeMetrics', 'AdditionalStatistics'],
      ),
    ),
  },
  ['Name', 'FirehoseArn', 'RoleArn', 'OutputFormat'],
)

/** The stream that a request defines, checked. `tags` are those that it has, or will have. */
export const defineStream = (
  input: PutMetricStreamCommandInput, tags: Readonly<Record<string, string>>, { tenant, now }: Pick<Call, 'tenant' | 'now'>,
): MetricStream => {
  const include = (input.IncludeFilters ?? []).map(filterOf)
  const exclude = (input.ExcludeFilters ?? []).map(filterOf)
  if (include.length > 0 && exclude.length > 0) {
    throw invalidParameterCombination('IncludeFilters and ExcludeFilters cannot both be present')
  }
  const size = [...include, ...exclude].reduce((sum, { metricNames }) => sum + 1 + (metricNames?.length ?? 0), 0)
  if (size > FILTERS) throw invalidParameterValue(`A metric stream can have at most ${FILTERS} filters and metric names in them.`)
  const format = input.OutputFormat as StreamFormat
  if (streamEndpoint(input.FirehoseArn!, tags) === undefined) {
    throw invalidParameterValue(
      'There are no delivery streams here: FirehoseArn must be the http or https URL that metrics are sent to, or an ARN beside a tag Endpoint with that URL.',
    )
  }
  return {
    tenant,
    arn: metricStreamArn(tenant, input.Name!),
    name: input.Name!,
    state: 'running',
    firehoseArn: input.FirehoseArn!,
    roleArn: input.RoleArn!,
    format,
    include,
    exclude,
    statistics: statisticsOf(input.StatisticsConfigurations ?? [], format),
    includeLinkedAccounts: input.IncludeLinkedAccountsMetrics ?? false,
    createdAt: now,
    updatedAt: now,
  }
}

export const enforceStream = (input: PutMetricStreamCommandInput): void => enforce(INPUT, input)

const filterOf = ({ Namespace, MetricNames }: MetricStreamFilter): StreamFilter => ({
  namespace: Namespace!,
  metricNames: MetricNames === undefined || MetricNames.length === 0 ? undefined : MetricNames,
})

const statisticsOf = (
  given: NonNullable<PutMetricStreamCommandInput['StatisticsConfigurations']>, format: StreamFormat,
): readonly StreamStatistics[] => {
  if (given.length > CONFIGURATIONS) throw tooMany('StatisticsConfigurations', CONFIGURATIONS)
  return given.map(({ IncludeMetrics, AdditionalStatistics }) => {
    if (IncludeMetrics!.length === 0) throw invalidParameterValue('IncludeMetrics less than 1')
    if (IncludeMetrics!.length > CONFIGURED_METRICS) throw tooMany('IncludeMetrics', CONFIGURED_METRICS)
    if (AdditionalStatistics!.length > STATISTICS) throw tooMany('AdditionalStatistics', STATISTICS)
    for (const statistic of AdditionalStatistics!) requireStatistic(statistic, format)
    return {
      metrics: IncludeMetrics!.map(({ Namespace, MetricName }) => ({ namespace: Namespace!, metricName: MetricName! })),
      additional: AdditionalStatistics!,
    }
  })
}

const tooMany = (name: string, limit: number) => invalidParameterValue(`The parameter ${name} must not have more than ${limit} members.`)

/** OpenTelemetry's summaries have room for percentiles alone. */
const requireStatistic = (statistic: string, format: StreamFormat): void => {
  const isExtended = parseStatistic(statistic).ok && !/^(SampleCount|Sum|Average|Minimum|Maximum)$/.test(statistic)
  if (!isExtended || (format !== 'json' && !/^p\d/.test(statistic))) {
    throw invalidParameterValue(`Unsupported statistic ${statistic.slice(0, 100)} for selected OutputFormat`)
  }
}
