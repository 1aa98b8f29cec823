import type { LogDeliveryType } from '../../../model/log-delivery.ts'

/** Logs that a service of AWS sends of its own accord, for resources of one kind. */
export interface VendedLogs {
  /** As in ARNs. */
  readonly service: string
  readonly resourceType: string
  readonly logTypes: readonly string[]
  readonly destinations: readonly LogDeliveryType[]
}

const LOGS = ['S3', 'CWL', 'FH'] as const
const TRACES = ['XRAY'] as const

const of = (service: string, resourceType: string, logTypes: readonly string[], destinations: readonly LogDeliveryType[] = LOGS): VendedLogs =>
  ({ service, resourceType, logTypes, destinations })

/** Those that the documentation of PutDeliverySource (API 2014-03-28) names. */
export const VENDED_LOGS: readonly VendedLogs[] = [
  of('bedrock', 'agent-alias', ['APPLICATION_LOGS', 'EVENT_LOGS']),
  of('bedrock', 'knowledge-base', ['APPLICATION_LOGS']),
  ...['runtime', 'browser', 'code-interpreter'].flatMap(resource => [
    of('bedrock-agentcore', resource, ['APPLICATION_LOGS', 'USAGE_LOGS']),
    of('bedrock-agentcore', resource, ['TRACES'], TRACES),
  ]),
  ...['workload-identity-directory', 'memory', 'gateway'].flatMap(resource => [
    of('bedrock-agentcore', resource, ['APPLICATION_LOGS']),
    of('bedrock-agentcore', resource, ['TRACES'], TRACES),
  ]),
  of('cloudfront', 'distribution', ['ACCESS_LOGS']),
  of('codewhisperer', 'customization', ['EVENT_LOGS']),
  of('ec2', 'route-server', ['EVENT_LOGS']),
  of('eks', 'cluster', ['AUTO_MODE_BLOCK_STORAGE_LOGS', 'AUTO_MODE_COMPUTE_LOGS', 'AUTO_MODE_IPAM_LOGS', 'AUTO_MODE_LOAD_BALANCING_LOGS']),
  of('elasticloadbalancing', 'loadbalancer', ['NLB_ACCESS_LOGS']),
  of('entityresolution', 'matchingworkflow', ['WORKFLOW_LOGS']),
  of('mediapackage', 'channelGroup', ['EGRESS_ACCESS_LOGS', 'INGRESS_ACCESS_LOGS']),
  of('mediapackagev2', 'channelGroup', ['EGRESS_ACCESS_LOGS', 'INGRESS_ACCESS_LOGS']),
  of('mediatailor', 'playbackConfiguration', ['AD_DECISION_SERVER_LOGS', 'MANIFEST_SERVICE_LOGS', 'TRANSCODE_LOGS']),
  of('network-firewall', 'proxy', ['ALERT_LOGS', 'ALLOW_LOGS', 'DENY_LOGS']),
  of('pcs', 'cluster', ['PCS_SCHEDULER_LOGS', 'PCS_JOBCOMP_LOGS', 'PCS_SCHEDULER_AUDIT_LOGS']),
  of('qbusiness', 'application', ['EVENT_LOGS', 'SYNC_JOB_LOGS']),
  of('qdeveloper', 'customization', ['EVENT_LOGS']),
  of('quicksight', 'account', ['CHAT_LOGS', 'FEEDBACK_LOGS']),
  of('rtbfabric', 'gateway', ['APPLICATION_LOGS']),
  of('securityhub', 'hub', ['SECURITY_FINDING_LOGS']),
  of('securityhub', 'hubv2', ['SECURITY_FINDING_LOGS']),
  of('ses', 'mailmanager-ingress-point', ['APPLICATION_LOGS', 'TRAFFIC_POLICY_DEBUG_LOGS']),
  of('ses', 'mailmanager-rule-set', ['APPLICATION_LOGS']),
  of('sso', 'instance', ['ERROR_LOGS']),
  of('workmail', 'organization', [
    'ACCESS_CONTROL_LOGS', 'AUTHENTICATION_LOGS', 'WORKMAIL_AVAILABILITY_PROVIDER_LOGS', 'WORKMAIL_MAILBOX_ACCESS_LOGS', 'WORKMAIL_PERSONAL_ACCESS_TOKEN_LOGS',
  ]),
]

/** Undefined: the service sends none. */
export const logTypesOf = (service: string): ReadonlySet<string> | undefined => {
  const found = VENDED_LOGS.filter(one => one.service === service)
  return found.length === 0 ? undefined : new Set(found.flatMap(({ logTypes }) => logTypes))
}

/** Where such logs can go. */
export const destinationsOf = (service: string, logType: string): ReadonlySet<LogDeliveryType> =>
  new Set(VENDED_LOGS.filter(one => one.service === service && one.logTypes.includes(logType)).flatMap(({ destinations }) => destinations))
