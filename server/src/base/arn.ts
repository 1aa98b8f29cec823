import type { Brand } from './brand.ts'
import type { AccountId, Tenant } from './tenancy.ts'

/** `arn:partition:service:region:account:resource` */
export type Arn = Brand<string, 'Arn'>

export interface ArnParts {
  readonly partition: string
  readonly service: string
  readonly region: string
  readonly account: string
  /** All that follows the fifth colon; may hold colons itself. */
  readonly resource: string
}

const formatArn = (service: string, tenant: Tenant, resource: string): Arn =>
  `arn:aws:${service}:${tenant.region}:${tenant.account}:${resource}` as Arn

/** The parts of an ARN, or undefined when it has fewer than six elements or does not start with `arn`. */
export const parseArn = (text: string): ArnParts | undefined => {
  const [scheme, partition, service, region, account, ...resource] = text.split(':')
  if (scheme !== 'arn' || partition === undefined || service === undefined || region === undefined || account === undefined) return undefined
  if (resource.length === 0) return undefined
  return { partition, service, region, account, resource: resource.join(':') }
}

/** Without the path, which a name does not need to be told apart. */
export const userArn = (account: AccountId, name: string): Arn => `arn:aws:iam::${account}:user/${name}` as Arn
/** Dashboards are an account's; their ARNs name no region. */
export const dashboardArn = (account: AccountId, name: string): Arn => `arn:aws:cloudwatch::${account}:dashboard/${name}` as Arn
export const metricStreamArn = (tenant: Tenant, name: string): Arn => formatArn('cloudwatch', tenant, `metric-stream/${name}`)
export const insightRuleArn = (tenant: Tenant, name: string): Arn => formatArn('cloudwatch', tenant, `insight-rule/${name}`)
export const alarmArn = (tenant: Tenant, name: string): Arn => formatArn('cloudwatch', tenant, `alarm:${name}`)
export const topicArn = (tenant: Tenant, name: string): Arn => formatArn('sns', tenant, name)
/** Without the `:*` that some of CloudWatch Logs' answers add. */
export const logGroupArn = (tenant: Tenant, name: string): Arn => formatArn('logs', tenant, `log-group:${name}`)
export const logStreamArn = (tenant: Tenant, group: string, stream: string): Arn => formatArn('logs', tenant, `log-group:${group}:log-stream:${stream}`)
export const lookupTableArn = (tenant: Tenant, name: string): Arn => formatArn('logs', tenant, `lookup-table:${name}`)
export const scheduledQueryArn = (tenant: Tenant, id: string): Arn => formatArn('logs', tenant, `scheduled-query:${id}`)
export const logDestinationArn = (tenant: Tenant, name: string): Arn => formatArn('logs', tenant, `destination:${name}`)
export const logAnomalyDetectorArn = (tenant: Tenant, id: string): Arn => formatArn('logs', tenant, `anomaly-detector:${id}`)
export const logDeliverySourceArn = (tenant: Tenant, name: string): Arn => formatArn('logs', tenant, `delivery-source:${name}`)
export const logDeliveryDestinationArn = (tenant: Tenant, name: string): Arn => formatArn('logs', tenant, `delivery-destination:${name}`)
export const logDeliveryArn = (tenant: Tenant, id: string): Arn => formatArn('logs', tenant, `delivery:${id}`)
export const muteRuleArn = (tenant: Tenant, name: string): Arn => formatArn('cloudwatch', tenant, `alarm-mute-rule:${name}`)

/** An alarm as rules and suppressors name it, by its name or its ARN: the ARN. */
export const alarmArnOf = (tenant: Tenant, nameOrArn: string): Arn =>
  parseArn(nameOrArn)?.resource.startsWith('alarm:') === true ? (nameOrArn as Arn) : alarmArn(tenant, nameOrArn)
