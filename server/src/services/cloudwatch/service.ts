import * as schemas from '@aws-sdk/client-cloudwatch'
import type { ActionPlanner } from '../../engines/alarms/actions.ts'
import type { MetricReads, MetricSums } from '../../model/metric.ts'
import type { Service } from '../operation.ts'
import { deleteAlarmMuteRule } from './delete-alarm-mute-rule.ts'
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
import { getAlarmMuteRule } from './get-alarm-mute-rule.ts'
import { getMetricData } from './get-metric-data.ts'
import { getMetricStatistics } from './get-metric-statistics.ts'
import { getMetricWidgetImage } from './get-metric-widget-image.ts'
import { listAlarmMuteRules } from './list-alarm-mute-rules.ts'
import { listMetrics } from './list-metrics.ts'
import { listTagsForResource } from './list-tags-for-resource.ts'
import type { AlarmStore, BandModels, MetricDirectory, MetricSink, MuteRuleStore, TagStore, TopicDirectory } from './ports.ts'
import { putAnomalyDetector } from './put-anomaly-detector.ts'
import { putAlarmMuteRule } from './put-alarm-mute-rule.ts'
import { putCompositeAlarm } from './put-composite-alarm.ts'
import { putMetricAlarm } from './put-metric-alarm.ts'
import { putMetricData } from './put-metric-data.ts'
import { setAlarmState } from './set-alarm-state.ts'
import { tagResource } from './tag-resource.ts'
import type { TaggableKinds } from './tagged-resource.ts'
import { untagResource } from './untag-resource.ts'
import type { PictureDrawer } from './widget-image/ports.ts'

/** What the roof plugs in. */
export interface CloudWatchPorts {
  readonly alarms: AlarmStore
  readonly muteRules: MuteRuleStore
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

export const cloudWatch = ({ alarms, muteRules, tags, directory, reads, sink, topics, planner, detectors, bands, checkPromql, pictures }: CloudWatchPorts): Service => ({
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
    setAlarmState(alarms, tags, topics, muteRules, planner),
    enableAlarmActions(alarms),
    disableAlarmActions(alarms),
    deleteAlarms(alarms),
    putCompositeAlarm(alarms),
    putAlarmMuteRule(muteRules),
    getAlarmMuteRule(muteRules),
    listAlarmMuteRules(muteRules),
    deleteAlarmMuteRule(muteRules),
    putAnomalyDetector(detectors),
    describeAnomalyDetectors(detectors),
    deleteAnomalyDetector(detectors),
    tagResource(taggable({ alarms, muteRules }), tags),
    untagResource(taggable({ alarms, muteRules }), tags),
    listTagsForResource(taggable({ alarms, muteRules }), tags),
  ],
})

/** What can carry tags, by what stands before the name in its ARN. */
const taggable = ({ alarms, muteRules }: Pick<CloudWatchPorts, 'alarms' | 'muteRules'>): TaggableKinds => ({
  alarm: async (tenant, name) => (await alarms.get(tenant, name)) !== undefined,
  'alarm-mute-rule': async (tenant, name) => (await muteRules.get(tenant, name)) !== undefined,
})
