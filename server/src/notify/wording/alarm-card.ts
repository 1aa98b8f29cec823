import type { AlarmFacts, Publication } from '../../model/notification.ts'
import { alarmPage, logsPage, webAddress } from '../links.ts'
import { badgeOf, type Badge } from './badge.ts'
import { durationText } from './duration.ts'
import { childrenText, contributorText, currentText, thresholdText, watchedText } from './metric-words.ts'
import { oneLine, readable, truncate } from './text.ts'

/** What every message for people says of an alarm, in the order in which somebody on call wants to read it. */
export interface AlarmCard {
  readonly badge: Badge
  /** `🚨 Critical: Database CPU` */
  readonly title: string
  /** `🚨 Critical: Database CPU · Current: 78% · Duration: 8 minutes · Threshold: > 75% · Action: … · Runbook: …` */
  readonly summary: string
  readonly description: string | undefined
  /** Short facts: current value or triggering children, duration, threshold, what is watched, team, place. */
  readonly facts: readonly CardLine[]
  readonly action: string | undefined
  /** As tagged: a web address or the name of a runbook. */
  readonly runbook: string | undefined
  /** Set where the runbook is a web address. */
  readonly runbookUrl: string | undefined
  readonly reason: string
  readonly page: string
  /** Of alarms on logs: what their query found, line by line, and the page that shows all of it. */
  readonly logLines: readonly string[]
  readonly logsPage: string | undefined
}

export interface CardLine {
  readonly label: string
  readonly value: string
}

export const alarmCard = (alarm: AlarmFacts, publication: Publication, publicUrl: string): AlarmCard => {
  const badge = badgeOf(alarm)
  const title = `${badge.emoji} ${badge.word}: ${oneLine(alarm.name)}`
  const headline: CardLine[] = [
    ...fact('Contributor', contributorText(alarm)),
    ...(setByHand(alarm) ? [] : fact('Current', currentText(alarm))),
    ...duration(alarm, publication),
    ...fact('Alarms', childrenText(alarm, publication.publishedAt)),
    ...fact('Threshold', thresholdText(alarm)),
  ]
  const watched = watchedText(alarm)
  // When all is well again there is nothing to do.
  const action = alarm.state === 'OK' ? undefined : optional(alarm.action)
  const runbook = optional(alarm.runbook)
  const team = optional(alarm.team)
  return {
    badge, title, action, runbook,
    runbookUrl: webAddress(runbook),
    description: optional(alarm.description),
    facts: [
      ...headline,
      { label: watched.label, value: truncate(oneLine(watched.value), LONGEST_FACT) },
      ...(team === undefined ? [] : [{ label: 'Team', value: team }]),
      { label: 'Account', value: `${publication.tenant.account} · ${publication.tenant.region}` },
    ],
    summary: [title, ...headline.map(line), ...lines('Action', action), ...lines('Runbook', alarm.state === 'OK' ? undefined : runbook)].join(' · '),
    reason: readable(alarm.reason),
    page: alarmPage(publicUrl, publication.tenant, alarm.name),
    logLines: (alarm.logs?.lines ?? []).map(oneLine),
    logsPage: alarm.logs && logsPage(publicUrl, publication.tenant, alarm.logs),
  }
}

/** Rules and queries may have ten thousand characters: what does not fit is on the alarm's page. */
const LONGEST_FACT = 1_000

const fact = (label: string, value: string | undefined): readonly CardLine[] =>
  value === undefined ? [] : [{ label, value: truncate(oneLine(value), LONGEST_FACT) }]

/**
 * How long it has been as bad as the message says, when it is sent; once it is over: how long it had lasted. Messages that
 * were muted or suppressed come late, and say so.
 */
const duration = (alarm: AlarmFacts, { publishedAt }: Publication): readonly CardLine[] => {
  const { state, previousState, since, previousSince, changedAt } = alarm
  const held = publishedAt - changedAt
  const heldBack = held < WORTH_TELLING ? [] : [{ label: 'Held back', value: durationText(held) }]
  if (state !== 'OK') return [{ label: 'Duration', value: durationText(Math.max(publishedAt, changedAt) - Math.min(since, changedAt)) }, ...heldBack]
  const lasted = changedAt - previousSince
  // A new alarm has no data yet; that is no news.
  if (previousState === 'INSUFFICIENT_DATA') return lasted < WORTH_TELLING ? heldBack : [{ label: 'Had no data for', value: durationText(lasted) }, ...heldBack]
  return [{ label: 'Duration', value: durationText(lasted) }, ...heldBack]
}

/** In milliseconds. */
const WORTH_TELLING = 60_000

/** No datapoint was looked at: there is nothing to say of a value. */
const setByHand = ({ value, recent, state }: AlarmFacts): boolean =>
  value === undefined && recent.length === 0 && state !== 'INSUFFICIENT_DATA'

const line = ({ label, value }: CardLine): string => `${label}: ${value}`
const lines = (label: string, value: string | undefined): readonly string[] =>
  value === undefined ? [] : [line({ label, value: oneLine(value) })]

const optional = (text: string | undefined): string | undefined => {
  const cleaned = text === undefined ? '' : readable(text).trim()
  return cleaned === '' ? undefined : cleaned
}
