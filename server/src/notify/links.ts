import type { Tenant } from '../base/tenancy.ts'
import type { QueriedLogs } from '../model/notification.ts'

/** The console's page of one alarm. */
export const alarmPage = (publicUrl: string, tenant: Tenant, name: string): string =>
  `${rooted(publicUrl)}#/alarms/${encodeURIComponent(name.toWellFormed())}?region=${tenant.region}&account=${tenant.account}`

/** The console's page of one log group. */
export const logGroupPage = (publicUrl: string, tenant: Tenant, name: string): string =>
  `${rooted(publicUrl)}#/log-groups/${encodeURIComponent(name)}?region=${tenant.region}&account=${tenant.account}`

/** The console's page of a search of log events, with its groups, its text and its range. */
export const logsPage = (publicUrl: string, { account, region }: Tenant, { groups, query, start, end }: Omit<QueriedLogs, 'lines'>): string => {
  const search = new URLSearchParams({
    groups: JSON.stringify(groups), query: query.toWellFormed(), start: String(Math.floor(start / 1000)), end: String(Math.ceil(end / 1000)), region, account,
  })
  return `${rooted(publicUrl)}#/logs-insights?${search.toString()}`
}

/** Visiting it (unsigned GET) confirms; for a subscription that was ended, it takes it up again. */
export const confirmLink = (publicUrl: string, topicArn: string, token: string): string =>
  actionLink(publicUrl, { Action: 'ConfirmSubscription', TopicArn: topicArn, Token: token })

export const unsubscribeLink = (publicUrl: string, subscriptionArn: string): string =>
  actionLink(publicUrl, { Action: 'Unsubscribe', SubscriptionArn: subscriptionArn })

/** The text when it is an absolute http or https address, written so that it can stand in any message. */
export const webAddress = (text: string | undefined): string | undefined => {
  const url = text === undefined ? null : URL.parse(text.trim())
  return url !== null && (url.protocol === 'https:' || url.protocol === 'http:') ? url.href : undefined
}

/** ARNs keep their colons, as in AWS's links. */
const actionLink = (publicUrl: string, query: Readonly<Record<string, string>>): string => {
  const pairs = Object.entries(query).map(([name, value]) => `${name}=${encodeURIComponent(value).replaceAll('%3A', ':')}`)
  return `${rooted(publicUrl)}?${pairs.join('&')}`
}

const rooted = (publicUrl: string): string => (publicUrl.endsWith('/') ? publicUrl : `${publicUrl}/`)
