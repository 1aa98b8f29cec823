import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { Entropy } from '../../base/entropy.ts'
import type { Tenant } from '../../base/tenancy.ts'
import { channelOf } from '../../model/endpoint.ts'
import type { LogSubscriptionFilter } from '../../model/log-filter.ts'
import type { LogArrival, LogGroup } from '../../model/log.ts'
import type { Delivery, DeliveryTarget, DirectMessage, Publication } from '../../model/notification.ts'
import type { ArrivedLines } from './arrived-lines.ts'
import { markOf } from './mark-of.ts'
import type { AccountPolicies, LogFilterSource, LogOutbox, NamedDestinations } from './ports.ts'
import { RunningSubscriptionFilter } from './running-subscription-filter.ts'
import { topicMessage, topicSubject } from './topic-message.ts'

/** A message of SNS has at most 256 KB. */
const TOPIC_BYTES = 200_000
/** As Kinesis' records. */
const HTTP_BYTES = 1_000_000

interface Parts {
  readonly filters: Pick<LogFilterSource<LogSubscriptionFilter>, 'of'>
  readonly accountPolicies: Pick<AccountPolicies, 'subscription'>
  readonly outbox: LogOutbox
  readonly destinations: NamedDestinations
  readonly entropy: Entropy
  /** The console's page of a group. */
  readonly pageOf: (tenant: Tenant, group: string) => string
}

/** What was handed to the outbox for a filter. */
interface Forwarded {
  readonly filter: LogSubscriptionFilter
  /** Where it goes by now. */
  readonly destination: string
  readonly events: number
  readonly bytes: number
  /** Nothing can take it. */
  readonly hopeless: boolean
}

type Route = { readonly kind: 'topic'; readonly arn: string } | { readonly kind: 'people' | 'http'; readonly url: string } | { readonly kind: 'nowhere'; readonly arn: string }

const pack = promisify(gzip)

/** The subscription filters of all log groups, compiled when events first come to them. */
export class SubscriptionFilters {
  readonly #parts: Parts
  readonly #running = new WeakMap<LogSubscriptionFilter, RunningSubscriptionFilter>()

  constructor(parts: Parts) {
    this.#parts = parts
  }

  /** Durable when it resolves. */
  async forward(arrival: LogArrival, lines: ArrivedLines): Promise<readonly Forwarded[]> {
    const own = this.#parts.filters.of(arrival.group.id)
    const ofAccount = this.#parts.accountPolicies.subscription(arrival.group)
    const filters = ofAccount === undefined ? own : [...own, ofAccount]
    if (filters.length === 0) return []
    const publications: Publication[] = []
    const direct: DirectMessage[] = []
    const forwarded: Forwarded[] = []
    for (const filter of filters) {
      if (arrival.ingestedAt < filter.changedAt) continue
      const route = this.#routeOf(filter.destinationArn)
      const running = this.#runningOf(filter, arrival.group)
      const { texts, events } = running.messages(arrival, filter.onTransformedLogs ? lines.transformed : lines, route.kind === 'http' ? HTTP_BYTES : TOPIC_BYTES)
      if (events === 0) continue
      const hopeless = route.kind === 'nowhere'
      forwarded.push({ filter, destination: route.kind === 'topic' || route.kind === 'nowhere' ? route.arn : route.url, events, bytes: texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0), hopeless })
      if (hopeless && !running.tellsHopeless(arrival.ingestedAt)) continue
      for (const text of hopeless ? texts.slice(0, 1) : texts) {
        if (route.kind === 'topic') publications.push(this.#publication(filter, arrival, text, route.arn))
        else direct.push(await this.#direct(filter, arrival, text, route))
      }
    }
    if (publications.length + direct.length > 0) await this.#parts.outbox.forward(publications, direct, markOf(arrival, 'messages'))
    return forwarded
  }

  /** Destinations that have a name lead where they lead by now. */
  #routeOf(destination: string): Route {
    const target = destination.includes(':destination:') ? (this.#parts.destinations.byArn(destination)?.targetArn ?? destination) : destination
    if (/^arn:[^:]*:sns:/.test(target)) return { kind: 'topic', arn: target }
    if (target.startsWith('arn:')) return { kind: 'nowhere', arn: target }
    return { kind: channelOf('https', target) === 'http' ? 'http' : 'people', url: target }
  }

  #runningOf(filter: LogSubscriptionFilter, { tenant }: LogGroup): RunningSubscriptionFilter {
    let running = this.#running.get(filter)
    if (running === undefined) this.#running.set(filter, (running = new RunningSubscriptionFilter(filter, tenant)))
    return running
  }

