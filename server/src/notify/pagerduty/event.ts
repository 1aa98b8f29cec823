import { createHash } from 'node:crypto'
import { isoTime } from '../../base/time.ts'
import type { AlarmFacts, Publication, Severity } from '../../model/notification.ts'
import type { Picture } from '../channel.ts'
import { jsonObject, messageFor } from '../content.ts'
import { alarmCard } from '../wording/alarm-card.ts'
import { oneLine, readable, truncate } from '../wording/text.ts'
import { MAX_DEDUP_KEY, MAX_DETAIL, MAX_LINK, MAX_NAME, MAX_SUMMARY } from './limits.ts'

/** An event of Events API v2. */
export interface PagerDutyEvent {
  readonly routing_key: string
  readonly event_action: 'trigger' | 'resolve'
  readonly dedup_key: string
  readonly payload?: {
    readonly summary: string
    readonly source: string
    readonly severity: PagerDutySeverity
    readonly timestamp: string
    readonly component?: string
    readonly group?: string
    readonly class?: string
    readonly custom_details?: Readonly<Record<string, unknown>>
  }
  /** PagerDuty only takes https. */
  readonly images?: readonly { readonly src: string; readonly href: string; readonly alt: string }[]
  readonly links?: readonly { readonly href: string; readonly text: string }[]
  readonly client?: string
}

export type PagerDutySeverity = 'critical' | 'error' | 'warning' | 'info'

/** Undefined: this state is nothing to tell PagerDuty. */
export const alarmEvent = (
  routingKey: string, alarm: AlarmFacts, publication: Publication, publicUrl: string, picture?: Picture,
): PagerDutyEvent | undefined => {
  const key = { routing_key: routingKey, dedup_key: dedupKey(alarm.arn) }
  switch (alarm.state) {
    case 'ALARM':
      return { ...key, event_action: 'trigger', ...trigger(alarm, publication, publicUrl, picture) }
    case 'OK':
      return { ...key, event_action: 'resolve' }
    case 'INSUFFICIENT_DATA':
      return undefined
  }
}

/** Something published that is no alarm: an incident of its own, without urgency. */
export const messageEvent = (routingKey: string, publication: Publication): PagerDutyEvent => {
  const text = readable(messageFor(publication, 'pagerduty'))
  const summary = oneLine(publication.subject ?? '') || oneLine(text) || 'Message without text'
  return {
    routing_key: routingKey,
    event_action: 'trigger',
    dedup_key: publication.messageId,
    payload: {
      summary: truncate(summary, MAX_SUMMARY),
      source: publication.topicArn,
      severity: 'info',
      timestamp: isoTime(publication.publishedAt),
      class: 'message',
      custom_details: jsonObject(text) ?? { message: truncate(text, MAX_DETAIL) },
    },
    client: 'Tocsin',
  }
}

const trigger = (
  alarm: AlarmFacts, publication: Publication, publicUrl: string, picture: Picture | undefined,
): Omit<PagerDutyEvent, 'routing_key' | 'event_action' | 'dedup_key'> => {
  const card = alarmCard(alarm, publication, publicUrl)
  return {
    payload: {
      summary: truncate(card.summary, MAX_SUMMARY),
      ...origin(alarm),
      severity: SEVERITIES[alarm.severity ?? 'untagged'],
      timestamp: isoTime(alarm.changedAt),
      custom_details: {
        ...Object.fromEntries(card.facts.map(({ label, value }) => [label, truncate(value, MAX_SUMMARY)])),
        Reason: truncate(card.reason, MAX_DETAIL),
        ...(card.description === undefined ? {} : { Description: truncate(card.description, MAX_DETAIL) }),
        ...(card.action === undefined ? {} : { Action: truncate(card.action, MAX_DETAIL) }),
        ...(card.runbook === undefined ? {} : { Runbook: truncate(card.runbook, MAX_DETAIL) }),
        ...(card.logLines.length === 0 ? {} : { 'Log lines': truncate(card.logLines.join('\n'), MAX_DETAIL) }),
        Alarm: alarm.arn,
      },
    },
    ...(picture?.url?.startsWith('https:') === true ? { images: [{ src: picture.url, href: card.page, alt: picture.alt }] } : {}),
    links: [...link(card.page, 'Open alarm'), ...link(card.logsPage, 'Open logs'), ...link(card.runbookUrl, 'Runbook')],
    client: 'Tocsin',
  }
}

type Origin = Pick<NonNullable<PagerDutyEvent['payload']>, 'source' | 'component' | 'group' | 'class'>

/** Where it hurts: the metric's place, the one series of many, or, of what has neither, the alarm. */
const origin = ({ metric, contributor, formula, logs, name: alarmName }: AlarmFacts): Origin => {
  if (metric !== undefined) {
    return {
      source: name([metric.namespace, ...metric.dimensions.map(({ value }) => value)].join('/')),
      component: name(metric.name),
      group: name(metric.namespace),
      class: 'metric alarm',
    }
  }
  const series = contributor === undefined ? [] : Object.values(contributor)
  return {
    source: name(series.length === 0 ? alarmName : series.join('/')),
    component: name(alarmName),
    class: formula?.kind === 'rule' ? 'composite alarm' : logs === undefined ? 'metric alarm' : 'log alarm',
  }
}

const name = (text: string): string => truncate(oneLine(text), MAX_NAME) || 'unknown'
const link = (href: string | undefined, text: string): readonly { readonly href: string; readonly text: string }[] =>
  href === undefined || href.length > MAX_LINK ? [] : [{ href, text }]

const SEVERITIES: Readonly<Record<Severity | 'untagged', PagerDutySeverity>> = {
  P1: 'critical', P2: 'error', P3: 'warning', P4: 'info', Info: 'info', untagged: 'error',
}

/** The alarm's ARN; a longer one is cut and told apart by a hash, always the same way. */
const dedupKey = (arn: string): string => {
  if (Array.from(arn).length <= MAX_DEDUP_KEY) return arn
  const hash = createHash('sha256').update(arn).digest('hex').slice(0, 32)
  return `${Array.from(arn).slice(0, MAX_DEDUP_KEY - hash.length - 1).join('')}#${hash}`
}
