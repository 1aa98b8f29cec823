import type { ActionPlanner } from '../../engines/alarms/actions.ts'
import type { MetricReads, MetricSums } from '../../model/metric.ts'
import type { MetricUnitSums } from '../../model/unit-sums.ts'
import { publishedSchemas } from '../../wire/published-schemas.ts'
import type { Service } from '../operation.ts'
import type { CheckPromql } from './alarms/promql-alarm.ts'
import type { DashboardStore } from './dashboards/ports.ts'
import { deleteAlarmMuteRule } from './delete-alarm-mute-rule.ts'
import { deleteAlarms } from './delete-alarms.ts'
import { deleteAnomalyDetector } from './delete-anomaly-detector.ts'
import { deleteDashboards } from './delete-dashboards.ts'
import { deleteInsightRules } from './delete-insight-rules.ts'
import { deleteMetricStream } from './delete-metric-stream.ts'
import { describeAlarmContributors } from './describe-alarm-contributors.ts'
import { describeAlarmHistory } from './describe-alarm-history.ts'
import { describeAlarmsForMetric } from './describe-alarms-for-metric.ts'
import { describeAlarms } from './describe-alarms.ts'
import { describeAnomalyDetectors } from './describe-anomaly-detectors.ts'
import { describeInsightRules } from './describe-insight-rules.ts'
import type { DetectorStore } from './detectors/ports.ts'
import { disableAlarmActions } from './disable-alarm-actions.ts'
import { disableInsightRules } from './disable-insight-rules.ts'
import { enableAlarmActions } from './enable-alarm-actions.ts'
import { enableInsightRules } from './enable-insight-rules.ts'
import { getAlarmMuteRule } from './get-alarm-mute-rule.ts'
import { getDashboard } from './get-dashboard.ts'
import { getInsightRuleReport } from './get-insight-rule-report.ts'
import { getMetricData } from './get-metric-data.ts'
import { getMetricStatistics } from './get-metric-statistics.ts'
import { getMetricStream } from './get-metric-stream.ts'
import { getMetricWidgetImage } from './get-metric-widget-image.ts'
import type { InsightRuleReports, InsightRuleStore } from './insight-rules/ports.ts'
import { InsightRuleMetrics } from './insight-rules/rule-metrics.ts'
import { listAlarmMuteRules } from './list-alarm-mute-rules.ts'
import { listDashboards } from './list-dashboards.ts'
import { listManagedInsightRules } from './list-managed-insight-rules.ts'
import { listMetricStreams } from './list-metric-streams.ts'
import { listMetrics } from './list-metrics.ts'
import { listTagsForResource } from './list-tags-for-resource.ts'
import type { MetricStreamStore } from './metric-streams/ports.ts'
import { NOT_SERVED } from './not-served.ts'
import type { AlarmStore, BandModels, MetricDirectory, MetricSink, MuteRuleStore, TagStore, TopicDirectory } from './ports.ts'
import { putAlarmMuteRule } from './put-alarm-mute-rule.ts'
import { putAnomalyDetector } from './put-anomaly-detector.ts'
import { putCompositeAlarm } from './put-composite-alarm.ts'
import { putDashboard } from './put-dashboard.ts'
import { putInsightRule } from './put-insight-rule.ts'
import { putManagedInsightRules } from './put-managed-insight-rules.ts'
import { putLogAlarm } from './put-log-alarm.ts'
import { putMetricAlarm } from './put-metric-alarm.ts'
import { putMetricData } from './put-metric-data.ts'
import { putMetricStream } from './put-metric-stream.ts'
import { setAlarmState } from './set-alarm-state.ts'
import { startMetricStreams } from './start-metric-streams.ts'
import { stopMetricStreams } from './stop-metric-streams.ts'
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
  readonly reads: MetricReads & MetricSums & MetricUnitSums
  readonly sink: MetricSink
  readonly topics: TopicDirectory
  readonly planner: ActionPlanner
  readonly detectors: DetectorStore
  readonly dashboards: DashboardStore
  readonly metricStreams: MetricStreamStore
  readonly insightRules: InsightRuleStore
  readonly insightReports: InsightRuleReports
  /** Undefined: no metric has a band. */
  readonly bands: BandModels | undefined
  /** Undefined: alarms on PromQL queries are refused. */
  readonly checkPromql: CheckPromql | undefined
  readonly pictures: PictureDrawer
}

export const cloudWatch = (ports: CloudWatchPorts): Service => {
  const { alarms, muteRules, tags, directory, reads, sink, topics, planner, detectors, bands, checkPromql, pictures } = ports
  const { dashboards, metricStreams, insightRules, insightReports } = ports
  const data = { reads, directory, bands, rules: new InsightRuleMetrics(insightRules, insightReports) }
  return {
    actionPrefix: 'cloudwatch',
    signingNames: ['monitoring'],
    targetPrefix: 'GraniteServiceVersion20100801',
    queryVersion: '2010-08-01',
    xmlNamespace: 'http://monitoring.amazonaws.com/doc/2010-08-01/',
    queryCompatible: true,
    get schemas() {
      return publishedSchemas('client-cloudwatch')
    },
    missing: NOT_SERVED,
    operations: [
      putMetricData(sink),
      getMetricStatistics(reads),
      getMetricData(data),
      getMetricWidgetImage(getMetricData(data), pictures, alarms),
      listMetrics(directory),
      putMetricAlarm(alarms, checkPromql),
      putLogAlarm(alarms),
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
      putDashboard(dashboards),
      getDashboard(dashboards),
      listDashboards(dashboards),
      deleteDashboards(dashboards),
      putMetricStream(metricStreams, tags),
      getMetricStream(metricStreams),
      listMetricStreams(metricStreams),
      startMetricStreams(metricStreams),
      stopMetricStreams(metricStreams),
      deleteMetricStream(metricStreams),
      putInsightRule(insightRules),
      describeInsightRules(insightRules),
      deleteInsightRules(insightRules),
      enableInsightRules(insightRules),
      disableInsightRules(insightRules),
      putManagedInsightRules(insightRules),
      listManagedInsightRules(insightRules),
      getInsightRuleReport(insightRules, insightReports),
      tagResource(taggable(ports), tags),
      untagResource(taggable(ports), tags),
      listTagsForResource(taggable(ports), tags),
    ],
  }
}

/** What can carry tags, by what stands before the name in its ARN. */
const taggable = ({ alarms, muteRules, dashboards, metricStreams, insightRules }: CloudWatchPorts): TaggableKinds => ({
  alarm: async (tenant, name) => (await alarms.get(tenant, name)) !== undefined,
  'alarm-mute-rule': async (tenant, name) => (await muteRules.get(tenant, name)) !== undefined,
  dashboard: async (tenant, name) => (await dashboards.get(tenant.account, name)) !== undefined,
  'metric-stream': async (tenant, name) => (await metricStreams.get(tenant, name)) !== undefined,
  'insight-rule': async (tenant, name) => (await insightRules.get(tenant, name)) !== undefined,
})