  #publication({ name, pattern }: LogSubscriptionFilter, { group, stream, ingestedAt }: LogArrival, dataMessage: string, topicArn: string): Publication {
    const found = { group: group.name, stream, filter: name, pattern, page: this.#parts.pageOf(group.tenant, group.name) }
    const events = eventsIn(dataMessage)
    return {
      tenant: group.tenant,
      topicArn,
      messageId: this.#parts.entropy.uuid(),
      subject: topicSubject(events, found),
      message: topicMessage(dataMessage, found),
      structure: 'json',
      attributes: attributesOf({ group: group.name, filter: name, events }),
      publishedAt: ingestedAt,
      alarm: undefined,
    }
  }

  async #direct(filter: LogSubscriptionFilter, arrival: LogArrival, dataMessage: string, route: Exclude<Route, { readonly kind: 'topic' }>): Promise<DirectMessage> {
    const arn = `${arrival.group.arn}:subscription-filter:${filter.name}`
    const publication = this.#publication(filter, arrival, dataMessage, arn)
    if (route.kind === 'people') return { publication, target: targetOf(arn, 'https', route.url) }
    const packed = await pack(dataMessage)
    const message = JSON.stringify({ awslogs: { data: packed.toString('base64') } })
    return { publication: { ...publication, structure: undefined, message }, target: targetOf(arn, 'logs', route.kind === 'nowhere' ? route.arn : route.url) }
  }
}

/** For filter policies of topics, and for whoever counts what came of a delivery. */
const attributesOf = ({ group, filter, events }: ForwardedPart): Publication['attributes'] => ({
  LogGroupName: { type: 'String', text: group },
  FilterName: { type: 'String', text: filter },
  LogEvents: { type: 'Number', text: String(events) },
})

interface ForwardedPart {
  readonly group: string
  readonly filter: string
  readonly events: number
}

/** What of a delivery to a place that is no topic; undefined for all other deliveries. */
export const forwardedPart = ({ publication: { attributes }, subscription }: Delivery): ForwardedPart | undefined => {
  if (!subscription.arn.includes(':subscription-filter:')) return undefined
  return { group: attributes['LogGroupName']?.text ?? '', filter: attributes['FilterName']?.text ?? '', events: Number(attributes['LogEvents']?.text ?? 0) }
}

/** As AWS/Logs has it as a dimension. */
export const destinationType = (destination: string): string => {
  if (!destination.startsWith('arn:')) return 'HTTP'
  return TYPES.get(destination.split(':')[2] ?? '') ?? 'Other'
}

const TYPES: ReadonlyMap<string, string> = new Map([
  ['lambda', 'Lambda'], ['kinesis', 'Kinesis'], ['firehose', 'Firehose'], ['sns', 'SNS'], ['ssm', 'SSM'], ['logs', 'Destination'],
])

const eventsIn = (dataMessage: string): number => (JSON.parse(dataMessage) as { readonly logEvents: readonly unknown[] }).logEvents.length

const targetOf = (arn: string, protocol: string, endpoint: string): DeliveryTarget => ({
  arn,
  topicArn: arn,
  topicDisplayName: '',
  protocol,
  endpoint,
  rawMessageDelivery: true,
  signatureVersion: '1',
  deliveryPolicy: undefined,
})
