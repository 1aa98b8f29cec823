import type { ActionKind } from '../../engines/alarms/action-kinds.ts'
import type { Alarm, MissingDataTreatment } from '../../model/alarm.ts'
import type { DashboardWidget, MetricWidgetView } from '../../model/dashboard.ts'
import type { StreamFormat } from '../../model/metric-stream.ts'

/**
 * What is not an operation, and how it stands; docs/fidelity.md is made of it. A new kind does not type-check before it has its row.
 * `differs` and `missing`: how, in a sentence without its full stop.
 */
export interface Feature {
  readonly name: string
  readonly differs?: string
  readonly missing?: string
}

export const ALARM_KINDS: Readonly<Record<Alarm['kind'], Feature>> = {
  metric: { name: 'on a single metric' },
  expression: {
    name: 'on metric math, anomaly bands, Metrics Insights; contributors of a GROUP BY',
    differs: "`SUM(SEARCH(…))` is taken; bands are [the server's own](../server/src/engines/bands/README.md)",
  },
  promql: { name: 'on PromQL' },
  log: {
    name: 'on logs, with contributors and lines in messages',
    differs: 'an alarm runs its query itself, at multiples of its rate, and looks at the time before it was made as well',
  },
  composite: { name: 'composite, with action suppression' },
}

export const ALARM_FEATURES: readonly Feature[] = [
  { name: 'mute rules' },
  { name: 'when a period is judged', differs: 'as it ends; AWS: one or two minutes later. An alarm should not be late' },
  { name: 'windows by the wall clock, warm-up' },
  {
    name: 'tags in notifications and events of alarms',
    differs: 'the tags `Severity`, `Action`, `Runbook` and `Team` are in messages to people in any case',
  },
]

export const MISSING_DATA: Readonly<Record<MissingDataTreatment, Feature>> = {
  missing: { name: '`missing`' },
  notBreaching: { name: '`notBreaching`' },
  breaching: { name: '`breaching`' },
  ignore: { name: '`ignore`' },
}

/** An ARN of each kind of action; whether it runs, the planner's own rule says. */
export const ACTIONS: Readonly<Record<ActionKind, Feature & { readonly example: string }>> = {
  topic: { name: 'SNS topics', example: 'arn:aws:sns:us-east-1:000000000000:alerts' },
  function: { name: 'Lambda functions', example: 'arn:aws:lambda:us-east-1:000000000000:function:f' },
  runbook: { name: 'Systems Manager documents', example: 'arn:aws:ssm:us-east-1:000000000000:document/d' },
  'ops-item': { name: 'Systems Manager OpsItems', example: 'arn:aws:ssm:us-east-1:000000000000:opsitem:3' },
  incident: { name: 'Incident Manager', example: 'arn:aws:ssm-incidents::000000000000:responseplan/r' },
  investigation: { name: 'CloudWatch investigations', example: 'arn:aws:aiops:us-east-1:000000000000:investigation-group/g' },
  instance: { name: 'EC2 instances', example: 'arn:aws:automate:us-east-1:ec2:stop' },
  'scaling-policy': {
    name: 'Auto Scaling policies, which AWS repeats while the alarm lasts',
    example: 'arn:aws:autoscaling:us-east-1:000000000000:scalingPolicy:1:autoScalingGroupName/g:policyName/p',
  },
}

export const WIDGETS: Readonly<Record<DashboardWidget['type'], Feature>> = {
  metric: { name: 'metric' },
  text: { name: 'text' },
  alarm: { name: 'alarm' },
  log: { name: 'log' },
  explorer: { name: 'explorer', differs: 'checked and kept; there are no tags of AWS resources to explore' },
  custom: { name: 'custom', differs: 'checked and kept; there are no Lambda functions to draw it' },
  chart: { name: 'chart (PromQL)', differs: 'kept as it came: its shape is not published' },
}

/** As GetMetricWidgetImage draws them. */
export const VIEWS: Readonly<Record<MetricWidgetView, Feature>> = {
  timeSeries: { name: 'timeSeries, lines and stacked' },
  singleValue: { name: 'singleValue, with sparkline' },
  gauge: { name: 'gauge' },
  bar: { name: 'bar', differs: 'bars lie: names stand beside them in full' },
  pie: { name: 'pie' },
  table: { name: 'table (AWS draws none either)' },
}

export const PICTURE_PROPERTIES: readonly Feature[] = [
  { name: '`trend`', differs: 'the change from the first value of the range to the last; what AWS draws is not documented' },
  { name: '`labels`' },
  { name: '`yAxis.showUnits`', differs: 'kept, not drawn' },
]

export const STREAM_OUTPUTS: Readonly<Record<StreamFormat, Feature>> = {
  json: { name: '`json`' },
  'opentelemetry0.7': { name: '`opentelemetry0.7`' },
  'opentelemetry1.0': { name: '`opentelemetry1.0`' },
}

export const STREAM_FEATURES: readonly Feature[] = [
  {
    name: 'datapoints that come late',
    differs: 'a minute is sent once, 20 seconds after its end; AWS sends it again: sending never holds up taking in',
  },
  {
    name: 'receivers that are away',
    differs: 'two hours wait in the metric store, older minutes are given up; AWS keeps them in Firehose',
  },
]

export const PROMQL_LIMITS: readonly Feature[] = [
  { name: 'the rest of Prometheus 3: `@`, native histograms, other functions', missing: 'refused with its place in the query' },
]

/** Parts of the two query languages, each with a text that must be read. */
export interface LanguageFeature extends Feature {
  readonly example: string
}

export const SEARCH: readonly LanguageFeature[] = [
  { name: 'schema', example: '{AWS/EC2,InstanceId}' },
  { name: 'parts of names', example: '{AWS/EC2,InstanceId} Network' },
  { name: 'exact text', example: '"CPUUtilization"' },
  { name: 'property designators', example: 'Namespace="AWS/EC2" MetricName=Network InstanceId=("i-1" OR "i-2")' },
  { name: 'AND, OR, NOT, parentheses', example: '(cpu OR memory) AND NOT test' },
]

export const METRICS_INSIGHTS: readonly LanguageFeature[] = [
  { name: 'SELECT … FROM', example: 'SELECT AVG(CPUUtilization) FROM "AWS/EC2"' },
  { name: 'SCHEMA', example: 'SELECT MAX(x) FROM SCHEMA("AWS/EC2", InstanceId)' },
  { name: 'WHERE', example: "SELECT SUM(x) FROM App WHERE Host = 'a' AND Zone != 'b'" },
  { name: 'GROUP BY', example: 'SELECT MIN(x) FROM App GROUP BY Host, Zone' },
  { name: 'ORDER BY, LIMIT', example: 'SELECT COUNT(x) FROM App GROUP BY Host ORDER BY MAX() DESC LIMIT 10' },
  {
    name: 'tags of resources',
    example: "SELECT AVG(x) FROM App WHERE tag.env = 'prod'",
    differs: 'read; no metric has any, as there are no AWS resources',
  },
  {
    name: 'AWS.AccountId',
    example: 'SELECT AVG(x) FROM App WHERE AWS.AccountId = CURRENT_ACCOUNT_ID()',
    differs: "only the caller's account has metrics",
  },
  {
    name: 'reserved words',
    example: 'SELECT AVG(time) FROM App',
    differs: "only the grammar's own are reserved; AWS reserves all words of several SQL dialects",
  },
]
