/** One of each thing that CloudWatch keeps besides metrics and metric alarms, as requests. */

const window = { Schedule: { Expression: 'cron(0 0 * * *)', Duration: 'PT23H' } }

export const METRIC_ALARM = {
  AlarmName: 'cpu', Namespace: 'App', MetricName: 'Cpu', Statistic: 'Average', Period: 60, EvaluationPeriods: 1, Threshold: 1,
  ComparisonOperator: 'GreaterThanThreshold',
} as const
export const LOG_ALARM = {
  AlarmName: 'errors', QueryResultsToEvaluate: 1, QueryResultsToAlarm: 1, Threshold: 1, ComparisonOperator: 'GreaterThanThreshold',
  ScheduledQueryConfiguration: {
    QueryString: 'filter level = "ERROR"', LogGroupIdentifiers: ['app'], ScheduledQueryRoleARN: 'arn:aws:iam::000000000000:role/r',
    ScheduleConfiguration: { ScheduleExpression: 'rate(1 minute)', StartTimeOffset: 60 }, AggregationExpression: 'count(*)',
  },
} as const
export const COMPOSITE = { AlarmName: 'both', AlarmRule: 'ALARM(cpu)' } as const
export const MUTE_RULE = { Name: 'night', Rule: window, MuteTargets: { AlarmNames: ['cpu'] } }
export const DETECTOR = { SingleMetricAnomalyDetector: { Namespace: 'App', MetricName: 'Cpu', Stat: 'Average' } } as const
export const DASHBOARD = { DashboardName: 'Main', DashboardBody: '{"widgets":[]}' } as const
/** Nobody listens there, and the door of deliveries would not let it through. */
export const STREAM = { Name: 'out', FirehoseArn: 'https://127.0.0.1:1/in#stream-secret', RoleArn: 'arn:aws:iam::000000000000:role/r', OutputFormat: 'json' } as const
export const INSIGHT_RULE = {
  RuleName: 'top',
  RuleDefinition: JSON.stringify({
    Schema: { Name: 'CloudWatchLogRule', Version: 1 }, LogGroupNames: ['/api/*'], LogFormat: 'JSON', Contribution: { Keys: ['$.ip'], Filters: [] }, AggregateOn: 'Count',
  }),
} as const
/** Of times around now. */
export const report = () => ({ RuleName: 'top', StartTime: new Date(Date.now() - 600_000), EndTime: new Date(), Period: 60 })
export const WIDGET = JSON.stringify({ metrics: [['App', 'Cpu']], width: 200, height: 100 })
