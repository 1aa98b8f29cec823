/** Commands of the stock `aws` command line, with this page's own address as the endpoint. */
const endpoint = (): string => `--endpoint-url ${location.origin}${location.pathname.replace(/\/$/, '')}`

export const putMetricCommand = (): string =>
  `aws cloudwatch put-metric-data ${endpoint()} --namespace Demo --metric-name Orders --value 42`

export const putAlarmCommand = (): string =>
  `aws cloudwatch put-metric-alarm ${endpoint()} --alarm-name orders-low --namespace Demo --metric-name Orders --statistic Sum ` +
  '--period 60 --evaluation-periods 1 --comparison-operator LessThanThreshold --threshold 1'

export const putDashboardCommand = (): string =>
  `aws cloudwatch put-dashboard ${endpoint()} --dashboard-name shop --dashboard-body file://dashboard.json`

export const createLogGroupCommand = (): string =>
  `aws logs create-log-group ${endpoint()} --log-group-name demo`

export const createTopicCommand = (): string => `aws sns create-topic ${endpoint()} --name on-call`

/** In single quotes for a POSIX shell. */
const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`

export const tagCommand = (alarmArn: string): string =>
  `aws cloudwatch tag-resource ${endpoint()} --resource-arn ${quoted(alarmArn)} --tags Key=Severity,Value=P2 Key=Runbook,Value=https://…`
