import type { PutMetricAlarmCommandInput } from '@aws-sdk/client-cloudwatch'
import { alarmArn } from '../../base/arn.ts'
import { validationError } from '../../wire/fault.ts'
import { operation } from '../operation.ts'
import { ACTION_CONFIGURATION, TAGS_DIFFER, tagsRead } from './alarms/action-configuration.ts'
import { defineAlarm } from './alarms/definition.ts'
import { keepAlarm } from './alarms/keep-alarm.ts'
import { EVALUATION_WINDOW } from './alarms/evaluation-window.ts'
import type { CheckPromql } from './alarms/promql-alarm.ts'
import { alarmResources } from './alarms/resources.ts'
import { WARM_UP_CONFIGURATION, WARM_UP_DIFFERS } from './alarms/warm-up-configuration.ts'
import { enforce, integer, list, oneOf, structure, text } from '../constraints.ts'
import { alarmName, dimensions, metricName, namespace, period, resourceList, standardUnit, statistic, tagList } from './limits.ts'
import type { AlarmStore } from './ports.ts'
import { taggedIn, tagRecord } from './tags.ts'

const COMPARISON_OPERATORS = [
  'GreaterThanOrEqualToThreshold', 'GreaterThanThreshold', 'LessThanThreshold', 'LessThanOrEqualToThreshold',
  'LessThanLowerOrGreaterThanUpperThreshold', 'LessThanLowerThreshold', 'GreaterThanUpperThreshold',
]

const METRIC_DATA_QUERY = structure(
  {
    Id: text({ min: 1, max: 255 }),
    Expression: text({ min: 1, max: 2048 }),
    MetricStat: structure(
      {
        Metric: structure({ Namespace: namespace, MetricName: metricName, Dimensions: dimensions }),
        Period: period,
        Unit: standardUnit,
      },
      ['Metric', 'Period', 'Stat'],
    ),
    Period: period,
    AccountId: text({ min: 1, max: 255 }),
  },
  ['Id'],
)

const PROMQL_CRITERIA = structure(
  { Query: text({ min: 1, max: 10_000 }), PendingPeriod: integer({ min: 0, max: 86_400 }), RecoveryPeriod: integer({ min: 0, max: 86_400 }) },
  ['Query'],
)

/** Of the whole request, uncompressed (API reference of PutMetricAlarm); in characters here. */
const PAYLOAD_LIMIT = 120 * 1024

const INPUT = structure(
  {
    AlarmName: alarmName,
    AlarmDescription: text({ min: 0, max: 1024 }),
    OKActions: resourceList,
    AlarmActions: resourceList,
    InsufficientDataActions: resourceList,
    MetricName: metricName,
    Namespace: namespace,
    Statistic: statistic,
    Dimensions: dimensions,
    Period: period,
    Unit: standardUnit,
    EvaluationPeriods: integer({ min: 1 }),
    DatapointsToAlarm: integer({ min: 1 }),
    ComparisonOperator: oneOf(COMPARISON_OPERATORS),
    TreatMissingData: text({ min: 1, max: 255 }),
    EvaluateLowSampleCountPercentile: text({ min: 1, max: 255 }),
    Metrics: list(METRIC_DATA_QUERY),
    EvaluationCriteria: structure({ PromQLCriteria: PROMQL_CRITERIA }),
    Tags: tagList,
    ActionConfiguration: ACTION_CONFIGURATION,
    WarmUpConfiguration: WARM_UP_CONFIGURATION,
    EvaluationWindow: EVALUATION_WINDOW,
    ThresholdMetricId: text({ min: 1, max: 255 }),
    EvaluationInterval: integer({ min: 10, max: 3600 }),
  },
  ['AlarmName'],
)

/** Creates an alarm, or overwrites its whole definition; an existing one keeps its state and its tags. */
export const putMetricAlarm = (alarms: AlarmStore, checkPromql: CheckPromql | undefined) =>
  operation<PutMetricAlarmCommandInput, void>({
    name: 'PutMetricAlarm',
    kind: 'write',
    access: 'signed',
    resources: (input, tenant) => alarmResources([input.AlarmName], tenant),
    also: tagsRead,
    tagged: (input, tenant) => taggedIn(input, alarmArn(tenant, input.AlarmName ?? '*')),
    differs: [
      { member: 'EvaluationWindow.WallClockWindow', how: 'times that expressions ask for (HOUR, DAY …) are an hour off after a change of clocks inside the window' },
      WARM_UP_DIFFERS,
      {
        member: 'WarmUpConfiguration.OnlyStartEvaluatingAfterWarmUpPeriodEnds',
        how: 'as if true for PromQL, which has no window that data could fill; with GROUP BY every series there is must fill its own',
      },
      TAGS_DIFFER,
      {
        member: 'Metrics.Expression',
        how: 'SEARCH is taken where it yields one series (`SUM(SEARCH(…))`), AWS refuses it: fleets have no fixed list of metrics. They are found anew for each evaluation, of more than 500 series the first (`PARTIAL_DATA`)',
      },
      { member: 'Metrics.AccountId', how: 'another account is refused with `ValidationError`: accounts are kept apart' },
      { member: 'AlarmActions', how: 'what is no ARN is refused with the same code, and with a text that says what is wrong' },
    ],
    async run(input, call) {
      enforce(INPUT, input)
      const tags = tagRecord(input.Tags ?? [], validationError)
      if (JSON.stringify(input).length > PAYLOAD_LIMIT) throw validationError('The request must not be larger than 120 KB.')
      const alarm = defineAlarm(input, call.tenant, call.now, checkPromql)
      await keepAlarm(alarms, alarm, await alarms.get(call.tenant, alarm.name), tags)
    },
  })
