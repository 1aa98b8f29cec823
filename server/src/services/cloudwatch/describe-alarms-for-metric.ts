import type { DescribeAlarmsForMetricCommandInput, DescribeAlarmsForMetricOutput } from '@aws-sdk/client-cloudwatch'
import type { AlarmRecord, MetricAlarm, RecordOf } from '../../model/alarm.ts'
import { metricKey } from '../../model/metric.ts'
import { validationError } from '../../wire/fault.ts'
import { operation } from '../operation.ts'
import { describeMetricAlarm } from './alarms/view.ts'
import { enforce, structure } from '../constraints.ts'
import { dimensions, metricName, namespace, period, standardUnit, statistic } from './limits.ts'
import { metricIdentity } from './metric-identity.ts'
import type { AlarmStore } from './ports.ts'

const INPUT = structure(
  { MetricName: metricName, Namespace: namespace, Statistic: statistic, Dimensions: dimensions, Period: period, Unit: standardUnit },
  ['MetricName', 'Namespace'],
)

/** The single-metric alarms that watch exactly this metric, all its dimensions included. */
export const describeAlarmsForMetric = (alarms: AlarmStore) =>
  operation<DescribeAlarmsForMetricCommandInput, DescribeAlarmsForMetricOutput>({
    name: 'DescribeAlarmsForMetric',
    kind: 'read',
    access: 'signed',
    resources: () => ['*'],
    async run(input, call) {
      enforce(INPUT, input)
      const metric = metricIdentity({ namespace: input.Namespace!, name: input.MetricName!, dimensions: input.Dimensions }, validationError)
      const key = metricKey(metric)
      const statistics = [input.Statistic, input.ExtendedStatistic].filter(wanted => wanted !== undefined)
      const found = (await alarms.list(call.tenant)).filter(onOneMetric).filter(
        ({ alarm }) =>
          metricKey(alarm.metric) === key &&
          statistics.every(wanted => wanted === alarm.statistic) &&
          (input.Period === undefined || input.Period === alarm.period) &&
          (input.Unit === undefined || input.Unit === alarm.unit),
      )
      return { MetricAlarms: found.map(describeMetricAlarm) }
    },
  })

const onOneMetric = (record: AlarmRecord): record is RecordOf<MetricAlarm> => record.alarm.kind === 'metric'
