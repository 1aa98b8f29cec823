import * as schemas from '@aws-sdk/client-cloudwatch'
import type { ActionPlanner } from '../../engines/alarms/actions.ts'
import type { MetricReads, MetricSums } from '../../model/metric.ts'
import type { Service } from '../operation.ts'
import { deleteAlarms } from './delete-alarms.ts'
import { deleteAnomalyDetector } from './delete-anomaly-detector.ts'
import type { CheckPromql } from './alarms/promql-alarm.ts'
import { describeAlarmContributors } from './describe-alarm-contributors.ts'
import { describeAlarmHistory } from './describe-alarm-history.ts'
import { describeAlarmsForMetric } from './describe-alarms-for-metric.ts'
import { describeAlarms } from './describe-alarms.ts'
import { describeAnomalyDetectors } from './describe-anomaly-detectors.ts'
import type { DetectorStore } from './detectors/ports.ts'
import { disableAlarmActions } from './disable-alarm-actions.ts'
import { enableAlarmActions } from './enable-alarm-actions.ts'
import { getMetricData } from './get-metric-data.ts'
import { getMetricStatistics } from './get-metric-statistics.ts'
import { getMetricWidgetImage } from './get-metric-widget-image.ts'
import { listMetrics } from './list-metrics.ts'
import { listTagsForResource } from './list-tags-for-resource.ts'
import type { AlarmStore, BandModels, MetricDirectory, MetricSink, TagStore, TopicDirectory } from './ports.ts'
import { putAnomalyDetector } from './put-anomaly-detector.ts'
import { putMetricAlarm } from './put-metric-alarm.ts'
import { putMetricData } from './put-metric-data.ts'
import { setAlarmState } from './set-alarm-state.ts'
import { tagResource } from './tag-resource.ts'
import { untagResource } from './untag-resource.ts'
import type { PictureDrawer } from './widget-image/ports.ts'

/** What the roof plugs in. */
export interface CloudWatchPorts {
  readonly alarms: AlarmStore
  readonly tags: TagStore
  readonly directory: MetricDirectory
  readonly reads: MetricReads & MetricSums
  readonly sink: MetricSink
  readonly topics: TopicDirectory
  readonly planner: ActionPlanner
  readonly detectors: DetectorStore
  /** Undefined: no metric has a band. */
  readonly bands: BandModels | undefined
  /** Undefined: alarms on PromQL queries are refused. */
  readonly checkPromql: CheckPromql | undefined
  readonly pictures: PictureDrawer
}

export const cloudWatch = ({ alarms, tags, directory, reads, sink, topics, planner, detectors, bands, checkPromql, pictures }: CloudWatchPorts): Service => ({
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
    getMetricData({ reads, directory, bands }),
    getMetricWidgetImage(getMetricData({ reads, directory, bands }), pictures),
    listMetrics(directory),
    putMetricAlarm(alarms, checkPromql),
    describeAlarms(alarms),
    describeAlarmsForMetric(alarms),
    describeAlarmHistory(alarms),
    describeAlarmContributors(alarms),
    setAlarmState(alarms, tags, topics, planner),
    enableAlarmActions(alarms),
    disableAlarmActions(alarms),
    deleteAlarms(alarms),
    putAnomalyDetector(detectors),
    describeAnomalyDetectors(detectors),
    deleteAnomalyDetector(detectors),
    tagResource(alarms, tags),
    untagResource(alarms, tags),
    listTagsForResource(alarms, tags),
  ],
})
