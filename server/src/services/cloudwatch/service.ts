import * as schemas from '@aws-sdk/client-cloudwatch'
import type { ActionPlanner } from '../../engines/alarms/actions.ts'
import type { MetricReads } from '../../model/metric.ts'
import type { Service } from '../operation.ts'
import { deleteAlarms } from './delete-alarms.ts'
import { describeAlarmHistory } from './describe-alarm-history.ts'
import { describeAlarmsForMetric } from './describe-alarms-for-metric.ts'
import { describeAlarms } from './describe-alarms.ts'
import { disableAlarmActions } from './disable-alarm-actions.ts'
import { enableAlarmActions } from './enable-alarm-actions.ts'
import { getMetricData } from './get-metric-data.ts'
import { getMetricStatistics } from './get-metric-statistics.ts'
import { listMetrics } from './list-metrics.ts'
import { listTagsForResource } from './list-tags-for-resource.ts'
import type { AlarmStore, ExpressionEvaluator, MetricDirectory, MetricSink, TagStore, TopicDirectory } from './ports.ts'
import { putMetricAlarm } from './put-metric-alarm.ts'
import { putMetricData } from './put-metric-data.ts'
import { setAlarmState } from './set-alarm-state.ts'
import { tagResource } from './tag-resource.ts'
import { untagResource } from './untag-resource.ts'

/** What the roof plugs in. */
export interface CloudWatchPorts {
  readonly alarms: AlarmStore
  readonly tags: TagStore
  readonly directory: MetricDirectory
  readonly reads: MetricReads
  readonly sink: MetricSink
  readonly topics: TopicDirectory
  readonly planner: ActionPlanner
  /** Undefined: queries with an Expression are refused. */
  readonly expressions: ExpressionEvaluator | undefined
}

export const cloudWatch = ({ alarms, tags, directory, reads, sink, topics, planner, expressions }: CloudWatchPorts): Service => ({
  actionPrefix: 'cloudwatch',
  signingNames: ['monitoring'],
  targetPrefix: 'GraniteServiceVersion20100801',
  queryVersion: '2010-08-01',
  xmlNamespace: 'http://monitoring.amazonaws.com/doc/2010-08-01/',
  queryCompatible: true,
  schemas,
  operations: [
    putMetricData(sink),
    getMetricStatistics(reads),
    getMetricData(reads, expressions),
    listMetrics(directory),
    putMetricAlarm(alarms),
    describeAlarms(alarms),
    describeAlarmsForMetric(alarms),
    describeAlarmHistory(alarms),
    setAlarmState(alarms, tags, topics, planner),
    enableAlarmActions(alarms),
    disableAlarmActions(alarms),
    deleteAlarms(alarms),
    tagResource(alarms, tags),
    untagResource(alarms, tags),
    listTagsForResource(alarms, tags),
  ],
})
