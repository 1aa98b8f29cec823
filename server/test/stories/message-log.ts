import type { Clock } from '../../src/base/clock.ts'
import type { OutgoingHttp, OutgoingRequest } from '../../src/base/outgoing.ts'
import { isoTime, type EpochMillis } from '../../src/base/time.ts'
import type { Mail, Mailer } from '../../src/notify/channel.ts'
import type { PagerDutySeen } from '../notify/pagerduty-mock.ts'
import { visibleText, type SlackSeen } from '../notify/slack-mock.ts'

type Sent = { readonly at: EpochMillis } & ({ readonly request: OutgoingRequest } | { readonly mail: Mail })

interface Envelope {
  readonly Type: string
  readonly TopicArn: string
  readonly Subject?: string
  readonly Message: string
  readonly Token?: string
}

/** What leaves the house, as the receivers see it. */
export class MessageLog {
  readonly #clock: Clock
  #sent: Sent[] = []
  readonly http: OutgoingHttp = {
    send: request => {
      this.#sent.push({ at: this.#clock.now(), request })
      const status = hostOf(request).endsWith('pagerduty.com') ? 202 : 200
      return Promise.resolve({ kind: 'answer', status, headers: {}, body: 'ok' })
    },
  }
  readonly mail: Mailer = {
    send: mail => {
      this.#sent.push({ at: this.#clock.now(), mail })
      return Promise.resolve({ kind: 'accepted', status: 250, text: '250 ok' })
    },
  }

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** What has been sent since it was asked last, as a text to read. */
  take(): string {
    const mails = new Map<string, string[]>()
    const texts = this.#all().map(sent => {
      const text = written(sent)
      if ('mail' in sent) mails.set(text, [...(mails.get(text) ?? []), sent.mail.to])
      return text
    })
    return [...new Set(texts)].map(text => text.replace('EVERYBODY', (mails.get(text) ?? []).join(', '))).join('\n')
  }

  /** The same in a line each: time, receiver, first line. */
  takeHeadlines(): string {
    return this.#all().map(headline).filter(line => line !== undefined).join('\n')
  }

  /** The tokens in confirmation messages, as ConfirmSubscription takes them. */
  confirmations(): readonly { readonly TopicArn: string; readonly Token: string }[] {
    return this.#all().flatMap(sent => {
      const link = 'mail' in sent ? sent.mail.text : sent.request.body ?? ''
      const [, TopicArn, Token] = /Action=ConfirmSubscription&TopicArn=([^&]+)&Token=([0-9a-f]+)/.exec(link) ?? []
      return TopicArn === undefined || Token === undefined ? [] : [{ TopicArn, Token }]
    })
  }

  #all(): readonly Sent[] {
    const all = this.#sent
    this.#sent = []
    return all.toSorted((a, b) => a.at - b.at || rank(a) - rank(b))
  }
}

const hostOf = ({ url }: OutgoingRequest): string => new URL(url).hostname

/** Who is woken first stands first; programs last. */
const rank = (sent: Sent): number => {
  if ('mail' in sent) return 2
  const host = hostOf(sent.request)
  return host.endsWith('pagerduty.com') ? 0 : host.endsWith('slack.com') ? 1 : 3
}

const clockTime = (at: EpochMillis): string => isoTime(at).slice(11, 19)

const written = (sent: Sent): string => {
  const time = clockTime(sent.at)
  if ('mail' in sent) return `[${time} mail to EVERYBODY] ${sent.mail.subject}\n${indented(withoutAwsText(sent.mail.text))}\n`
  const { request } = sent
  const body: unknown = JSON.parse(request.body ?? '')
  switch (rank(sent)) {
    case 0:
      return `[${time} PagerDuty] ${incident(body as PagerDutySeen)}\n`
    case 1:
      return `[${time} Slack ${new URL(request.url).pathname.split('/').at(-1)}] ${(body as SlackSeen).text}\n${indented(visibleText(body as SlackSeen))}\n`
    default: {
      const { Subject, Message } = body as Envelope
      return `[${time} SNS] ${Subject}\n${indented(document(JSON.parse(Message) as object))}\n`
    }
  }
}

const headline = (sent: Sent): string | undefined => {
  const time = clockTime(sent.at)
  if ('mail' in sent) return `${time} mail to ${sent.mail.to}: ${sent.mail.subject}`
  const body: unknown = JSON.parse(sent.request.body ?? '')
  const kind = rank(sent)
  if (kind === 0) return `${time} PagerDuty: ${(body as PagerDutySeen).event_action} ${(body as PagerDutySeen).dedup_key.split(':').at(-1)}`
  return kind === 1 ? `${time} Slack: ${(body as SlackSeen).text}` : undefined
}

const incident = ({ event_action, dedup_key, payload, links = [] }: PagerDutySeen): string => {
  const head = `${event_action} ${dedup_key}`
  if (payload === undefined) return head
  const details = Object.entries(payload.custom_details ?? {}).map(([name, value]) => `${name}: ${String(value)}`)
  const lines = [payload.summary, `${payload.severity}, at ${payload.source}`, ...details, ...links.map(({ text, href }) => `-> ${text}: ${href}`)]
  return `${head}\n${indented(lines.join('\n'))}`
}

/** Mails end with AWS's own text and the way to unsubscribe; both are the same for every alarm, and tested where they are made. */
const withoutAwsText = (text: string): string => text.split('\nYou are receiving this email because')[0]!.trimEnd()

/** One member a line. */
const document = (value: object): string =>
  Object.entries(value).map(([name, member]) => `${name}: ${JSON.stringify(member)}`).join('\n')

const indented = (text: string): string => text.split('\n').map(line => `  ${line}`.trimEnd()).join('\n')
